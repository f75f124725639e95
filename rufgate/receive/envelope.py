"""The arguments of MAIL and RCPT, and whose mailbox a recipient is.

In:  the argument as text; the configured recipients.
Out: ``Path`` and parameters, or the reply that refuses them; the kind of mailbox.
SECURITY: read strictly and without the standard library's address parser, which raises on hostile
     input (``<a@[1.2.3.4>``). Recipients are compared whole, with nothing guessed.
FAILS: never; a refusal is a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rufgate.receive.replies import Reply

# RFC 5321 section 4.1.2, wider in the local part (old senders break its rules) and in letters
# (RFC 6531). Each alternative starts with a different character, so matching takes linear time.
_PATH: Final = re.compile(
    r"<(?:@[^\x00-\x20\x7f<>:\"]*:)?"
    r"(?P<local>\"(?:[^\x00-\x1f\x7f\ud800-\udfff\"\\]|\\[\x20-\x7e])*\"|[^\x00-\x20\x7f\ud800-\udfff<>@\"]+)"
    r"(?:@(?P<domain>[^\x00-\x20\x7f\ud800-\udfff<>@\"\[\]]+|\[[\x21-\x3b\x3d\x3f\x41-\x5a\x5e-\x7e]+\]))?>"
)
_PARAMETER: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)(?:=([\x21-\x3c\x3e-\x7e]+))?")
_ESCAPE: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Path:
    """A mailbox without brackets and source route; both parts are empty for the null sender."""

    local: str
    domain: str

    @property
    def address(self) -> str:
        """The mailbox as written."""
        return f"{self.local}@{self.domain}" if self.domain else self.local


@dataclass(frozen=True, slots=True)
class MailArguments:
    """What MAIL states."""

    sender: Path
    size: int
    smtputf8: bool


class Mailbox(Enum):
    """What a recipient is to us."""

    REPORTS = auto()
    POSTMASTER = auto()


def read_mail(argument: str, max_bytes: int) -> MailArguments | Reply:
    """The argument of MAIL (RFC 5321 section 4.1.1.2, RFC 1870, 6152, 6531)."""
    split = _split(argument, "FROM:")
    if split is None:
        return Reply.BAD_ARGUMENT
    sender = Path("", "") if split[0] == "<>" else _path(split[0])
    if sender is None or (sender.local and not sender.domain):
        return Reply.BAD_SENDER
    parameters = _parameters(split[1])
    if parameters is None:
        return Reply.BAD_ARGUMENT
    options = _mail_options(parameters, max_bytes)
    if isinstance(options, Reply):
        return options
    size, smtputf8 = options
    if not (smtputf8 or sender.address.isascii()):
        return Reply.NOT_ASCII
    return MailArguments(sender, size, smtputf8)


def read_rcpt(argument: str, *, smtputf8: bool) -> Path | Reply:
    """The argument of RCPT (RFC 5321 section 4.1.1.3). No parameter is known (no DSN)."""
    split = _split(argument, "TO:")
    if split is None:
        return Reply.BAD_ARGUMENT
    path = _path(split[0])
    if path is None or not (path.domain or path.local.casefold() == "postmaster"):
        return Reply.BAD_RECIPIENT
    if not (smtputf8 or path.address.isascii()):
        return Reply.NOT_ASCII
    parameters = _parameters(split[1])
    if parameters is None:
        return Reply.BAD_ARGUMENT
    return Reply.UNKNOWN_PARAMETER if parameters else path


class Mailboxes:
    """The mailboxes of this server. Local parts compare case-insensitively, by our own policy."""

    def __init__(self, recipients: Iterable[str], hostname: str, *, has_postmaster: bool) -> None:
        pairs = (address.rpartition("@") for address in recipients)
        self._reports: Final = frozenset((_local(local), _domain(host)) for local, _, host in pairs)
        self._domains: Final = {domain for _, domain in self._reports} | {_domain(hostname)}
        self._has_postmaster: Final = has_postmaster

    def find(self, path: Path) -> Mailbox | Reply:
        """The mailbox that ``path`` names, or why there is none."""
        local, domain = _local(path.local), _domain(path.domain)
        if domain and domain not in self._domains:
            return Reply.NO_RELAY
        if local == "postmaster":  # RFC 5321 section 4.5.1
            return Mailbox.POSTMASTER if self._has_postmaster else Reply.NO_SUCH_RECIPIENT
        return Mailbox.REPORTS if (local, domain) in self._reports else Reply.NO_SUCH_RECIPIENT


def _split(argument: str, keyword: str) -> tuple[str, str] | None:
    """The path and the parameters; a blank before the path is let pass, as it is common."""
    if argument[: len(keyword)].upper() != keyword:
        return None
    rest = argument[len(keyword) :].lstrip(" ")
    match = _PATH.match(rest)
    end = match.end() if match else rest.find(">") + 1
    return (rest[:end], rest[end:]) if rest else None


def _path(text: str) -> Path | None:
    match = _PATH.fullmatch(text)
    return Path(match["local"], match["domain"] or "") if match else None


def _parameters(text: str) -> dict[str, str] | None:
    """ESMTP parameters by upper-case name (RFC 5321 section 4.1.2), None if malformed."""
    if text and not text.startswith(" "):
        return None
    found: dict[str, str] = {}
    for word in text.split():
        match = _PARAMETER.fullmatch(word)
        if match is None or match[1].upper() in found:
            return None
        found[match[1].upper()] = match[2] or ""
    return found


def _mail_options(parameters: dict[str, str], max_bytes: int) -> tuple[int, bool] | Reply:
    size = parameters.pop("SIZE", "0")
    body = parameters.pop("BODY", "7BIT").upper()
    smtputf8 = parameters.pop("SMTPUTF8", None)
    if parameters or body not in ("7BIT", "8BITMIME"):
        return Reply.UNKNOWN_PARAMETER
    if not (size.isdecimal() and size.isascii() and len(size) <= 20) or smtputf8:
        return Reply.BAD_ARGUMENT
    if int(size) > max_bytes:
        return Reply.TOO_BIG
    return int(size), smtputf8 is not None


def _local(local: str) -> str:
    """Without needless quotes (RFC 5321 section 4.1.2: both forms name the same mailbox)."""
    if local.startswith('"') and local.endswith('"') and len(local) >= 2:
        local = _ESCAPE.sub(r"\1", local[1:-1])
    return local.casefold()


def _domain(domain: str) -> str:
    try:
        return domain.lower() if domain.isascii() else domain.encode("idna").decode("ascii").lower()
    except UnicodeError:  # an over-long or empty label: equal to no domain of ours
        return domain.lower()
