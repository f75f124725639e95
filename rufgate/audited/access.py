"""Tokens and approvals as a person at the command line handles them.

In:  settings, a clock, a token.
Out: tokens, requests; whether a second person has said yes.
SECURITY: a token is read from a file that is closed to others, or from a prompt; it is in no
     argument, environment, entry or error.
FAILS: ``KeyProblem``; ``StoreUnavailable``; ``AccessDenied``, which says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from rufgate.audited.log import Clock, audit_of, looked
from rufgate.govern.approvals import Approvals, Granted, Kind, NotGranted, Request, Waiting
from rufgate.govern.keys import load_web_key
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.review.access import Principal, Role, Verb, sign_in_digest
from rufgate.settings.schema import Settings
from rufgate.store.access_tokens import AccessTokens, TokenRow
from rufgate.store.audit import Audit
from rufgate.store.audit_entries import Action, Actor
from rufgate.store.engine import open_store
from rufgate.store.filters import Scope

_ALL: Final = "*"
_VERBS: Final = {
    Kind.SUBJECT_FIND: Verb.SEARCH_SUBJECTS,
    Kind.SUBJECT_ERASE: Verb.ERASE_SUBJECTS,
    Kind.KEYS_DESTROY: Verb.DESTROY_KEYS,
}


class AccessDenied(Exception):  # noqa: N818 - an answer for whoever asks
    """No token, or one that is no good or may not do it; ``str()`` says which verb to use."""


class AuditedTokens:
    """The tokens of an installation."""

    def __init__(
        self, tokens: AccessTokens, audit: Audit, web_key: Callable[[], bytes], clock: Clock
    ) -> None:
        self._tokens = tokens
        self._web_key = web_key
        self._audit = audit
        self._clock = clock

    def create(
        self, name: str, role: Role, domains: tuple[str, ...], days: int
    ) -> tuple[TokenRow, str]:
        """A new token, and its text."""
        return self._tokens.create(name, role.value, domains, self._clock(), days)

    def admit(
        self, sign_in: str, name: str, role: Role, domains: tuple[str, ...], days: int
    ) -> TokenRow:
        """Let in whom the proxy names so; raises ``NameTaken``."""
        digest = sign_in_digest(self._web_key(), sign_in)
        return self._tokens.admit(digest, name, role.value, domains, self._clock(), days)

    def list(self) -> tuple[TokenRow, ...]:
        """The newest first."""
        found = self._tokens.list()
        looked(self._audit, Action.TOKENS_LISTED, count=len(found))
        return found

    def revoke(self, id_: str) -> bool:
        """Take it back; whether there was one."""
        return self._tokens.revoke(id_, self._clock())


class SecondPerson:
    """Whether another person has said yes, where the configuration asks for one."""

    def __init__(self, settings: Settings, engine: Engine, audit: Audit, clock: Clock) -> None:
        self.is_asked_for: Final = settings.govern.second_approval
        self._tokens = AccessTokens(engine, audit)
        self._approvals = Approvals(engine, audit)
        self._audit = audit
        self._clock = clock

    def principal(self, text: str, verb: Verb) -> Principal:
        """Whose token it is, and that it may."""
        row = self._tokens.authenticate(text, self._clock())
        if row is None:
            self._audit.append(Actor.OPERATOR, Action.TOKEN_REFUSED)
            raise AccessDenied("that token is not valid: see `rufgate tokens list`")
        principal = principal_of(row)
        if not principal.may(verb):
            self._audit.append(Actor.OPERATOR, Action.TOKEN_REFUSED, token=row.id, role=row.role)
            raise AccessDenied(f"the role {row.role} may not do that")
        if _ALL not in row.domains:
            self._audit.append(Actor.OPERATOR, Action.TOKEN_REFUSED, token=row.id, role=row.role)
            raise AccessDenied("a token for some domains may not do that: it concerns all of them")
        return principal

    def require(self, kind: Kind, digest: str, text: str) -> Granted | Waiting:
        """Use a grant for exactly this work, or ask for one."""
        principal = self.principal(text, _VERBS[kind])
        return self._approvals.require(kind, digest, principal.token, self._clock())

    def grant(self, request: UUID, text: str) -> Request:
        """Say yes as the person of that token; raises ``NotGranted``."""
        principal = self.principal(text, Verb.GRANT_APPROVALS)
        names = {row.id: row.name.casefold() for row in self._tokens.list()}
        asked_by = {one.id: one.asked_by for one in self._approvals.list(self._clock())}
        if names.get(asked_by.get(request, "")) == names.get(principal.token):
            raise NotGranted("who asks cannot grant: it takes another person's token")
        return self._approvals.grant(request, principal.token, self._clock())

    def list(self) -> tuple[Request, ...]:
        """What waits, and what was granted and can still be used."""
        found = self._approvals.list(self._clock())
        looked(self._audit, Action.APPROVALS_LISTED, count=len(found))
        return found


def principal_of(row: TokenRow) -> Principal:
    """Who a token stands for."""
    return Principal(token=row.id, role=Role(row.role), scope=Scope(row.domains))


def token_in(file: Path) -> str:
    """The token in a file that is closed to others."""
    try:
        return read_secret(file, trusted_owners()).decode("ascii").strip()
    except SecretProblem as problem:
        raise AccessDenied(f"token file {file} {problem}") from None
    except UnicodeDecodeError:
        raise AccessDenied(f"token file {file} holds no token") from None


def open_tokens(settings: Settings, clock: Clock) -> AuditedTokens:
    """The tokens of this installation."""
    engine = open_store(settings.store.url)
    audit = audit_of(settings, engine, clock)
    key = partial(load_web_key, settings.keys.directory)  # read only for a proxy's names
    return AuditedTokens(AccessTokens(engine, audit), audit, key, clock)


def open_second_person(settings: Settings, clock: Clock) -> SecondPerson:
    """The approvals of this installation."""
    engine = open_store(settings.store.url)
    return SecondPerson(settings, engine, audit_of(settings, engine, clock), clock)
