"""The reported message: its header, its readable text, the shapes of everything else.

In:  the third part of a report.
Out: ``Original`` and flags.
SECURITY: nested messages, calendars, cards and the like are stubs, never text. HTML is read only
     where no plain text stands beside it; the twin is dropped. Other parts are decoded for type,
     size and digest alone, in pieces.
FAILS: ``LimitExceeded`` past ``Limits``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rufgate.sanitize.embedded import cut_embedded
from rufgate.sanitize.fields import decode_bytes, decode_words, known_codec
from rufgate.sanitize.html import html_to_text
from rufgate.sanitize.magic import HEAD_BYTES, media_type
from rufgate.sanitize.mime import Part
from rufgate.sanitize.parsed import Original, RawAttachment, RawHeader
from rufgate.sanitize.policy import Limits
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import Flag, Reason
from rufgate.sanitize.transfer import undeclared

HEADER_TYPES: Final = frozenset(
    [
        "text/rfc822-header",
        "text/rfc822-headers",
        "text/rfc-822-header",
        "text/rfc-822-headers",
        "message/rfc822-header",
        "message/rfc822-headers",
        "message/rfc-822-headers",
        "message/global-headers",
        "text/global-headers",
    ]
)
_SMIME: Final = frozenset(
    [
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    ]
)
_PGP: Final = frozenset(
    ["application/pgp-encrypted", "application/pgp-signature", "application/pgp-keys"]
)
_MARKUP: Final = frozenset(["text/html", "text/enriched"])
_BINARY: Final = frozenset(  # content that a text part cannot have, whatever it says
    [
        "application/gzip",
        "application/pdf",
        "application/zip",
        "application/vnd.ms-tnef",
        "application/x-ole-storage",
        "application/pkcs7-mime",
        "image/gif",
        "image/jpeg",
        "image/png",
    ]
)
_SOFT_BREAK = re.compile(r"(?<!^--) \n(?:>+ ?)?", re.MULTILINE)
_MAX_ATTACHMENTS = 1000
_HTML_FACTOR = 32  # bytes of mark-up allowed for each character of text that the limit allows
_KEPT_CONTROLS = {ord("\n"): "\n", ord("\t"): "\t", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}
_CONTROLS: Final = {code: _KEPT_CONTROLS.get(code) for code in (*range(32), *range(127, 160))}
_JAPANESE_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")


@dataclass(slots=True)
class _Content:
    """What is gathered from a body, part by part."""

    limits: Limits
    texts: list[str] = field(default_factory=list)
    attachments: list[RawAttachment] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    reason: Reason | None = None

    def attach(self, found: Iterable[RawAttachment]) -> None:
        self.attachments += found
        del self.attachments[_MAX_ATTACHMENTS:]


def read_original(third: Part, limits: Limits) -> tuple[Original, frozenset[Flag]]:
    """The message in ``third``, which is a message, or a header block alone."""
    return original_from(third.message, limits, headers_only=third.media_type in HEADER_TYPES)


def original_from(
    message: Part, limits: Limits, *, headers_only: bool = False
) -> tuple[Original, frozenset[Flag]]:
    """``message`` itself as the reported one. A body after a mere header block is not read."""
    content = _Content(limits)
    has_body = not headers_only and not message.is_blank
    if has_body:
        _gather(message, content)
    text = "\n\n".join(content.texts)
    original = Original(
        headers=raw_headers(message.fields),
        text=RawText(text) if text and content.reason is None else None,
        text_reason=content.reason,
        attachments=tuple(content.attachments),
        headers_only=not has_body,
        is_report=message.media_type == "multipart/report",
    )
    return original, frozenset(content.flags)


def raw_headers(fields: Sequence[tuple[str, str]]) -> tuple[RawHeader, ...]:
    """``fields`` as the guarded type."""
    return tuple(RawHeader(name=RawText(name), value=RawText(value)) for name, value in fields)


def part_text(part: Part) -> str | None:
    """The part's text without controls, ``\\n`` line ends; None if its charset cannot be read."""
    content = part.content()
    if part.encoding not in ("base64", "quoted-printable", "x-uuencode"):
        content = undeclared(content)
    charset = part.charset
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    elif any(escape in content for escape in _JAPANESE_ESCAPES):
        charset = "iso-2022-jp"
    if not _is_readable(content, charset):
        return None
    text = decode_bytes(content, charset).replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff").translate(_CONTROLS)
    return _SOFT_BREAK.sub("", text) if _deletes_spaces(part) else text


def _deletes_spaces(part: Part) -> bool:
    """RFC 3676 section 4.2: lines were broken inside words, a space before the break."""
    format_, delsp = part.parameter("format"), part.parameter("delsp")
    return (format_.strip().lower(), delsp.strip().lower()) == ("flowed", "yes")


def _head(part: Part) -> bytes:
    head = b""
    for chunk in part.chunks():
        head += chunk[: HEAD_BYTES - len(head)]
        if len(head) >= HEAD_BYTES:
            break
    return head


def _is_readable(content: bytes, charset: str) -> bool:
    """A name that nobody knows is no hindrance where the content is UTF-8 all the same."""
    if not charset or known_codec(charset):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _gather(part: Part, content: _Content) -> None:
    if part.media_type == "multipart/alternative" and part.children:
        _gather_alternative(part, content)
    elif part.children:
        if part.media_type in ("multipart/signed", "multipart/encrypted"):
            _flag_protocol(part.parameter("protocol").lower(), content)
        for child in part.children:
            if part.media_type == "multipart/digest":  # of messages (RFC 2046 section 5.1.5)
                _gather_attachment(child, content)
            else:
                _gather(child, content)
    elif _is_shown(part):
        _gather_text(part, content)
    else:
        _gather_attachment(part, content)


def _gather_alternative(part: Part, content: _Content) -> None:
    """Plain text beats its HTML twin; what is neither, such as a calendar, is an attachment."""
    plain = [child for child in part.children if _says_something(child)]
    for child in part.children:
        is_markup = child.media_type == "text/html" or (
            child.media_type.startswith("multipart/") and bool(plain) and child not in plain
        )
        if is_markup and plain:
            _gather_others(child, content)
        else:
            _gather(child, content)


def _says_something(part: Part) -> bool:
    return part.media_type == "text/plain" and not part.is_blank


def _gather_others(part: Part, content: _Content) -> None:
    """The images of an HTML twin, without its text."""
    for leaf in part.leaves():
        if leaf.media_type != "text/html":
            _gather(leaf, content)


def _is_shown(part: Part) -> bool:
    """Whether a reader sees it as text: by type, and not sent as a file."""
    return part.media_type in ("text/plain", "text/html", "text/enriched") and not part.is_file


def _gather_text(part: Part, content: _Content) -> None:
    if part.end - part.start > content.limits.text_chars * _HTML_FACTOR:
        content.reason = Reason.TEXT_TOO_LONG
        return
    kind = media_type(_head(part))
    if kind in _BINARY:
        _gather_attachment(part, content)
        return
    text = part_text(part)
    if text is None:
        content.reason = content.reason or Reason.UNDECODABLE
        return
    is_markup = part.media_type in _MARKUP or kind == "text/html"  # pages are sent as plain text
    shown = html_to_text(text) if is_markup else text
    cut = cut_embedded(shown, part.budget.scanner)
    content.attach(cut.attachments)
    content.flags |= {Flag.PGP} if cut.has_pgp else set()
    content.flags |= {Flag.SMIME} if cut.has_smime else set()
    if cut.text.strip():
        content.texts.append(cut.text.strip("\n"))
    if sum(map(len, content.texts)) > content.limits.text_chars:
        content.reason = Reason.TEXT_TOO_LONG


def _gather_attachment(part: Part, content: _Content) -> None:
    _flag_protocol(part.media_type, content)
    found = attachment(part)
    _flag_protocol(found.magic, content)
    content.attach([found])


def _flag_protocol(media: str, content: _Content) -> None:
    content.flags |= {Flag.SMIME} if media in _SMIME else set()
    content.flags |= {Flag.PGP} if media in _PGP else set()


def attachment(part: Part) -> RawAttachment:
    """The shape of ``part``; its content is decoded in pieces, shown to a scanner, thrown away."""
    shape = _Shape()
    pieces = shape.measured(part.chunks())
    scanner = part.budget.scanner
    scan = scanner.scan(pieces) if scanner is not None else None
    for _ in pieces:  # what the scanner did not want
        pass
    return RawAttachment(
        magic=media_type(shape.head),
        size_bytes=shape.size,
        sha256=shape.digest.digest(),
        filename=RawText(decode_words(part.filename)),
        scan=scan,
    )


class _Shape:
    """What is kept of content that passes by."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.head, self.size = b"", 0

    def measured(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.digest.update(piece)
            self.size += len(piece)
            if len(self.head) < HEAD_BYTES:
                self.head += piece[: HEAD_BYTES - len(self.head)]
            yield piece
