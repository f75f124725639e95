"""What a stricter policy still takes out of a value that was redacted under a looser one. Pure.

In:  redacted values; the stricter policy.
Out: the value cut, or None where it cannot be cut surely and so is dropped.
SECURITY: no detector runs here: only what the value shows by its own form is cut.
FAILS: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rufgate.sanitize.domains import HIDDEN, DomainRule

# ``header.from=`` is the name of a property, ``p1-...@example.org`` a pseudonym with its domain.
# A link stays as it is: its host is kept by every policy, and its path is no domain.
_DOMAIN: Final = re.compile(
    r"(?P<link>[a-z]{3,5}://[^\s<>]+|[\w-]{1,63}\[\.\][^\s<>]+)|(?<![\w.-])(?:[a-z0-9_](?:[\w-]{0,61}[a-z0-9_])?\.){1,20}[a-z][a-z0-9-]{1,62}"
    r"(?![\w=-])(?!\.\w)",
    re.IGNORECASE,
)
_LONGEST: Final = 65_536


def cut_domain(name: str, rule: DomainRule, *, sender_side: bool) -> str | None:
    """A domain as the rule keeps it."""
    if "." not in name:
        return name
    kept = rule.keep(name, sender_side=sender_side, stated=True)
    return None if kept == HIDDEN else kept


def cut_domains(value: str, rule: DomainRule, *, sender_side: bool = False) -> str | None:
    """``value`` with each domain in it as the rule keeps it."""
    if len(value) > _LONGEST:
        return None

    def kept(hit: re.Match[str]) -> str:
        return hit["link"] or rule.keep(hit[0], sender_side=sender_side)

    return _DOMAIN.sub(kept, value)


def cut_hosts(value: str, rule: DomainRule, *, trusted: bool = False) -> str | None:
    """The same for a line of hosts; ``trusted`` if they are the reporter's own."""
    if len(value) > _LONGEST:
        return None
    return _DOMAIN.sub(lambda hit: hit["link"] or rule.host(hit[0], trusted=trusted), value)


def holds_phrase(value: str, phrases: Iterable[str]) -> bool:
    """Whether a denied phrase stands in ``value``: as whole words, in any case and spacing."""
    shapes = (r"\s{1,3}".join(map(re.escape, phrase.split())) for phrase in phrases)
    return any(
        re.search(rf"(?<!\w){shape}(?!\w)", value, re.IGNORECASE) for shape in shapes if shape
    )
