"""``rufgate policy``: try a change of the policy before it is made; apply it to what is stored.

What was asked for goes to standard output, complaints to standard error.
SECURITY: prints sanitized lines, counts, and the operator's own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rufgate import policy_trial as trial
from rufgate.cli.exits import BAD_INPUT, USAGE, complain, end, exit_codes
from rufgate.cli.inputs import Input, inputs
from rufgate.cli.options import Config, Json
from rufgate.cli.policy_apply import apply
from rufgate.cli.tables import print_rows
from rufgate.sanitize.trial_result import Danger, Effect, NoReport, Tried, Warn
from rufgate.settings.load import config_path, load
from rufgate.settings.phrases import load_phrases

app = typer.Typer(
    help="Try a change of the policy; apply one to what is stored.", no_args_is_help=True
)
app.command("apply")(apply)

_COLUMNS: Final = ("list", "phrase", "in", "occurs", "stayed", "stays", "goes")
_WORDS: Final = {
    Danger.KNOWN_NAME: "lets a name through that the header of this report tells",
    Danger.ADDRESS: "is an address, which no phrase opens: it stays a pseudonym. For an address of"
    " a function use --role",
    Danger.LEAK_CHECK: "with these phrases the leak check finds something of the header: it takes"
    " these fields away and lowers the tier",
    Danger.NEVER_MATCHED: "never occurred",
    Danger.NO_OWN_DOMAIN: "belongs to no domain of [[domains]]: without one it has no effect",
}

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Report, folder of reports, or - for stdin.")
]
Words = list[str]
Allow = Annotated[
    Words | None, typer.Option("--allow", metavar="PHRASE", help="Never redact it. Repeatable.")
]
Deny = Annotated[
    Words | None, typer.Option("--deny", metavar="PHRASE", help="Always redact it. Repeatable.")
]
Role = Annotated[
    Words | None,
    typer.Option("--role", metavar="ADDRESS", help="Address of a function. Repeatable."),
]
PhraseFile = Annotated[
    Path | None,
    typer.Option("--phrases", metavar="FILE.toml", help="A [phrases] section to try."),
]


@app.command("test")
def try_phrases(  # noqa: PLR0913 - one parameter for each option
    files: Files,
    *,
    allow: Allow = None,
    deny: Deny = None,
    role: Role = None,
    phrases: PhraseFile = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Redact reports with and without some phrases, and show what that changes.

    Without phrases, those of the configuration are tried: [phrases] and role_addresses. Nothing is
    stored or changed, and only redacted lines are shown. Exit codes are those of `sanitize`.

    Example: rufgate policy test report.eml --allow "Contoso Helpdesk" --deny "Project Nightingale"

    Example: rufgate policy test reports/ --role newsletter@example.org --phrases phrases.toml
    """
    found = inputs(files)
    with exit_codes():
        given = _tried(allow, deny, role, phrases)
        file = config_path(config)
        settings = load(file) if config is not None or file.is_file() else None
        plan = trial.plan(settings, given)
    if not any(plan.tried):
        end(USAGE, "there is nothing to try: name --allow, --deny, --role or --phrases")
    with exit_codes():
        effects = trial.try_files((one.read() for one in found), plan)
        results = list(zip(found, effects, strict=True))
    for one, result in results:
        if isinstance(result, NoReport):
            complain(f"{one.source}: no failure report ({result.why})")
    _print_json(plan, results) if as_json else _print_text(plan, results)
    if any(isinstance(result, NoReport) for _, result in results):
        raise typer.Exit(BAD_INPUT)


Results = Sequence[tuple[Input, Effect | NoReport]]


def _tried(allow: Words | None, deny: Words | None, role: Words | None, file: Path | None) -> Tried:
    """What the options name, each once."""
    listed = load_phrases(file) if file is not None else None
    allowed = (*(allow or ()), *(listed.allow if listed else ()))
    denied = (*(deny or ()), *(listed.deny if listed else ()))
    if not all(phrase.strip() for phrase in (*allowed, *denied)):
        end(USAGE, "a phrase is empty")
    roles = {address: trial.role_address(address) for address in role or ()}
    for address, plain in roles.items():
        if plain is None:
            end(USAGE, f"--role {address}: write an address like newsletter@example.org")
    return Tried(
        allow=tuple(dict.fromkeys(allowed)),
        deny=tuple(dict.fromkeys(denied)),
        roles=tuple(dict.fromkeys(filter(None, roles.values()))),
    )


def _print_text(plan: trial.Plan, results: Results) -> None:
    effects = [result for _, result in results if isinstance(result, Effect)]
    for one, result in results:
        if isinstance(result, Effect):
            typer.echo(f"{one.source}")
            _print_effect(result)
    sums = trial.totals(plan, effects)
    if len(effects) > 1:
        typer.echo(f"all {len(effects)} reports")
        columns = tuple("reports" if name == "in" else name for name in _COLUMNS)
        print_rows(columns, map(_total_row, sums))
    for warning in trial.remarks(plan, sums):
        typer.echo(_sentence(warning))


def _print_effect(effect: Effect) -> None:
    rows = _uses(effect)
    if rows:
        print_rows(_COLUMNS, rows)
    for change in effect.changes:
        typer.echo(f"  {change.part.value}:")
        for sign, lines in (("-", change.before), ("+", change.after)):
            for line in lines:
                typer.echo(f"  {sign} {_one_line(str(line))}")
    if not effect.changes:
        typer.echo("  nothing changes")
    for warning in effect.warnings:
        typer.echo(f"  {_sentence(warning)}")


def _one_line(text: str) -> str:
    """``text`` without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def _uses(effect: Effect) -> list[dict[str, object]]:
    return [
        {
            "list": use.sort.value,
            "phrase": use.phrase,
            "in": use.part.value,
            "occurs": use.occurs,
            "stayed": use.stayed,
            "stays": use.stays,
            "goes": use.occurs - use.stays,
        }
        for use in effect.uses
    ]


def _total_row(one: trial.Total) -> dict[str, object]:
    return {
        "list": one.sort.value,
        "phrase": one.phrase,
        "reports": one.files,
        "occurs": one.occurs,
        "stayed": one.stayed,
        "stays": one.stays,
        "goes": one.occurs - one.stays,
    }


def _sentence(warning: Warn) -> str:
    phrase = f'"{warning.phrase}" ' if warning.phrase is not None else ""
    fields = f" ({', '.join(warning.fields)})" if warning.fields else ""
    return f"warning: {phrase}{_WORDS[warning.danger]}{fields}"


def _print_json(plan: trial.Plan, results: Results) -> None:
    """One object: sums, then file by file."""
    effects = [result for _, result in results if isinstance(result, Effect)]
    sums = trial.totals(plan, effects)
    values = {
        "phrases": [_total_row(one) for one in sums],
        "warnings": [_warning(one) for one in trial.remarks(plan, sums)],
        "files": list(_files(results)),
    }
    typer.echo(json.dumps(values, indent=2))


def _files(results: Results) -> Iterator[dict[str, Any]]:
    for one, result in results:
        if isinstance(result, NoReport):
            yield {"input": str(one.source), "kind": None, "why": result.why}
            continue
        changes = [
            {
                "part": change.part.value,
                "before": [str(line) for line in change.before],
                "after": [str(line) for line in change.after],
            }
            for change in result.changes
        ]
        yield {
            "input": str(one.source),
            "kind": result.kind.value,
            "phrases": _uses(result),
            "changes": changes,
            "warnings": [_warning(warning) for warning in result.warnings],
        }


def _warning(warning: Warn) -> dict[str, Any]:
    return {
        "warning": warning.danger.value,
        "phrase": warning.phrase,
        "fields": list(warning.fields),
        "message": _sentence(warning).removeprefix("warning: "),
    }
