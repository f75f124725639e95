"""``rufgate manifest``: what a copy or a row says of its own redaction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rufgate.cli.exits import BAD_INPUT, end, exit_codes
from rufgate.cli.inputs import inputs
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.deliver.manifest_check import MAX_BYTES, ManifestProblem, checked
from rufgate.govern.signed_heads import load_public_key, load_signing_key
from rufgate.settings.load import load

app = typer.Typer(help="Signed redaction manifests.", no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A copy, a report as JSON; - for stdin.")
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="The public key, as `rufgate keys export-public` prints it; else this installation's.",
    ),
]


@app.callback()
def _group() -> None:
    """So that ``verify`` stays a verb of its own."""


@app.command("verify")
def verify(file: File, key: Key = None, config: Config = None, as_json: Json = False) -> None:
    """Check the signature, and that a copy is as it was signed; print what it says.

    A sealed copy is opened first: gpg --decrypt, or openssl cms -decrypt. Exit code 65 where
    something does not fit.

    Example: rufgate manifest verify copy.eml --key rufgate.pem
    """
    with exit_codes():
        public = (
            load_public_key(key)
            if key is not None
            else load_signing_key(load(config).keys.directory).public_key()
        )
    content = inputs([file])[0].read()
    if len(content) > MAX_BYTES:
        end(BAD_INPUT, f"{file}: it is far larger than a copy")
    try:
        said = dict(checked(content, public))
    except ManifestProblem as problem:
        end(BAD_INPUT, f"{file}: {problem}")
    if as_json:
        typer.echo(json.dumps(said, indent=2))
        return
    removed = said.pop("removed")
    for name, value in said.items():
        typer.echo(f"{name:<16}{json.dumps(value) if isinstance(value, dict) else value}")
    if isinstance(removed, int):
        typer.echo(f"{'removed':<16}{removed}")
    else:
        columns = ("entity", "recognizer", "part", "count")
        print_rows(columns, [dict(zip(columns, row, strict=True)) for row in removed])
