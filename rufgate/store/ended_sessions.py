"""Sessions of browsers that were signed out before their time.

In:  the digest of a session; when it would have ended anyway.
Out: whether it was signed out, by whichever process of this store.
SECURITY: a row tells neither whose session it was nor its cookie. It goes once the cookie would be
     worth nothing by its age.
FAILS: ``StoreUnavailable``.
"""

from __future__ import annotations

from datetime import datetime
from typing import final

from sqlalchemy import Engine, delete, insert, or_, select

from rufgate.store.engine import reading, writing
from rufgate.store.session_tables import ended_sessions


@final
class EndedSessions:
    """Those of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def end(self, session: str, over_at: datetime, now: datetime) -> None:
        """From now on it is over; a second time changes nothing."""
        ended = ended_sessions.c
        gone = or_(ended.over_at <= now, ended.session == session)
        with writing(self._engine) as connection:
            connection.execute(delete(ended_sessions).where(gone))
            row = {"session": session, "over_at": over_at}
            connection.execute(insert(ended_sessions), [row])

    def holds(self, session: str) -> bool:
        """Whether it was signed out."""
        query = select(ended_sessions.c.session).where(ended_sessions.c.session == session)
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None
