"""What a part is by its first bytes; what its sender calls it is never believed.

In:  the first bytes of decoded content.
Out: a media type from the table, ``application/octet-stream`` for anything else.
FAILS: never.
"""

from __future__ import annotations

import re
from typing import Final

HEAD_BYTES: Final = 4096
UNKNOWN: Final = "application/octet-stream"

_AT_START: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"{\\rtf", "application/rtf"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
_TEXT_AT_START: Final[tuple[tuple[bytes, str], ...]] = (
    (b"begin:vcalendar", "text/calendar"),
    (b"begin:vcard", "text/vcard"),
    (b"-----begin pgp message", "application/pgp-encrypted"),
    (b"-----begin pgp signature", "application/pgp-signature"),
    (b"-----begin pgp public key", "application/pgp-keys"),
    (b"-----begin pgp private key", "application/pgp-keys"),
    (b"-----begin pkcs7", "application/pkcs7-mime"),
    (b"-----begin cms", "application/pkcs7-mime"),
    (b"-----begin", "application/x-pem-file"),
    (b"<?xml", "application/xml"),
    (b"<svg", "image/svg+xml"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
)
_CMS_OID = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # pkcs-7, RFC 5652 section 4
_OFFICE: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
)
_MAIL_FIELD = re.compile(
    rb"(?:received|return-path|from|to|date|subject|message-id|mime-version|content-type"
    rb"|delivered-to|dkim-signature)[ \t]*:",
    re.IGNORECASE,
)


def media_type(head: bytes) -> str:
    """The media type of content that begins with ``head`` (``HEAD_BYTES`` are enough)."""
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"mif1", b"heix") else "video/mp4"
    if head.startswith(b"RIFF"):
        kinds = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
        return kinds.get(head[8:12], UNKNOWN)
    if head[:1] == b"\x30" and _CMS_OID in head[:32]:
        return "application/pkcs7-mime"
    return _from(_AT_START, head) or _text_type(head) or UNKNOWN


def _text_type(head: bytes) -> str | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return _from(_TEXT_AT_START, start[:64].lower()) or (
        "message/rfc822" if _MAIL_FIELD.match(start) else None
    )


def _from(table: tuple[tuple[bytes, str], ...], head: bytes) -> str | None:
    return next((kind for start, kind in table if head.startswith(start)), None)


def _zipped(head: bytes) -> str:
    return next((kind for mark, kind in _OFFICE if mark in head), "application/zip")
