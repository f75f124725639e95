"""Each setting that the records tell of changes just the places that tell of it, and no other.

The settings are those of the schema: a new one is an error here until it says what it changes in
the records, or is named among those that no record is about.
"""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from rufgate.settings.recorded import record_of
from rufgate.settings.schema import Settings

BASE = """\
[smtp]
recipients = ["dmarc-ruf@ruf.example.org"]
hostname = "ruf.example.org"
tls_certificate = "/etc/ssl/one.pem"
tls_key = "/etc/ssl/one.key"
[[domains]]
name = "example.org"
[[analysts]]
name = "blue"
address = "blue@analyst.example"
tier = "text"
[forward]
relay = "127.0.0.1:25"
sender = "rufgate@ruf.example.org"
[[retention]]
class = "text"
days = 20
[[outputs]]
kind = "webhook"
url = "https://siem.example.net/hook/secret-path"
"""
KINDS = ("ropa", "dpia", "notice")

# The new value, and the places that change in ropa, in dpia and in notice.
TOLD: dict[str, tuple[Any, ...]] = {
    "smtp.hostname": ("gate.example.org", "/gate", "/gate", "/gate"),
    "smtp.tls_certificate": (None, "/measures/0/set_to", "/measures/0/set_to", ""),
    "smtp.require_tls": (True, "/measures/0/set_to", "/measures/0/set_to", ""),
    "domains.name": ("example.net", "/policy /domains/0", "/policy", "/policy /text/1"),
    # one sentence more, and the two behind it move down
    "domains.collect_until": (
        date(2027, 3, 31), "/collection_ends/0/domain /collection_ends/0/day", "",
        "/text/8 /text/9 /text/10",
    ),
    "domains.role_addresses": (["news@example.org"], "/policy", "/policy", "/policy"),
    "policy.store_tier": (
        "metadata", "/policy /measures/2/set_to",
        "/policy /settings/store_tier /measures/2/set_to", "/policy /text/4",
    ),
    "policy.links": ("path", "/policy", "/policy /settings/links", "/policy"),
    "policy.attachment_digest": (
        "none", "/policy", "/policy /settings/attachment_digest", "/policy",
    ),
    "policy.source_ip": (
        "truncate", "/policy /measures/3/set_to",
        "/policy /settings/source_ip /measures/3/set_to", "/policy",
    ),
    "policy.domains": (
        "keep", "/policy /measures/4/set_to",
        "/policy /settings/domains /measures/4/set_to", "/policy",
    ),
    "policy.uncovered_text": (
        "rules", "/policy /measures/5/set_to",
        "/policy /settings/uncovered_text /measures/5/set_to", "/policy",
    ),
    "phrases.allow": (["word"], "/policy", "/policy /settings/allow_phrases", "/policy"),
    "phrases.deny": (["word"], "/policy", "/policy /settings/deny_phrases", "/policy"),
    "malware.clamd": ("tcp:127.0.0.1:3310", "/measures/6/set_to", "/measures/6/set_to", ""),
    "canary.every_minutes": (7, "/measures/7/set_to", "/measures/7/set_to", ""),
    "keys.epoch_days": (30, "/measures/8/set_to", "/measures/8/set_to", ""),
    "forward.tls": ("none", "/measures/1/set_to", "/measures/1/set_to", ""),
    "analysts.name": ("red", "/recipients/0/name", "/recipients/0/name", "/text/5"),
    "analysts.domains": (
        ["example.org"], "/recipients/0/domains/0", "/recipients/0/domains/0", "/text/5",
    ),
    "analysts.tier": ("headers", "/recipients/0/tier", "/recipients/0/tier", "/text/5"),
    "analysts.pseudonyms": (
        "store", "/recipients/0/pseudonyms", "/recipients/0/pseudonyms", "",
    ),
    "retention.class": (
        "subject", "/retention/6/days /retention/7/days",
        "/retention/6/days /retention/7/days", "/text/7",
    ),
    "retention.days": (9, "/retention/7/days", "/retention/7/days", "/text/7"),
    "retention.action": ("coarsen", "/retention/7/action", "/retention/7/action", "/text/7"),
    "retention.owner": ("DPO", "/retention/7/owner", "/retention/7/owner", ""),
    "retention.reason": ("short", "/retention/7/reason", "/retention/7/reason", ""),
    "retention.review_by": (
        date(2027, 1, 1), "/retention/7/review_by", "/retention/7/review_by", "",
    ),
    "govern.quiet_hour": (3, "/measures/9/set_to", "/measures/9/set_to", ""),
    "govern.second_approval": (True, "/measures/10/set_to", "/measures/10/set_to", ""),
    "govern.controller": ("Council", "/controller", "/controller", "/controller /text/0"),
    "govern.contact": ("dpo@example.org", "/contact", "/contact", "/contact /text/0"),
    "outputs.url": (
        "https://other.example.net/x", "/recipients_of_events/0/to",
        "/recipients_of_events/0/to", "/text/6",
    ),
    "outputs.tier": (
        "text", "/recipients_of_events/0/tier", "/recipients_of_events/0/tier", "/text/6",
    ),
    "outputs.domains": (
        ["example.org"], "/recipients_of_events/0/domains/0",
        "/recipients_of_events/0/domains/0", "",
    ),
    "alerts.to": (
        ["ops@alerts.example"],
        *2 * (" ".join(f"/recipients_of_events/1/{key}"
                       for key in ("kind", "to", "tier", "domains/0")),),
        "/text/7 /text/8 /text/9 /text/10",
    ),
}  # fmt: skip
# A rule for one domain or reporter stands beside the general one; both are tested below.
BESIDE = ("retention.domain", "retention.reporter", "outputs.kind")
# Nothing of these is about whose data are kept, why, for how long, or who gets them.
NOT_TOLD = frozenset(
    {
        "smtp": (
            "listen recipients postmaster max_message_bytes max_connections "
            "max_connections_per_ip max_connections_per_network tls_key trusted_fronts "
            "front_protocol"
        ),
        "domains": "known_sources",
        "limits": (
            "messages_per_minute_per_ip burst_per_ip memory_budget_mb "
            "messages_per_minute_per_network burst_per_network messages_per_minute_per_reporter "
            "burst_per_reporter messages_per_minute burst storm_after storm_window_minutes "
            "storm_forward_every storm_rows_per_hour storm_rows_per_sender "
            "storm_megabytes_per_hour max_waiting_copies"
        ),
        "authenticity": "check reporters authserv_id resolver",
        "malware": "time_limit_s max_attachment_bytes max_attachments",
        "workers": "processes time_limit_s memory_limit_mb models",
        "store": "url tombstones",
        "keys": "directory",
        "forward": "relay sender password_file dkim_selector dkim_key",
        "analysts": "address encrypt key_file",
        "govern": (
            "subject_searches_per_hour audit_heads_file audit_heads_syslog audit_heads_to "
            "audit_heads_every_hours"
        ),
        "web": "listen trusted_proxies proxy_header proxy_secret_file",
        "outputs": "format secret_file ca_file",
        "alerts": (
            "new_source_messages spike_messages spike_factor campaign_messages silent_days "
            "waiting_copies waiting_hours"
        ),
        "log": "format level metrics_file",
    }.items()
)


def settings(**changes: Any) -> Settings:
    values = tomllib.loads(BASE)
    for path, value in changes.items():
        section, key = path.split(".")
        where = values.setdefault(section, {})
        where = where[0] if isinstance(where, list) else where
        if value is None:
            del where[key]
        else:
            where[key] = value
    return Settings.model_validate(values)


def keys(model: type[BaseModel], path: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = [field.annotation, *typing.get_args(field.annotation)]
        models = [one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)]
        if models:
            yield from keys(models[0], f"{path}{name}.")
        else:
            yield f"{path}{field.alias or name}"


def leaves(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        parts: Any = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    else:
        return {path: str(value)}
    return {k: v for key, part in parts for k, v in leaves(part, f"{path}/{key}").items()}


def changed(kind: str, before: Settings, after: Settings) -> dict[str, str]:
    old, new = (leaves(record_of(kind, one, "1.2.3")) for one in (before, after))
    return {key: new.get(key, "") for key in old | new if old.get(key) != new.get(key)}


def test_each_setting_of_the_schema_is_named_here():
    not_told = {f"{section}.{key}" for section, names in NOT_TOLD for key in names.split()}
    assert set(keys(Settings)) == {*TOLD, *BESIDE, *not_told}
    assert not not_told & TOLD.keys()


@pytest.mark.parametrize("setting", TOLD)
def test_a_setting_changes_the_places_that_tell_of_it_alone(setting):
    value, *places = TOLD[setting]
    before, after = settings(), settings(**{setting: value})
    for kind, expected in zip(KINDS, places, strict=True):
        assert set(changed(kind, before, after)) == set(expected.split()), kind


@pytest.mark.parametrize(
    ("setting", "value"), [("retention.domain", "example.org"), ("retention.reporter", "r.example")]
)
def test_a_rule_for_some_stands_beside_the_general_one(setting, value):
    before, after = (
        record_of("ropa", one, "1") for one in (settings(), settings(**{setting: value}))
    )
    old, new = before.pop("retention"), after.pop("retention")
    assert before == after
    general = {**old[7], "days": 30}
    assert old[7]["class"] == "text"
    assert new == [*old[:7], {**old[7], setting.partition(".")[2]: value}, general, *old[8:]]


def test_another_kind_of_output_is_told_by_its_host_and_no_secret():
    after = settings(**{"outputs.kind": "syslog", "outputs.url": "tcp:log.example.net:601"})
    for kind in KINDS:
        told = str(record_of(kind, settings(), "1"))
        assert "siem.example.net" in told
        assert "secret-path" not in told
        assert "log.example.net" in str(record_of(kind, after, "1"))
