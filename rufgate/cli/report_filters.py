"""The options by which reports are asked for, the same on each verb."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Final, get_type_hints

import typer

from rufgate.cli.exits import USAGE, end
from rufgate.store.filters import Filter, FilterProblem


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text)
    return option


Since = Annotated[str | None, _option("--since", "DAY", "Received on that day or later (UTC).")]
Until = Annotated[str | None, _option("--until", "DAY", "Received on that day or before.")]
Domain = Annotated[
    str | None, _option("--domain", "NAME", "Reported or in From; with its subdomains.")
]
Reporter = Annotated[str | None, _option("--reporter", "NAME", "Who reports; with subdomains.")]
Source = Annotated[
    str | None, _option("--source", "ADDRESS", "The host that sent, or a network: 192.0.2.0/24.")
]
Failing = Annotated[
    str | None, _option("--failing", "MECHANISM", "spf, dkim or dmarc: stated, and not a pass.")
]
Failure = Annotated[
    str | None, _option("--failure", "WORD", "Auth-Failure: dmarc, spf, bodyhash, signature, ...")
]
Delivery = Annotated[
    str | None, _option("--delivery", "WORD", "Delivery-Result: delivered, spam, policy, reject.")
]
Kind = Annotated[str | None, _option("--kind", "WORD", "auth_failure, arf_other, ...")]
Tier = Annotated[str | None, _option("--tier", "TIER", "metadata, headers or text.")]
Copies = Annotated[
    str | None, _option("--copies", "STATE", "With a copy in that state: pending, delivered, ...")
]
Guess = Annotated[
    str | None,
    _option("--guess", "WORD", "own_system, third_party, forwarded, spoof or unclear."),
]
Dmarc = Annotated[str | None, _option("--dmarc", "WORD", "passed, failed or unknown.")]
Campaign = Annotated[str | None, _option("--campaign", "ID", "Of that campaign.")]

_OPTIONS: Final = {
    "since": Since, "until": Until, "domain": Domain, "reporter": Reporter, "source": Source,
    "failing": Failing, "failure": Failure, "delivery": Delivery, "kind": Kind, "tier": Tier,
    "copies": Copies, "guess": Guess, "dmarc": Dmarc, "campaign": Campaign,
}  # fmt: skip


def with_filters(verb: Callable[..., None]) -> Callable[..., None]:
    """``verb`` with an option for each filter; it gets them as its first argument."""

    @functools.wraps(verb)
    def run(**given: Any) -> None:  # noqa: ANN401 - what typer read
        with understood():
            asked = Filter.of(**{name: given.pop(name) for name in _OPTIONS})
        verb(asked, **given)

    hints = get_type_hints(verb, include_extras=True)
    own = [
        parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
        for parameter in list(signature(verb).parameters.values())[1:]
    ]
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in _OPTIONS.items()
    ]
    described: Any = run
    described.__signature__ = Signature([*own, *options])
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *options)}
    return run


@contextmanager
def understood() -> Iterator[None]:
    """A filter that cannot be understood is a wrong command line."""
    try:
        yield
    except FilterProblem as problem:
        end(USAGE, str(problem))
