"""A letter to a reporter that sends more of people's mail than is needed. Pure.

In:  what it disclosed; ``Facts``; a day.
Out: plain text, to be sent by a person: a gate writes to no reporter by itself.
SECURITY: counts, days and domains alone.
FAILS: never.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Final

from rufgate.govern.records.disclosure import Disclosed
from rufgate.govern.records.facts import Facts

_WIDTH: Final = 72
_FEW: Final = 5  # domains that are named


def letter(sent: Disclosed, facts: Facts, today: date) -> str:
    """Ready to be read once more, and sent."""
    return "\n\n".join(_paragraphs(sent, facts, today)) + "\n"


def _paragraphs(sent: Disclosed, facts: Facts, today: date) -> Iterator[str]:
    is_few = 0 < len(facts.domains) <= _FEW
    named = ", ".join(facts.domains) if is_few else "our domains"
    yield f"To the postmaster of {sent.reporter}\n{today.isoformat()}"
    yield _wrapped(
        f"Subject: DMARC failure reports from {sent.reporter}: please send less of people's mail"
    )
    yield _wrapped(
        f"You send us DMARC failure reports on mail that claims to be from {named}. Thank you: "
        "they help us to find systems of our own that are set up wrongly, and forgeries. "
        f"Between {sent.first} and {sent.last} we counted {sent.reports}. They hold more than we "
        "need:"
    )
    yield "\n".join(_items(_held(sent)))
    yield _wrapped(
        "We take this out by machine before anything is stored. But it leaves your system, and it "
        "is about people who do not know. RFC 9991, section 7, warns that failure reports expose "
        "identifiers of senders and recipients, and can expose the entire message; how much of it "
        "is sent is for your privacy policy to say. The format supports redaction (RFC 6591), and "
        "RFC 6590 describes how it is done so that reports stay of use. Would you please:"
    )
    yield "\n".join(_items(_asked(sent)))
    yield _wrapped(
        "What we do need: Source-IP, Arrival-Date, Reported-Domain, Authentication-Results, "
        "DKIM-Domain and DKIM-Selector, SPF-DNS, Delivery-Result, Incidents, and of the header the "
        "domains in From, Return-Path, Received and DKIM-Signature."
    )
    heading = facts.heading
    yield f"{heading['controller']}\n{heading['contact']}"


def _held(sent: Disclosed) -> Iterator[str]:
    if sent.with_text:
        longest = f", up to {sent.longest_text} characters" if sent.longest_text else ""
        yield f"the text of the message, in {_of(sent.with_text, sent)}{longest}"
    if sent.with_attachments:
        yield f"attachments, in {_of(sent.with_attachments, sent)}"
    if sent.with_recipients:
        yield f"the recipient's address as it is, in {_of(sent.with_recipients, sent)}"


def _asked(sent: Disclosed) -> Iterator[str]:
    if sent.with_text or sent.with_attachments:
        yield (
            "report the header alone: a third part of type text/rfc822-headers in place of "
            "message/rfc822 (RFC 5965, section 2), without text and attachments"
        )
    if sent.with_recipients:
        yield (
            "replace the part before the @ of recipients' addresses by a keyed token (RFC 6590), "
            "in Original-Rcpt-To, To and Cc, and where Return-Path or Received repeats it"
        )


def _of(number: int, sent: Disclosed) -> str:
    return f"{number} of {sent.reports} reports"


def _items(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield _wrapped(line, "  - ", "    ")


def _wrapped(text: str, first: str = "", further: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False
    )
