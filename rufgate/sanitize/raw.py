"""Personal and hostile input, held so that it cannot slip out by accident.

In:  bytes and text as a reporter sent them.
Out: the same, through ``reveal()`` only, which is called in ``sanitize`` and ``recognize`` alone
     (a test of the syntax tree holds that).
SECURITY: ``str()``, ``format()``, ``repr()`` and pickling show or carry nothing of the content.
FAILS: ``TypeError`` wherever the content would otherwise be turned into a string or a pickle.
"""

from __future__ import annotations

from datetime import datetime
from mmap import mmap
from typing import Final, NoReturn, final


class _Guarded:
    """What both raw types refuse. A plain class: ``dataclasses.asdict`` must not see inside."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        raise TypeError("raw content has no string form; sanitize it first")

    def __format__(self, format_spec: str) -> NoReturn:
        raise TypeError("raw content cannot be formatted; sanitize it first")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("raw content cannot be pickled or copied")


@final
class RawText(_Guarded):
    """Text of the input: personal until proven otherwise."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text: Final = text

    def reveal(self) -> str:
        """The text itself. Only ``sanitize`` and ``recognize`` may call this."""
        return self.__text

    def __len__(self) -> int:
        return len(self.__text)

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RawText) and self.__text == other.__text

    def __hash__(self) -> int:
        return hash(self.__text)

    def __repr__(self) -> str:
        return f"<RawText {len(self.__text)} chars>"


Content = bytes | bytearray | mmap


@final
class RawMessage(_Guarded):
    """One mail as received, with its envelope, for the time of one SMTP transaction.

    ``content`` is the message after dot-unstuffing (RFC 5321 section 4.5.2), in any line-end
    convention; with ``size``, its size on the wire, every line end in it is one LF.
    ``client_ip`` is the textual address of the peer, "" where there is none (a file).
    ``received_at`` is aware, in UTC.
    """

    __slots__ = ("__client_ip", "__content", "__helo", "__mail_from", "__size", "received_at")

    def __init__(
        self,
        content: Content,
        *,
        received_at: datetime,
        mail_from: str = "",
        helo: str = "",
        client_ip: str = "",
        size: int | None = None,
    ) -> None:
        self.__content: Final = content
        self.__size: Final = size
        self.__mail_from: Final = RawText(mail_from)
        self.__helo: Final = RawText(helo)
        self.__client_ip: Final = RawText(client_ip)
        self.received_at: Final = received_at

    def reveal(self) -> Content:
        """The message's bytes. Only ``sanitize`` and ``recognize`` may call this."""
        return self.__content

    @property
    def mail_from(self) -> RawText:
        """The envelope sender without angle brackets; empty for the null sender."""
        return self.__mail_from

    @property
    def helo(self) -> RawText:
        """The name the client gave in HELO or EHLO."""
        return self.__helo

    @property
    def client_ip(self) -> RawText:
        """The client's address, or empty."""
        return self.__client_ip

    @property
    def is_plain(self) -> bool:
        """Whether every line end is known to be one LF."""
        return self.__size is not None

    def __len__(self) -> int:
        return len(self.__content) if self.__size is None else self.__size

    def __repr__(self) -> str:
        return f"<RawMessage {len(self)} bytes>"
