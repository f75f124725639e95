"""The same letter as HTML, with the tricks by which names hide from a reader of text.

In:  text with names between private marks, and who the letter is to.
Out: HTML; whatever personal data it adds is planted in the truth.
"""

from __future__ import annotations

import html
import re
from random import Random

from bench.leak.scene import CLOSE, OPEN, Scene, tracking_tail

_NAME = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def to_plain(scene: Scene, text: str) -> str:
    """Plain text; now and then a name holds an invisible character."""
    return _NAME.sub(lambda match: _invisible(scene.rng, match[1]), text)


def _invisible(rng: Random, name: str) -> str:
    if len(name) < 5 or not name.isascii() or rng.random() < 0.96:
        return name
    cut = rng.randint(2, len(name) - 2)
    return name[:cut] + rng.choice("\u200b\u200c\u2060\u00ad\ufeff") + name[cut:]


def to_html(scene: Scene, text: str) -> str:
    """Paragraphs as in the text; every few names are split; extras in hidden places."""
    rng = scene.rng
    marked = _NAME.sub(lambda match: f"\x01{match[1]}\x02", text)
    escaped = html.escape(marked, quote=False)
    named = re.sub("\x01([^\x02]*)\x02", lambda match: _split(rng, match[1]), escaped)
    paragraphs = [part.replace("\n", "<br>\n") for part in named.split("\n\n")]
    body = "\n".join(f"<p>{part}</p>" for part in paragraphs if part.strip())
    return (
        '<html><head><meta charset="utf-8"><style>p{margin:1em}</style></head><body>\n'
        f"{_hidden(scene)}{body}\n{_pixel(scene)}</body></html>\n"
    )


def _split(rng: Random, name: str) -> str:
    """A name (already escaped) written so that its letters are not next to each other."""
    if len(name) < 5 or "&" in name or rng.random() < 0.5:
        return name
    cut = rng.randint(2, len(name) - 2)
    head, tail = name[:cut], name[cut:]
    if " " in (head[-1], tail[0]):
        return f"<strong>{name}</strong>"
    return rng.choice(
        (
            f"<b>{head}</b>{tail}",
            f"{head}<wbr>{tail}",
            f"<font color=red>{head}</font>{tail}",
            f"&#{ord(head[0])};{head[1:]}{tail}",
            f"{head}&shy;{tail}",
            f"{head}&#8203;{tail}",
            f"<i>{head}</i><u>{tail}</u>",
        )
    )


def _hidden(scene: Scene) -> str:
    who, scene.where = scene.cast["r"], "html hidden"
    name = html.escape(scene.fill("r.full").strip(OPEN + CLOSE))
    address = scene.truth.plant("EMAIL", who.address, scene.where)
    choice = scene.rng.choice(
        (
            f'<div style="display:none">For {name} only</div>',
            f"<!-- recipient: {name} {address} -->",
            f'<img src="cid:logo" alt="Photo of {name}">',
            f'<a href="mailto:{address}" title="{name}">reply</a>',
        )
    )
    shown = {"name": name in choice, "address": address in choice}
    _forget(scene, html.unescape(name), shown["name"])
    _forget(scene, address, shown["address"])
    return choice


def _forget(scene: Scene, value: str, shown: bool) -> None:
    if not shown:
        scene.truth.pii = [
            entry
            for entry in scene.truth.pii
            if entry["value"] != value or entry["where"] != "html hidden"
        ]


def _pixel(scene: Scene) -> str:
    if scene.rng.random() < 0.5:
        return ""
    tail = tracking_tail(scene.rng, scene.truth, scene.cast["r"], "html pixel")
    return (
        f'<img src="https://open.counting.example/o.gif{html.escape(tail)}" width="1" height="1">'
    )
