"""Makes complete failure reports with planted personal data, and the truth beside each.

    python -m bench.leak.generate --out DIR --count 300 --seed 1 --part measure

In:  a seed and a part; the same arguments give the same bytes.
Out: ``DIR/NNNN.eml`` and ``DIR/NNNN.json``; the truth's form is that of the leak scorer:
     ``id``, ``style``, ``pii`` [{type, value, where}], ``name_tokens``, ``survive`` {class: [...]};
     and ``template``, by which reports of one wording are known.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.leak import assemble, parts
from bench.leak.book import Book, Template
from bench.leak.markup import to_html, to_plain
from bench.leak.scene import Scene, plain

_SLOT = re.compile(r"\[\[(?P<phrase>[^\]]*)\]\]|\{(?P<slot>[a-z_.]+)\}")


@dataclass(frozen=True)
class Case:
    """One report and what it holds."""

    content: bytes
    truth: dict[str, Any]


def styles(part: str) -> list[str]:
    """The kinds of mail in a part."""
    return sorted({style for book in parts.books(part) for style, _, _ in book.templates})


def _pick(part: str, number: int, style: str | None) -> tuple[Book, str, Template]:
    """The template of report ``number`` and its name: all of a part take their turn."""
    rows = [
        (book, f"{book.name}/{place}", item)
        for book in parts.books(part)
        for place, item in enumerate(book.templates)
    ]
    chosen = [row for row in rows if style in (None, row[2][0])]
    return Random(f"{part}/{style}/order").sample(chosen, len(chosen))[number % len(chosen)]


def case(number: int, *, seed: int, part: str, style: str | None = None) -> Case:
    """Report ``number`` of a series; independent of how many others are made."""
    rng = Random(f"{seed}/{part}/{number}")
    book, template, (kind, subject_template, body_template) = _pick(part, number, style)
    scene = Scene(rng, book)
    subject = plain(_fill(scene, subject_template, "subject"))
    moment = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(seconds=rng.randint(0, 2_000_000))
    arrival = format_datetime(moment)
    part2 = assemble.feedback(scene, arrival)
    header = assemble.original_header(scene, subject, arrival)
    if rng.random() < 0.08:
        third_type, third = "text/rfc822-headers", assemble.block(header)
    else:
        mime, body = _body(scene, _fill(scene, body_template, "text"))
        third_type = "message/rfc822"
        third = assemble.block((*header, ("MIME-Version", "1.0"))) + mime.encode() + b"\r\n" + body
    content = assemble.report(scene, subject, part2, third, third_type)
    return Case(content, _truth(scene, f"{number:04d}", kind) | {"template": template})


def _body(scene: Scene, text: str) -> tuple[str, bytes]:
    """Plain, HTML only, or both; now and then with an attachment."""
    shape = scene.rng.choice(("plain", "plain", "html", "twin"))
    if shape == "plain":
        whole = assemble.leaf(scene, "plain", to_plain(scene, text))
    elif shape == "html":
        whole = assemble.leaf(scene, "html", to_html(scene, text))
    else:
        parts = [
            assemble.leaf(scene, "plain", to_plain(scene, text)),
            assemble.leaf(scene, "html", to_html(scene, text)),
        ]
        whole = assemble.multipart("alternative", "=_twin", parts)
    if scene.rng.random() < 0.15:
        whole = assemble.multipart("mixed", "=_mixed", [whole, assemble.attachment(scene)])
    return whole


def _fill(scene: Scene, template: str, where: str) -> str:
    def one(match: re.Match[str]) -> str:
        phrase = match["phrase"]
        if phrase is not None:
            return scene.truth.keep("phrase" if where == "text" else "subject_phrase", phrase)
        scene.where = where
        return scene.fill(match["slot"])

    return _SLOT.sub(one, template)


def _truth(scene: Scene, report_id: str, style: str) -> dict[str, Any]:
    return {
        "id": report_id,
        "style": style,
        "pii": scene.truth.pii,
        "name_tokens": sorted(scene.truth.tokens),
        "survive": scene.truth.survive,
    }


def write(out: Path, *, count: int, seed: int, part: str, style: str | None = None) -> None:
    """``count`` reports and their truth files in ``out``, which is made."""
    out.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        made = case(number, seed=seed, part=part, style=style)
        (out / f"{number:04d}.eml").write_bytes(made.content)
        truth = json.dumps(made.truth, ensure_ascii=False, indent=1)
        (out / f"{number:04d}.json").write_text(truth + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Failure reports with planted personal data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=parts.names(), default="tune")
    parser.add_argument("--style", help="only this kind of mail (letter, reply, table, ...)")
    options = parser.parse_args()
    write(
        options.out,
        count=options.count,
        seed=options.seed,
        part=options.part,
        style=options.style,
    )


if __name__ == "__main__":
    main()
