"""The keys of ``[authenticity]``: what they become, and what is refused."""

import pytest

from rufgate.settings import slices
from rufgate.settings.load import load, load_with_warnings
from tests.settings.conftest import MINIMAL
from tests.settings.test_load import Write, problems_of


def test_by_default_everybody_is_asked_after_and_may_send(written: Write) -> None:
    settings = load(written(MINIMAL))
    assert settings.authenticity.check
    assert slices.reporter_rules(settings).reporters == ()
    assert slices.name_servers(settings) == ()


def test_what_the_keys_become(written: Write) -> None:
    text = (
        'trusted_fronts = ["192.0.2.1"]\n[authenticity]\nreporters = ["Reporter.example"]\n'
        'authserv_id = ["MX.example.org"]\nresolver = ["127.0.0.1:5353", "[::1]:54"]\n'
    )
    settings = load(written(MINIMAL + text))
    rules = slices.reporter_rules(settings)
    assert (rules.reporters, rules.authserv_ids) == (("reporter.example",), {"mx.example.org"})
    assert slices.name_servers(settings) == (("127.0.0.1", 5353), ("::1", 54))


def test_lists_from_the_environment(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUFGATE_AUTHENTICITY__CHECK", "true")
    monkeypatch.setenv("RUFGATE_AUTHENTICITY__REPORTERS", "a.example, b.example")
    settings = load(written(MINIMAL))
    assert settings.authenticity.reporters == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ('resolver = ["ns.example.org"]\n', "authenticity.resolver[0]", "not a name server"),
        ('resolver = ["192.0.2.53:0"]\n', "authenticity.resolver[0]", "not a name server"),
        ('reporters = ["*"]\n', "authenticity.reporters[0]", "not a domain"),
        ('reporters = ["a@b.example"]\n', "authenticity.reporters[0]", "not a domain"),
        (
            'check = false\nreporters = ["b.example"]\n',
            "authenticity.reporters",
            "nobody could prove",
        ),
    ],
)
def test_what_is_refused(written: Write, text: str, key: str, said: str) -> None:
    problem = problems_of(written(f"{MINIMAL}[authenticity]\n{text}"))[key]
    assert said in problem.message
    assert problem.line in (4, 5)


def test_an_id_without_fronts_is_a_warning(written: Write) -> None:
    path = written(MINIMAL + '[authenticity]\nauthserv_id = "mx.example.org"\n')
    settings, warnings = load_with_warnings(path)
    assert settings.authenticity.authserv_id == ("mx.example.org",)
    assert "authenticity.authserv_id" in {warning.key for warning in warnings}
