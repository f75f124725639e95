"""``[[outputs]]``: what cannot be sent safely is refused, with the key and what to do."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from rufgate.deliver.outputs import SyslogReceiver
from rufgate.deliver.webhook import Webhook
from rufgate.sanitize.sanitized import Tier
from rufgate.settings.load import check_all, load_with_warnings
from rufgate.settings.outputs import output_scopes, outputs
from rufgate.settings.problems import ConfigError

MINIMAL = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
WEBHOOK = '[[outputs]]\nkind = "webhook"\nurl = "https://siem.example.org/x"\n'
SYSLOG = '[[outputs]]\nkind = "syslog"\nurl = "unix:/dev/log"\n'
OWN = '[[domains]]\nname = "example.org"\n'
TLS = SYSLOG.replace("unix:/dev/log", "tls:log.example.org")


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str) -> Path:
        (tmp_path / "config").mkdir(mode=0o700, exist_ok=True)
        file = tmp_path / "config" / "rufgate.toml"
        file.write_text(MINIMAL + text)
        file.chmod(0o600)
        return file

    secret = tmp_path / "secret"
    secret.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    secret.chmod(0o600)
    return write


def said(file: Path) -> dict[str, str]:
    return {problem.key: problem.message for problem in check_all(file)}


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        (WEBHOOK, "outputs[0].secret_file", "openssl rand"),
        (WEBHOOK + 'secret_file = "none"\n', "outputs[0].secret_file", "is missing"),
        (WEBHOOK + 'secret_file = "secret"\nformat = "cef"\n', "outputs[0].format", "JSON"),
        (WEBHOOK + 'secret_file = "secret"\nca_file = "none"\n', "outputs[0].ca_file", "no such"),
        (WEBHOOK.replace("https", "http") + 'secret_file = "secret"\n', "outputs[0].url", "https"),
        (SYSLOG.replace("unix:", "udp://"), "outputs[0].url", "write"),
        (SYSLOG + 'secret_file = "secret"\n', "outputs[0].secret_file", "not signed"),
        (SYSLOG + 'ca_file = "ca.pem"\n', "outputs[0].ca_file", "tls:"),
        (TLS + 'ca_file = "none"\n', "outputs[0].ca_file", "no such"),
        (SYSLOG.replace("unix:/dev/log", "udp:192.0.2.7:514"), "outputs[0].url", "unencrypted"),
        (SYSLOG + 'tier = "text"\n', "outputs[0].tier", "redacted text"),
        (SYSLOG + SYSLOG, "outputs[1].url", "twice"),
        (SYSLOG + 'domains = ["a@b"]\n', "outputs[0].domains[0]", "domain"),
        (SYSLOG + 'domains = ["sub.example.org"]\n' + OWN, "outputs[0].domains", "gets nothing"),
    ],
)
def test_it_says_what_is_wrong(written, text, key, why):
    assert why in said(written(text))[key]


def test_both_kinds_are_made(written):
    settings, warnings = load_with_warnings(written(WEBHOOK + 'secret_file = "secret"\n' + SYSLOG))
    assert not [w for w in warnings if w.key.startswith("outputs")]
    made = outputs(settings)
    assert [type(one.receiver) for one in made] == [Webhook, SyslogReceiver]
    assert [one.tier for one in made] == [Tier.METADATA, Tier.METADATA]
    assert {one.id: one.scope for one in made} == output_scopes(settings)
    assert "siem" not in made[0].id


def test_an_output_of_some_domains_is_made_so(written):
    file = written(
        SYSLOG + 'domains = ["example.org"]\n' + OWN + SYSLOG.replace("/dev/log", "/dev/log2")
    )
    settings, warnings = load_with_warnings(file)
    assert not [w for w in warnings if w.key.startswith("outputs")]
    assert [one.scope.domains for one in outputs(settings)] == [("example.org",), ("*",)]


def test_syslog_by_tls_is_no_cause_for_a_warning_and_needs_real_certificates(written, tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate\n")
    assert not [key for key in said(written(TLS)) if key.startswith("outputs")]
    settings, warnings = load_with_warnings(written(TLS + 'ca_file = "ca.pem"\n'))
    assert not [w for w in warnings if w.key.startswith("outputs")]
    with pytest.raises(ConfigError, match="no certificates in PEM form"):
        outputs(settings)


def test_a_secret_that_is_open_or_short_stops_the_start(written, tmp_path):
    file = written(WEBHOOK + 'secret_file = "secret"\n')
    secret = tmp_path / "secret"
    settings, _ = load_with_warnings(file)
    secret.write_bytes(b"whsec_" + base64.b64encode(b"short"))
    with pytest.raises(ConfigError, match="fewer than 24 bytes"):
        outputs(settings)
    assert "openssl rand" in said(file)["outputs[0].secret_file"]
    secret.chmod(0o644)
    assert "open to others" in said(file)["outputs[0].secret_file"]
    with pytest.raises(ConfigError, match="open to others"):
        outputs(settings)
