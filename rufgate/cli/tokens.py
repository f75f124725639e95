"""``rufgate tokens``: who may look, and as what."""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer

from rufgate import app as gate
from rufgate.audited.access import open_tokens
from rufgate.cli.exits import BAD_INPUT, USAGE, end, exit_codes
from rufgate.cli.options import Config, Json
from rufgate.cli.tables import print_rows
from rufgate.review.access import Role
from rufgate.review.web.proxy import is_name
from rufgate.settings.load import load
from rufgate.settings.values import domain_name
from rufgate.store.access_tokens import DEFAULT_DAYS, NameTaken

app = typer.Typer(help="Personal tokens: who may look, and as what.", no_args_is_help=True)

_COLUMNS: Final = (
    "id", "name", "role", "domains", "sign_in", "state", "created_at", "expires_at",
    "last_used_on",
)  # fmt: skip
_LONGEST: Final = 64

Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Whose it is: a post or a login, one word.")
]
Domains = Annotated[
    list[str] | None,
    typer.Option("--domain", metavar="D", help="Reports of this domain; again for more."),
]
SignIn = Annotated[
    str | None,
    typer.Option(
        "--sign-in",
        metavar="LOGIN",
        help="Make no token: let in whom the proxy of [web] proxy_header names so, exactly.",
    ),
]
Days = Annotated[int, typer.Option("--days", min=1, max=730, help="How long it is valid.")]


@app.command("create")
def create(  # noqa: PLR0913 - options
    *,
    config: Config = None,
    name: Name,
    role: Annotated[Role, typer.Option("--role", help="What it is for.")],
    domain: Domains = None,
    days: Days = DEFAULT_DAYS,
    sign_in: SignIn = None,
    as_json: Json = False,
) -> None:
    """Make a token; it is printed once and never again. Without --domain it sees all of them.

    With --sign-in nobody gets a token: who signs in at the proxy by that login is known here.

    Example: rufgate tokens create --name desk-1 --role analyst --domain example.org
    """
    if not name.isprintable() or not name.strip() or len(name) > _LONGEST or "@" in name:
        end(USAGE, "--name takes a word of at most 64 characters, and no address")
    if sign_in is not None and not is_name(sign_in):
        end(USAGE, "--sign-in takes what the proxy sends: printable ASCII without space , ;")
    domains = tuple(map(_domain, domain or [])) or ("*",)
    if sign_in is not None:
        _admit(config, sign_in, (name.strip(), role, domains, days), as_json=as_json)
        return
    with exit_codes():
        row, text = open_tokens(load(config), gate.now).create(name.strip(), role, domains, days)
    if as_json:
        typer.echo(json.dumps({**row.as_json(gate.now()), "token": text}))
    else:
        typer.echo(text)
        typer.echo(
            f"token {row.id}, {row.role}, valid to {row.expires_at:%Y-%m-%d}: keep it in a file "
            "of mode 0600; it is not shown again",
            err=True,
        )


def _admit(
    config: Config, sign_in: str, who: tuple[str, Role, tuple[str, ...], int], *, as_json: bool
) -> None:
    with exit_codes():
        try:
            row = open_tokens(load(config), gate.now).admit(sign_in, *who)
        except NameTaken as taken:
            end(
                BAD_INPUT,
                f"somebody signs in by that login: `rufgate tokens revoke {taken}` comes first",
            )
    if as_json:
        typer.echo(json.dumps(row.as_json(gate.now())))
    else:
        typer.echo(
            f"{row.id}: whom the proxy names so is {row.role} to {row.expires_at:%Y-%m-%d}; "
            f"`rufgate tokens revoke {row.id}` ends it"
        )


@app.command("list")
def list_(config: Config = None, as_json: Json = False) -> None:
    """Every token, never its text: whose, as what, until when, last used on which day.

    Example: rufgate tokens list --json
    """
    with exit_codes():
        found = open_tokens(load(config), gate.now).list()
    rows = [row.as_json(gate.now()) for row in found]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        print_rows(_COLUMNS, [{**row, "domains": " ".join(row["domains"])} for row in rows])


@app.command("revoke")
def revoke(
    token: Annotated[str, typer.Argument(metavar="ID", help="As `tokens list` shows it.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Take a token back, at once.

    Example: rufgate tokens revoke abcdefghij
    """
    with exit_codes():
        done = open_tokens(load(config), gate.now).revoke(token)
    if not done:
        end(BAD_INPUT, "there is no such token that is not revoked: see `rufgate tokens list`")
    typer.echo(json.dumps({"revoked": token}) if as_json else f"revoked: {token}")


def _domain(text: str) -> str:
    try:
        return domain_name(text)
    except ValueError:
        end(USAGE, "--domain takes the name of a domain")
