"""A sanitized report that was not stored, as JSON values with the keys of ``reports show``."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from rufgate.sanitize.sanitized import SanitizedReport, SanitizedText

_FIRST: Final = (
    "id", "received_at", "kind", "reason", "reporter_domain", "reported_domain", "from_domain",
    "source_ip", "auth_failure", "delivery_result", "arrival_at", "incidents_stated", "seen",
    "auth_results", "tier", "policy", "engine", "key_id", "not_stated",
)  # fmt: skip
_HIDDEN: Final = {"fingerprint"}


def report_json(report: SanitizedReport) -> dict[str, Any]:
    """The keys of ``reports list`` first, then what else the report holds."""
    values = {field.name: _plain(getattr(report, field.name)) for field in fields(report)}
    values["seen"] = 1
    for result in values["auth_results"]:
        result["properties"] = dict(result["properties"])
    ordered = {key: values.pop(key) for key in _FIRST}
    return ordered | {key: value for key, value in values.items() if key not in _HIDDEN}


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case SanitizedText() | UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(type(value).__name__)
