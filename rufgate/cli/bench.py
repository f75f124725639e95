"""``rufgate bench``: what the gate's promises are measured with.

The benchmark is no part of the gate: it lies beside the package in a source tree and inside it in a
wheel, and is imported when it is asked for, by this module alone.
"""

from __future__ import annotations

import secrets
import sys
from importlib import import_module
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
    command, run = _benchmark("leak", "command", "run")
    plan = command.Plan(
        part=part, count=count, seed=seed, style=style, tier=tier, stock=stock, keep=keep
    )
    options = command.Options(plan=plan, independent=independent, prose=prose, processes=processes)
    output = run.Output(show=show, reveal=reveal, as_json=as_json, write=write, check=check)
    with exit_codes():
        code = run.run(options, output)
    raise typer.Exit(code)


@app.command("speed")
def speed(  # noqa: PLR0913, PLR0917 - a parameter for each option, as typer has it
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ROW", help="Only this row; may be given again."),
    ] = None,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Medians are of so many.")] = 5,
    salt: Annotated[
        int | None,
        typer.Option("--salt", help="Which reports. Default: new ones.", show_default=False),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few messages each: shows that it runs, no more.")
    ] = False,
    stored: Annotated[
        int, typer.Option("--stored", min=2000, help="Reports in the large store of row growth.")
    ] = 1_000_000,
    shared: Annotated[
        Path | None,
        typer.Option("--shared", metavar="DIR", help="Use the client and servers of DIR instead."),
    ] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Fill the figures into a page.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 where a goal is missed.")] = False,
) -> None:
    """Measure how fast reports are taken, beside two reference servers in the same run.

    Rows: unique near repeat headers metadata large receive parse p99 open beside hostile growth
    gates start. All rows and five rounds take about forty minutes.

    Example: rufgate bench speed --only unique --only near --rounds 3
    """
    session, run = _benchmark("speed", "session", "run")
    chosen = salt if salt is not None else secrets.randbelow(900) + 100
    plan = session.Plan(
        rows=tuple(only or ()), rounds=rounds, salt=chosen, quick=quick, stored=stored
    )
    output = run.Output(as_json=as_json, write=write, check=check)
    given = [*(f" --only {name}" for name in plan.rows), " --quick" if quick else ""]
    command = f"rufgate bench speed --rounds {rounds} --salt {chosen}" + "".join(given)
    with exit_codes():
        code = run.run(plan, output, shared=shared, command=command)
    raise typer.Exit(code)


def _benchmark(name: str, *modules: str) -> list[Any]:
    """Modules of the benchmark ``name``; another package called ``bench`` is not taken for it."""
    place = next((place for place in _PLACES if (place / "bench" / name).is_dir()), None)
    if place is None:
        end(UNAVAILABLE, "the benchmark is not installed: it comes with the source and the wheel")
    if str(place) not in sys.path[:1]:
        sys.path.insert(0, str(place))
    return [import_module(f"bench.{name}.{module}") for module in modules]
