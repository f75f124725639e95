"""The matrix goes red where a redaction lets its value through: one planted fault for each group.

The leak check is switched off here: it would mend most of these faults, and it is not on trial.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from rufgate.sanitize import checked, draft
from rufgate.sanitize.parsed import RawAttachment
from rufgate.sanitize.raw import RawText
from rufgate.sanitize.sanitized import SanitizedAttachment, SanitizedText, TokenLabel, TokenRole
from tests.e2e.canary_mail_places import BODY, HEADERS
from tests.e2e.canary_report_places import FEEDBACK, OTHER, OUTER
from tests.e2e.planting import Planted
from tests.sanitize.leak_encodings import HEADER_FORMS, HTML_FORMS, TRANSFERS
from tests.sanitize.leak_places import PARTS, WHOLE
from tests.sanitize.leak_search import MARK, leaks

PLACES = OUTER | FEEDBACK | HEADERS | BODY | OTHER


@dataclass(frozen=True)
class Fault:
    """``name`` in each ``module`` is replaced; the mark then comes out of ``place`` in ``form``."""

    module: str
    name: str
    instead: Any
    place: str
    form: str = "as it is"

    def planted(self) -> Planted:
        if self.place in PARTS:
            return PARTS[self.place](MARK, TRANSFERS[self.form], "")
        spell = (HEADER_FORMS | HTML_FORMS)[self.form]
        if self.place in PLACES:
            return PLACES[self.place](spell(MARK))
        return WHOLE[self.place.removesuffix(" whole")](spell(f"{MARK}@canary.example"))


def _same(value: str, *_: object, **__: object) -> str:
    return value


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _shown(raw: RawText | None, *_: object) -> SanitizedText | None:
    return SanitizedText(raw.reveal()) if raw else None


def _joined(_: object, boxes: Any, **__: object) -> str:
    return ", ".join(f"{box.name} {box.local}@{box.domain}" for box in boxes)


def _raw_id(builder: Any, local: str, domain: str) -> Any:
    token = builder.context.opaque(TokenLabel.MESSAGE_ID, TokenRole.MESSAGE_ID, "x", domain="x")[1]
    return f"<{local}@{domain}>", token


def _named(item: RawAttachment, *_: object) -> SanitizedAttachment:
    name = SanitizedText(item.filename.reveal())
    return SanitizedAttachment(media_type=name, size_bytes=1, digest=None, key_id=None)


def _raw_body(source: bytes, start: int, end: int, _: str) -> tuple[bytes]:
    return (source[start:end],)


FAULTS: dict[str, Fault] = {
    "user agent": Fault("feedback_redaction", "_user_agent", _shown, "User-Agent comment"),
    "reporting host": Fault(
        "feedback_redaction", "_reporting_mta", _shown, "Reporting-MTA comment"
    ),
    "envelope sender": Fault("feedback_redaction", "_mail_from", _shown, "Original-Mail-From SRS"),
    "envelope id": Fault(
        "feedback_redaction",
        "_envelope_id",
        lambda feedback, _: (_shown(feedback.original_envelope_id), ()),
        "Original-Envelope-Id",
    ),
    "stated domains": Fault(
        "feedback_redaction", "redact_spf_record", _same, "SPF macro name"
    ),
    "DKIM identity": Fault("feedback_redaction", "_identity", _shown, "DKIM-Identity"),
    "DKIM selector": Fault(
        "feedback_redaction", "redact_selector", _same, "DKIM-Selector per user"
    ),
    "DKIM record": Fault(
        "feedback_redaction", "redact_selector_record", _same, "DKIM-Selector-DNS note"
    ),
    "results": Fault(
        "auth_redaction", "_property", lambda name, value, _: value, "smtp.mailfrom"
    ),
    "reported links": Fault("feedback_redaction", "redact_host_of", _same, "Reported-URI path"),
    "persons": Fault("headers", "_Builder._listing", _joined, "header From", "Q split"),
    "recipients": Fault("headers", "_Builder._listing", _joined, "header To", "B, koi8-r"),
    "ids": Fault("headers", "_Builder._id", _raw_id, "header References"),
    "unknown fields": Fault(
        "headers",
        "_FIELDS",
        {"x-unheard-of": ("X-Unheard-Of", _same)},
        "header X-Unheard-Of",
    ),
    "trace": Fault("headers", "_FIELDS", {"received": ("Received", _same)}, "header Received"),
    "signature": Fault("header_fields", "redact_identity", _same, "header DKIM-Signature"),
    "list links": Fault("header_fields", "redact_host_of", _same, "header List-Unsubscribe"),
    "subject": Fault("text detect", "structure_spans", _nothing, "Subject whole", "B, gb18030"),
    "text": Fault("text detect", "structure_spans", _nothing, "text address", "fullwidth"),
    "links in text": Fault("view", "redact_link", _same, "URL path", "percent"),
    "coded words in text": Fault("text_structure", "encoded_spans", _nothing, "text whole", "hex"),
    "escapes in text": Fault("normalize", "unescaped", _same, "text whole", "JSON"),
    "forms in text": Fault("normalize", "_compatible", _same, "fullwidth at"),
    "markup": Fault("original", "html_to_text", _same, "HTML whole", "font tags"),
    "scripts": Fault("html", "_DROPPED", frozenset(), "HTML script"),
    "transfer encoding": Fault("mime", "decoded_chunks", _raw_body, "own body", "base64, dirty"),
    "files": Fault("original", "_is_shown", lambda part: True, "vCard", "7bit"),
    "file names": Fault("view", "redact_attachment", _named, "filename 2231"),
}  # fmt: skip


@pytest.fixture
def _no_leak_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "leaks", lambda *_, **__: frozenset())


@pytest.mark.usefixtures("_no_leak_check")
@pytest.mark.parametrize("group", list(FAULTS))
def test_a_fault_turns_its_group_red(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FAULTS[group]
    assert not leaks(fault.planted())
    for module in fault.module.split():
        monkeypatch.setattr(f"rufgate.sanitize.{module}.{fault.name}", fault.instead)
    assert leaks(fault.planted())


def test_text_that_is_encoded_without_saying_so_is_held_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is decoded, else redacted as a coded word."""
    planted = PARTS["own body"](MARK, TRANSFERS["base64, not stated"], "")
    layers = {
        "original.undeclared": _same,
        "text_structure.encoded_spans": _nothing,
    }
    for spared in layers:
        with monkeypatch.context() as patch:
            for name in layers.keys() - {spared}:
                patch.setattr(f"rufgate.sanitize.{name}", layers[name])
            assert not leaks(planted), spared
    for name, fault in layers.items():
        monkeypatch.setattr(f"rufgate.sanitize.{name}", fault)
    assert leaks(planted)


@pytest.mark.usefixtures("_no_leak_check")
@pytest.mark.parametrize("place", ["outer X-CM-SenderInfo", "first part", "preamble", "epilogue",
                                   "boundary", "charset junk", "not a report"])  # fmt: skip
def test_what_is_never_read_is_seen_if_it_comes_out(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """These have no redaction that could fail; the fault copies the mail as it came."""
    planted = PLACES[place](MARK)
    assert not leaks(planted)
    source = planted.content.decode()
    whole = checked.view
    monkeypatch.setattr(
        checked, "view", lambda *given: replace(whole(*given), user_agent=SanitizedText(source))
    )
    assert leaks(planted)


def test_the_envelope_is_seen_if_it_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not leaks(OUTER["envelope sender"](MARK))
    monkeypatch.setattr(
        draft, "_reporter_domains", lambda parsed, message: [message.mail_from.reveal()]
    )
    assert leaks(OUTER["envelope sender"](MARK))
