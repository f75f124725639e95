"""Reading the configuration: defaults, precedence, and every problem at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from rufgate.receive.limits import Rate
from rufgate.settings import slices
from rufgate.settings.load import load, load_with_warnings
from rufgate.settings.problems import ConfigError, Problem, line_of
from rufgate.settings.values import split_listen

Write = Callable[[str], Path]
ROOT = Path(__file__).parents[2]
MINIMAL = '[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n'
ANALYST = (
    '[forward]\nsender = "gate@example.org"\n[[analysts]]\nname = "a"\naddress = "a@example.net"\n'
)


def problems_of(path: Path) -> dict[str, Problem]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return {problem.key: problem for problem in caught.value.problems if problem.level == "error"}


def test_recipients_alone_are_enough(written: Write, tmp_path: Path) -> None:
    settings = load(written(MINIMAL))
    assert settings.smtp.listen == "127.0.0.1:8025"
    assert settings.store.url == f"sqlite:///{tmp_path}/var/rufgate.db"
    assert settings.keys.directory == tmp_path / "var/keys"
    assert settings.forward.tls == "required"


def test_paths_count_from_the_files_folder_outside_config(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(MINIMAL)
    assert load(path).keys.directory == tmp_path / "var/keys"


def test_the_shipped_file_is_valid_and_so_is_each_commented_default(tmp_path: Path) -> None:
    text = (ROOT / "config" / "rufgate.toml").read_text()
    assert load(ROOT / "config" / "rufgate.toml").analysts == ()
    skipped = (
        "# tls_", "# require_tls", "# password_file", "# ca_file", "# Refuse", "# dkim_",
        "# key_file",
    )  # fmt: skip
    (tmp_path / "var").mkdir()
    for secret in ("webhook-secret", "proxy-secret"):
        (tmp_path / "var" / secret).touch(0o600)
    key_lines = [
        line.removeprefix("# ")
        if line.startswith("# ")
        and (" = " in line or line.startswith("# [["))
        and not line.startswith(skipped)
        else line
        for line in text.splitlines()
    ]
    path = tmp_path / "all.toml"
    path.write_text("\n".join(key_lines))
    settings = load(path)
    assert settings.analysts[0].name == "abuse-desk"
    assert settings.retention[0].days == 14


def test_the_environment_wins_over_the_file(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_SMTP__LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("RUFGATE_SMTP__RECIPIENTS", "a@ruf.example.org, b@ruf.example.org")
    settings = load(written(MINIMAL))
    assert settings.smtp.listen == "127.0.0.1:0"
    assert settings.smtp.recipients == ("a@ruf.example.org", "b@ruf.example.org")


def test_sections_may_stand_in_the_environment(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_FORWARD__SENDER", "gate@example.org")
    monkeypatch.setenv("RUFGATE_ANALYSTS", '[{"name": "a", "address": "a@example.net"}]')
    assert load(written(MINIMAL)).analysts[0].name == "a"


def test_json_that_is_none_is_told_without_the_value(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_ANALYSTS", '[{"name": "hunter2')
    (problem,) = problems_of(written(MINIMAL)).values()
    assert problem.file == "environment"
    assert "hunter2" not in str(problem)


def test_the_file_may_be_named_by_the_environment(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_CONFIG", str(written(MINIMAL)))
    assert load().smtp.recipients


def test_a_variable_of_no_section_is_an_error(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUFGATE_SMPT__LISTEN", "x")
    (problem,) = problems_of(written(MINIMAL)).values()
    assert problem.file == "environment"
    assert "did you mean 'smtp'" in problem.message


def test_every_problem_is_told_at_once_with_its_line(written: Write) -> None:
    path = written(
        "[smtp]\n"
        'recipient = ["dmarc-ruf@ruf.example.org"]\n'
        'listen = "nowhere"\n'
        "[[analysts]]\n"
        'name = "a"\naddress = "a@example.net"\nencrypt = "openpgp"\n'
        "[[analysts]]\n"
        'name = "b"\naddress = "not an address"\n'
    )
    found = {key: problem.line for key, problem in problems_of(path).items()}
    assert found == {
        "smtp.recipients": 1,
        "smtp.recipient": 2,
        "smtp.listen": 3,
        "analysts[0].key_file": 4,
        "analysts[1].address": 10,
        "forward.sender": None,
    }


def test_an_unknown_key_is_told_with_the_likely_one(written: Write) -> None:
    found = problems_of(written(MINIMAL + '[forward]\nsendr = "x"\n'))
    assert "did you mean 'sender'" in found["forward.sendr"].message


def test_no_value_is_ever_shown(written: Write) -> None:
    path = written(
        MINIMAL + '[forward]\npassword = "hunter2"\nsender = "hunter2"\ntls = "hunter2"\n'
    )
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("text", ["[smtp\n", "= 3", "\x00"])
def test_what_is_not_toml_is_told_with_its_line(written: Write, text: str) -> None:
    (problem,) = problems_of(written(text)).values()
    assert problem.line == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "no.toml").values()
    assert "rufgate init" in problem.message


@pytest.mark.parametrize("name", ["time", "address", "pseudonym"])
def test_what_has_a_coarser_form_may_be_coarsened(written: Write, name: str) -> None:
    text = f'[[retention]]\nclass = "{name}"\ndays = 3\naction = "coarsen"\n'
    (rule,) = slices.retention_rules(load(written(MINIMAL + text)))
    assert (rule.action, rule.days) == ("coarsen", 3)


def test_a_quiet_hour_is_an_hour_of_the_day(written: Write) -> None:
    settings, warnings = load_with_warnings(written(MINIMAL + "[govern]\nquiet_hour = 3\n"))
    assert settings.govern.quiet_hour == 3
    assert "govern.quiet_hour" not in {warning.key for warning in warnings}
    problem = problems_of(written(MINIMAL + "[govern]\nquiet_hour = 24\n"))["govern.quiet_hour"]
    assert problem.line == 4


def test_trusted_fronts_are_networks_or_addresses(written: Write) -> None:
    path = written(
        MINIMAL
        + 'trusted_fronts = ["192.0.2.0/24", "2001:db8::7"]\nfront_protocol = "proxy"\n'
        + "max_connections_per_network = 7\n[limits]\nmemory_budget_mb = 300\n"
    )
    settings = load(path)
    fronts, limits = slices.fronts(settings), slices.session_limits(settings)
    assert fronts.opens_with_header("192.0.2.9")
    assert fronts.opens_with_header("2001:db8::7")
    assert not fronts.opens_with_header("192.0.3.9")
    assert (limits.max_connections_per_network, limits.memory_budget_bytes) == (7, 300 << 20)


@pytest.mark.parametrize(
    ("text", "key", "line", "said"),
    [
        ('trusted_fronts = ["192.0.2.1/24"]\n', "smtp.trusted_fronts[0]", 3, "not a network"),
        ('trusted_fronts = ["balancer"]\n', "smtp.trusted_fronts[0]", 3, "not a network"),
        ('trusted_fronts = ["0.0.0.0/0"]\n', "smtp.trusted_fronts[0]", 3, "everybody"),
        ('front_protocol = "socks"\n', "smtp.front_protocol", 3, ""),
        ("max_connections_per_network = 0\n", "smtp.max_connections_per_network", 3, ""),
        ("[limits]\nmemory_budget_mb = 30\n", "limits.memory_budget_mb", 4, "too small"),
    ],
)
def test_what_the_gate_cannot_work_with_is_refused(
    written: Write, text: str, key: str, line: int, said: str
) -> None:
    problem = problems_of(written(MINIMAL + text))[key]
    assert (problem.line, said in problem.message) == (line, True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (ANALYST.replace("a@example.net", "DMARC-ruf@ruf.example.org"), "analysts[0].address"),
        (ANALYST.replace("gate@example.org", "dmarc-ruf@ruf.example.org"), "forward.sender"),
        (ANALYST.replace('sender = "gate@example.org"\n', ""), "forward.sender"),
        (ANALYST + '[[analysts]]\nname = "A"\naddress = "b@example.net"\n', "analysts[1].name"),
        ('[[retention]]\nclass = "smell"\ndays = 3\n', "retention[0].class"),
        ('[[retention]]\nclass = "text"\ndays = 3\naction = "coarsen"\n', "retention[0].action"),
        (
            '[[retention]]\nclass = "facts"\ndays = 400\nreporter = "example.net"\n',
            "retention[0].days",
        ),
        ('[forward]\npassword_file = "no"\nrelay = "mail.example.org"\n', "forward.password_file"),
    ],
)
def test_contradictions_are_refused(written: Write, text: str, key: str) -> None:
    assert key in problems_of(written(MINIMAL + text))


def test_a_secret_that_others_can_read_is_refused(written: Write, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("user:word")
    secret.chmod(0o644)
    path = written(MINIMAL + '[forward]\nrelay = "mail.example.org"\npassword_file = "secret"\n')
    assert "chmod 600" in problems_of(path)["forward.password_file"].message
    secret.chmod(0o600)
    load(path)


def test_what_works_but_is_unwise_is_a_warning(written: Write) -> None:
    _, warnings = load_with_warnings(written(MINIMAL + '[forward]\ntls = "none"\n'))
    assert {"smtp.postmaster", "forward.tls", "analysts", "retention"} == {w.key for w in warnings}


def test_storms_are_bounded_unless_somebody_says_otherwise(written: Write) -> None:
    settings, warnings = load_with_warnings(written(MINIMAL))
    rules = slices.storm_rules(settings)
    assert (rules.after, rules.window, rules.forward_every) == (20, timedelta(hours=1), 100)
    assert (rules.rows_per_hour, rules.bytes_per_hour) == (1000, 32_000_000)
    assert (rules.rows_per_sender, rules.max_waiting) == (250, 10_000)
    assert not [warning for warning in warnings if warning.key.startswith("limits")]
    given = "[limits]\nstorm_megabytes_per_hour = 0\nmax_waiting_copies = 0\n"
    _, warnings = load_with_warnings(written(MINIMAL + given))
    told = {warning.key for warning in warnings}
    assert {"limits.storm_megabytes_per_hour", "limits.max_waiting_copies"} < told


def test_rates_are_set_and_zero_is_none(written: Write) -> None:
    settings, _ = load_with_warnings(written(MINIMAL))
    rates = slices.client_rates(settings)
    assert rates.per_address is None
    assert rates.per_network == slices.reporter_rate(settings) == Rate(per_second=10, burst=1000)
    assert rates.in_all == Rate(per_second=50, burst=5000)
    given = "[limits]\nmessages_per_minute_per_ip = 6\nmessages_per_minute = 0\n"
    settings, _ = load_with_warnings(written(MINIMAL + given))
    rates = slices.client_rates(settings)
    assert (rates.per_address, rates.in_all) == (Rate(per_second=0.1, burst=100), None)


def test_reading_text_by_rules_alone_is_a_warning(written: Write) -> None:
    settings, _ = load_with_warnings(written(MINIMAL))
    assert slices.policy(settings).uncovered_text == "omit"
    given = MINIMAL + '[policy]\nuncovered_text = "rules"\n'
    settings, warnings = load_with_warnings(written(given))
    assert slices.policy(settings).uncovered_text == "rules"
    assert "policy.uncovered_text" in {warning.key for warning in warnings}
    found = problems_of(written(MINIMAL + '[policy]\nuncovered_text = "keep"\n'))
    assert "policy.uncovered_text" in found


def test_the_line_of_a_key_in_the_second_of_two_sections() -> None:
    text = '[[a]]\nx = 1\n\n[[a]]\n# y = 0\n"y" = 2\n[b]\nx = 3\n'
    assert line_of(text, ("a", 1, "y")) == 6
    assert line_of(text, ("a", 1, "x")) == 4
    assert line_of(text, ("b", "x")) == 8
    assert line_of(text, ("c",)) is None


@pytest.mark.parametrize("text", ["127.0.0.1", "127.0.0.1:", ":25", "::1:25", "h:65536", "h:x"])
def test_what_is_no_address_to_listen_on(text: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        split_listen(text)


def test_an_ipv6_address_to_listen_on() -> None:
    assert split_listen("[::1]:0") == ("::1", 0)


def test_a_file_that_anybody_can_write_is_refused(written: Write) -> None:
    path = written(MINIMAL)
    path.chmod(0o664)
    load(path)
    path.chmod(0o646)
    with pytest.raises(ConfigError, match="chmod o-w"):
        load(path)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('clamd = "/run/clamav/clamd.ctl"', "malware.clamd"),
        ('clamd = "tcp:192.0.2.1:3310"', "malware.clamd"),
        ('clamd = "unix:/c"\ntime_limit_s = 20', "malware.time_limit_s"),
        ("max_attachments = 0", "malware.max_attachments"),
    ],
)
def test_a_clamd_must_be_on_this_machine_and_quick(written: Write, line: str, key: str) -> None:
    assert key in problems_of(written(f"{MINIMAL}[malware]\n{line}\n"))


def test_a_clamd_as_it_is_installed(written: Write) -> None:
    text = '[malware]\nclamd = "unix:/run/clamav/clamd.ctl"\n'
    found = slices.clamd(load(written(MINIMAL + text)))
    assert found is not None
    assert found.address.path == "/run/clamav/clamd.ctl"
