"""Room for the connections that are configured: each takes one of the process's open files.

In:  how many connections may be open at once.
Out: how many can be; the process's soft limit is raised as far as needed and allowed.
FAILS: never; too few is for the caller to say.
"""

from __future__ import annotations

import resource
from typing import Final

_OTHERS: Final = 256  # the database, workers, deliveries, and what is being closed


def make_room(connections: int) -> int:
    """For how many connections there is room now: ``connections``, or what the limit leaves."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHERS
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed - _OTHERS
