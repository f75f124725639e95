"""SPF and DKIM records that a report quotes (RFC 6591 sections 3.2.5 and 3.2.6).

In:  ``txt : domain : "record"``, and DKIM key records.
Out: the same, rebuilt from terms and tags of the grammar.
SECURITY: SPF macros (RFC 7208 section 7) put the sender's local part or IP address into the queried
     name; such labels become ``[label]``. The notes and the ``g=`` of a key record are dropped.
FAILS: never.
"""

from __future__ import annotations

import re

from rufgate.sanitize.context import RedactionContext
from rufgate.sanitize.domains import (
    HIDDEN,
    HIDDEN_LABEL,
    holds_name,
    is_opaque,
    organizational,
    public_name,
)

_KEPT_TAGS = frozenset({"v", "k", "h", "s", "t", "p"})
_TAG_VALUE = re.compile(r"[A-Za-z0-9+/=:*.-]{0,1200}")
_TERM = re.compile(
    r"v=spf1|[+?~-]?(?:all|ptr|a|mx)(?:/\d{1,3}(?://\d{1,3})?)?"
    r"|[+?~-]?(?:a|mx|ptr|include|exists):[A-Za-z0-9._%{}+/-]{1,253}"
    r"|[+?~-]?ip[46]:[0-9A-Fa-f.:/]{2,50}"
    r"|(?:redirect|exp)=[A-Za-z0-9._%{}+-]{1,253}",
    re.IGNORECASE,
)
_MACRO_ZONE = re.compile(r"_|spf\d{0,2}\Z")  # what stands left of "_spf" was put there by a macro
_MAX_RECORD = 4096
_MAX_PARTS = 100


def redact_spf_record(value: str, context: RedactionContext) -> str | None:
    """An ``SPF-DNS`` value; None if it does not follow the grammar."""
    parts = value[:_MAX_RECORD].split(":", 2)
    kind = parts[0].strip().lower()
    if len(parts) != 3 or kind not in ("txt", "spf"):
        return None
    domain = queried_name(parts[1], context)
    joined = re.sub(r'"\s{0,8}"', "", parts[2].strip())  # a record in several strings is one
    words = joined.strip('" ').split()[:_MAX_PARTS]
    terms = [_without_names(term, context) for term in words if _TERM.fullmatch(term)]
    return f'{kind} : {domain} : "{" ".join(terms)}"' if terms else None


def _without_names(term: str, context: RedactionContext) -> str:
    """``include:jane.users.example`` without the label; the record would be lost whole else."""
    start = re.match(r"[^:=]*[:=]?", term)
    mechanism = start[0] if start else ""
    labels = term[len(mechanism) :].split(".")
    shown = (
        HIDDEN_LABEL if holds_name(label.lower(), context.names) else label for label in labels
    )
    return mechanism + ".".join(shown)


def queried_name(domain: str, context: RedactionContext) -> str:
    """A name in the DNS without the labels that macros may have filled in."""
    name = public_name(domain.strip().strip('"'))
    if name is None:
        return HIDDEN
    organization = organizational(name)
    if context.policy.domains == "organizational":
        return organization
    labels = [label for label in name[: -len(organization)].split(".") if label]
    numbers = sum(label.isdigit() for label in labels)
    filled = next((n for n, label in enumerate(labels) if _MACRO_ZONE.match(label)), 0)
    shown = [
        HIDDEN_LABEL
        if place < filled
        or is_opaque(label)
        or holds_name(label, context.names)
        or (numbers > 3 and label.isdigit())
        else label
        for place, label in enumerate(labels)
    ]
    return ".".join([*shown, organization])


def redact_selector_record(value: str) -> str | None:
    """A DKIM key record (RFC 6376 section 3.6.1) without its notes and granularity."""
    kept = []
    joined = re.sub(r'"\s{0,8}"', "", value[:_MAX_RECORD].strip()).strip('" ')
    for tag in joined.split(";")[:_MAX_PARTS]:
        name, equals, text = tag.partition("=")
        name, text = name.strip().lower(), "".join(text.split())
        if equals and name in _KEPT_TAGS and _TAG_VALUE.fullmatch(text):
            kept.append(f"{name}={text}")
    return f'"{"; ".join(kept)}"' if kept else None
