"""Who is speaking? SPF, DKIM keys and DMARC of the reporter's own message, looked up in time.

In:  a ``RawMessage``, the DNS.
Out: ``Evidence``; with a list of reporters, who may send at all.
SECURITY: only names of the message's own envelope and outer header are looked up, at most 100
     questions and 4 seconds for each message. The peer's address counts for SPF unless it is a
     front's that did not say for whom it speaks: then the front's own word, or none.
FAILS: never; what is not known in time is ``temperror``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, final

from rufgate.receive.authenticity import dmarc
from rufgate.receive.authenticity.resolver import DnsTrouble, Kind, OneMessage, Resolver
from rufgate.receive.authenticity.spf import check_host
from rufgate.receive.fronts import Fronts
from rufgate.receive.replies import Reply
from rufgate.sanitize.authenticity import Authenticity, Author, DkimKey, Evidence
from rufgate.sanitize.raw import RawMessage
from rufgate.sanitize.reporter_identity import ReporterIdentity, reporter_identity
from rufgate.sanitize.verdicts import DkimResult, DmarcResult, SpfResult

_TIME_LIMIT_S: Final = 4.0
_T = TypeVar("_T")


@final
@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterRules:
    """The ``[authenticity]`` of the configuration. Without ``reporters`` everybody may send."""

    reporters: tuple[str, ...] = ()
    authserv_ids: frozenset[str] = frozenset()
    time_limit_s: float = _TIME_LIMIT_S


class ReporterCheck:
    """Looks up what is to be known of reporters."""

    def __init__(self, resolver: Resolver, fronts: Fronts, rules: ReporterRules) -> None:
        self._resolver = resolver
        self._fronts = fronts
        self._rules = rules

    async def look_up(self, message: RawMessage) -> Evidence | Reply:
        """What DNS says of the names of ``message``; a reply where none of them is listed."""
        identity = await asyncio.to_thread(reporter_identity, message, self._rules.authserv_ids)
        if self._rules.reporters and not any(map(self._is_listed, identity.domains)):
            return Reply.REPORTER_NOT_LISTED
        asked = OneMessage(self._resolver)
        try:
            return await self._evidence(identity, asked)
        finally:
            await asked.close()

    def refusal(self, found: Authenticity, unread: Iterable[DkimKey] = ()) -> Reply | None:
        """With a list: 550 for who is not on it, 451 where the DNS did not let us see.

        ``unread``: keys of signatures that no worker came to verify. Such a mail leaves a bare row
        and no copy, so whoever names a listed domain is let in: who wrote the reported mail could
        else have the reporter refused.
        """
        if not self._rules.reporters or any(self._is_listed(str(name)) for name in found.proven):
            return None
        if any(key.record and self._is_listed(key.domain) for key in unread):
            return None
        unknown = found.spf is SpfResult.TEMPERROR or found.dkim is DkimResult.TEMPERROR
        return Reply.TRY_LATER if unknown else Reply.REPORTER_NOT_LISTED

    def _is_listed(self, name: str) -> bool:
        return any(name == one or name.endswith(f".{one}") for one in self._rules.reporters)

    async def _evidence(self, identity: ReporterIdentity, asked: OneMessage) -> Evidence:
        front = identity.client is not None and self._fronts.holds(str(identity.client))
        said = identity.by_front if front else None
        spf_domain = said.domain if said else identity.spf_domain
        others = dict.fromkeys(
            filter(None, [spf_domain, *(name for name, _ in identity.signatures)])
        )
        tasks = _Tasks()
        spf = tasks.add(self._spf(identity, asked)) if not front else None
        author = tasks.add(dmarc.author(identity.author, asked)) if identity.author else None
        keys = [tasks.add(_key(*names, asked)) for names in identity.signatures]
        owners = {name: tasks.add(dmarc.organization(name, asked)) for name in others}
        await tasks.finish(self._rules.time_limit_s)
        unsaid = said.result if said else SpfResult.NONE
        return Evidence(
            spf=_result(spf, SpfResult.TEMPERROR) if spf else unsaid,
            spf_domain=spf_domain,
            keys=tuple(
                _result(task, _no_key(domain, selector, DkimResult.TEMPERROR))
                for task, (domain, selector) in zip(keys, identity.signatures, strict=True)
            ),
            author=_author(author, identity),
            organizations=tuple(_known(owners)),
        )

    async def _spf(self, identity: ReporterIdentity, asked: OneMessage) -> SpfResult:
        if identity.client is None or identity.spf_domain is None:
            return SpfResult.NONE
        helo = identity.helo or "unknown"
        return await check_host(identity.client, identity.spf_domain, helo, asked)


@final
class _Tasks:
    """Look-ups side by side, ended together."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[Any]] = []

    def add(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task

    async def finish(self, time_limit_s: float) -> None:
        """Returns when all have ended, by themselves or at the limit."""
        try:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=time_limit_s)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)


def _result(task: asyncio.Task[_T], otherwise: _T) -> _T:
    """Of an ended task; ``otherwise`` where it was too slow or met trouble."""
    if task.cancelled() or task.exception() is not None:
        return otherwise
    return task.result()


def _known(owners: Mapping[str, asyncio.Task[str]]) -> Iterable[tuple[str, str]]:
    for name, task in owners.items():
        if owner := _result(task, ""):
            yield name, owner


def _author(task: asyncio.Task[Author] | None, identity: ReporterIdentity) -> Author | None:
    if task is None or identity.author is None:
        return None
    name = identity.author
    return _result(task, Author(domain=name, organization=name, result=DmarcResult.TEMPERROR))


async def _key(domain: str, selector: str, asked: OneMessage) -> DkimKey:
    """The key record; several are as good as none (RFC 6376 section 3.6.2.2)."""
    found = DkimKey(domain=domain, selector=selector)
    try:
        records = (await asked.ask(found.name, Kind.TXT)).values
    except DnsTrouble:
        return _no_key(domain, selector, DkimResult.TEMPERROR)
    if len(records) != 1:
        return _no_key(domain, selector, DkimResult.PERMERROR)
    return DkimKey(domain=domain, selector=selector, record=records[0])


def _no_key(domain: str, selector: str, trouble: DkimResult) -> DkimKey:
    return DkimKey(domain=domain, selector=selector, trouble=trouble)
