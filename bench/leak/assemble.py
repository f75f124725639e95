"""From texts to bytes: the original mail, and the failure report around it.

In:  a ``Scene`` and the filled texts.
Out: a conforming report (RFC 5965, RFC 6591, RFC 9991), CRLF line ends.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence
from email.header import Header
from email.utils import formataddr

from bench.leak.scene import Scene

_CHARSETS = (
    "us-ascii",
    "iso-8859-1",
    "windows-1252",
    "iso-8859-15",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1255",
    "windows-1256",
    "koi8-r",
    "shift_jis",
    "iso-2022-jp",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
    "utf-16",
    "utf-8",
)
Fields = Sequence[tuple[str, str]]


def leaf(scene: Scene, subtype: str, text: str) -> tuple[str, bytes]:
    """(MIME header lines, body) of one text part in a random charset and encoding that fit it."""
    fitting = [name for name in _CHARSETS if _fits(text, name)]
    charset = scene.rng.choice(fitting) if scene.rng.random() < 0.6 else "utf-8"
    raw = text.replace("\n", "\r\n").encode(charset)
    encodings = ["base64", "quoted-printable", "8bit"] + ["7bit"] * all(b < 128 for b in raw)
    if charset == "utf-16":  # its line ends are not CRLF in bytes (RFC 2781 section 4)
        encodings = ["base64"]
    encoding = scene.rng.choice(encodings)
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{subtype}; charset={charset}\r\n"
    return head + f"Content-Transfer-Encoding: {encoding}\r\n", raw


def _fits(text: str, charset: str) -> bool:
    try:
        return text.encode(charset).decode(charset) == text
    except UnicodeError:
        return False


def multipart(subtype: str, boundary: str, parts: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    pieces = [f"--{boundary}\r\n{head}\r\n".encode() + body + b"\r\n" for head, body in parts]
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n'
    return head, b"".join(pieces) + f"--{boundary}--\r\n".encode()


def attachment(scene: Scene) -> tuple[str, bytes]:
    """A small binary whose file name and content hold the recipient's name."""
    scene.where = "attachment"
    name = scene.fill("file")
    content = b"%PDF-1.4\n1 0 obj <</Author(" + scene.cast["r"].full.encode() + b")>>\nendobj\n"
    coded = base64.encodebytes(content).replace(b"\n", b"\r\n")
    head = f'Content-Type: application/pdf; name="{name}"\r\n'
    return head + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n", coded


def original_header(scene: Scene, subject: str, arrival: str) -> Fields:
    """The sender's side is kept by the policy, so its domain, selector and IP must survive."""
    truth, rng = scene.truth, scene.rng
    scene.where = "header"
    sender, recipient, third = scene.cast["s"], scene.cast["r"], scene.cast["t"]
    for person in (sender, recipient):
        truth.name_words(person.full)
        truth.plant("PERSON", person.full, "header")
    to = scene.fill("r.email")
    fields = [
        (
            "Received",
            (
                f"from out.mailer.example.net (out.mailer.example.net [{scene_ip(scene)}])"
                f" by mx.receiver.example with ESMTPS id 4711 for <{to}>; {arrival}"
            ),
        ),
        ("From", named(sender.full, f"{sender.local}@{scene.domain}")),
        ("To", named(recipient.full, to)),
        ("Subject", encoded(subject)),
        ("Date", arrival),
        ("Message-ID", f"<{recipient.local}.{rng.randint(10**6, 10**7)}@{scene.domain}>"),
    ]
    truth.plant("EMAIL", f"{sender.local}@{scene.domain}", "header")
    if rng.random() < 0.3:
        truth.name_words(third.full)
        truth.plant("PERSON", third.full, "header")
        fields.append(("Cc", named(third.full, scene.fill("t.email"))))
    if rng.random() < 0.3:
        token = base64.urlsafe_b64encode(to.encode()).decode()
        fields.append(("List-Unsubscribe", f"<https://u.mailer.example.net/{token}>"))
    if rng.random() < 0.2:
        fields.append(("X-Authenticated-Sender", truth.plant("EMAIL", sender.address, "header")))
    return fields


def scene_ip(scene: Scene) -> str:
    """One source address for a report, of the documentation ranges (RFC 5737, RFC 3849)."""
    known = scene.truth.survive.get("metadata_ip")
    if known:
        return known[0]
    rng = scene.rng
    value = rng.choice(
        (
            f"198.51.100.{rng.randint(10, 250)}",
            f"203.0.113.{rng.randint(10, 250)}",
            f"2001:db8:{rng.randint(4097, 65535):x}::{rng.randint(17, 250):x}",
        )
    )
    return scene.truth.keep("metadata_ip", value)


def encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()


def named(name: str, address: str) -> str:
    return formataddr((name, address)) if name.isascii() else f"{encoded(name)} <{address}>"


def feedback(scene: Scene, arrival: str) -> Fields:
    truth, rng = scene.truth, scene.rng
    scene.where = "feedback"
    recipient = scene.fill("r.email")
    reporter = rng.choice(scene.words.REPORTERS)
    selector = rng.choice(scene.words.SELECTORS)
    path = recipient.replace("@", "=")
    for value in (scene.domain, reporter, arrival, selector):
        truth.keep("metadata", value)
    return (
        ("Feedback-Type", "auth-failure"),
        ("User-Agent", "Receiver/1.0"),
        ("Version", "1"),
        ("Original-Mail-From", f"<bounce+{path}@{scene.domain}>"),
        ("Original-Rcpt-To", f"<{recipient}>"),
        ("Arrival-Date", arrival),
        ("Source-IP", scene_ip(scene)),
        ("Reported-Domain", scene.domain),
        ("Auth-Failure", rng.choice(("dmarc", "dmarc", "spf", "signature"))),
        ("Delivery-Result", rng.choice(("reject", "delivered", "spam", "policy"))),
        ("Reporting-MTA", f"dns; {reporter}"),
        ("DKIM-Domain", scene.domain),
        ("DKIM-Selector", selector),
        ("DKIM-Identity", f"{scene.cast['s'].local}@{scene.domain}"),
        (
            "Authentication-Results",
            (
                f"{reporter}; dmarc=fail header.from={scene.domain};"
                f" spf=fail smtp.mailfrom=bounce+{path}@{scene.domain}"
            ),
        ),
    )


def block(fields: Fields) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode()


def report(scene: Scene, subject: str, part2: Fields, original: bytes, kind: str) -> bytes:
    """The three parts under one header."""
    reporter = scene.truth.survive["metadata"][1]
    first = f"A message from {scene_ip(scene)} to {scene.cast['r'].address} failed DMARC.\r\n"
    parts = [
        ("Content-Type: text/plain; charset=utf-8\r\n", first.encode()),
        ("Content-Type: message/feedback-report\r\n", block(part2)),
        (f"Content-Type: {kind}\r\n", original),
    ]
    head, body = multipart("report", "=_report", parts)
    head = head.replace("multipart/report;", "multipart/report; report-type=feedback-report;")
    outer = (
        ("From", f"noreply@{reporter}"),
        ("To", "dmarc-ruf@ruf.example.org"),
        ("Subject", f"FW: {encoded(subject)}"),
        ("Date", "Tue, 03 Nov 2026 12:00:00 +0000"),
        ("Message-ID", f"<{scene.rng.randint(10**8, 10**9)}@{reporter}>"),
        ("MIME-Version", "1.0"),
    )
    return block(outer) + head.encode() + b"\r\n" + body
