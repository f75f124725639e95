"""``rufgate bench``: what the gate's promises are measured with.

The benchmark is no part of the gate: it lies beside the package in a source tree and inside it in a
wheel, and is imported when it is asked for, by this module alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rufgate.cli.exits import UNAVAILABLE, end, exit_codes
from rufgate.sanitize.sanitized import Tier

_PACKAGE: Final = Path(__file__).parents[1]
_PLACES: Final = (_PACKAGE.parent, _PACKAGE / "benchmarks")  # source tree, wheel

app = typer.Typer(no_args_is_help=True, help="Measure what the gate promises.")


@app.callback()
def _group() -> None:
    pass


@app.command("leak")
def leak(  # noqa: PLR0913, PLR0917 - a parameter for each option, as typer has it
    part: Annotated[
        str, typer.Option("--part", help="Reports of which part: tune, measure, or one book.")
    ] = "measure",
    count: Annotated[int, typer.Option("--count", min=1, help="How many reports.")] = 300,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same reports.")] = 1,
    style: Annotated[
        str | None, typer.Option("--style", help="Only this kind of mail.", show_default=False)
    ] = None,
    tier: Annotated[Tier, typer.Option("--tier", help="How much is kept.")] = Tier.TEXT,
    stock: Annotated[
        bool, typer.Option("--stock", help="Measure presidio as it comes as well.")
    ] = False,
    independent: Annotated[
        bool, typer.Option("--independent", help="And the independent set, where it is present.")
    ] = False,
    prose: Annotated[bool, typer.Option("--prose", help="And technical prose.")] = False,
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Fill the figures into a page.")
    ] = None,
    show: Annotated[int, typer.Option("--show", min=0, help="Print so many leaks.")] = 0,
    reveal: Annotated[
        bool,
        typer.Option("--reveal", help="Quote leaks of the measuring part too, which spoils it."),
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Leave reports and outputs in DIR."),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option("--processes", min=1, help="Default: one a core.", show_default=False),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 where a goal is missed.")] = False,
) -> None:
    """Measure how much personal data gets through, and how much that is harmless gets lost.

    Example: rufgate bench leak --part tune --count 100 --show 20
    """
    command, run = _benchmark()
    plan = command.Plan(
        part=part, count=count, seed=seed, style=style, tier=tier, stock=stock, keep=keep
    )
    options = command.Options(plan=plan, independent=independent, prose=prose, processes=processes)
    output = run.Output(show=show, reveal=reveal, as_json=as_json, write=write, check=check)
    with exit_codes():
        code = run.run(options, output)
    raise typer.Exit(code)


def _benchmark() -> tuple[Any, Any]:
    """The benchmark's modules; another package called ``bench`` is not taken for it."""
    place = next((place for place in _PLACES if (place / "bench" / "leak").is_dir()), None)
    if place is None:
        end(UNAVAILABLE, "the benchmark is not installed: it comes with the source and the wheel")
    if str(place) not in sys.path[:1]:
        sys.path.insert(0, str(place))
    from bench.leak import command, run  # noqa: PLC0415 - see above

    return command, run
