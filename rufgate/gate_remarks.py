"""What a gate says at its start because somebody should know of it.

In:  the wiring.
Out: log lines: counts, days, and names of the configuration's own domains.
FAILS: never; a store that cannot be read just then is told of later by others.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC

from rufgate.parts import Wiring
from rufgate.settings import slices
from rufgate.store.engine import StoreUnavailable, syncs
from rufgate.store.holds import Holds


def say_what_is_in_force(wiring: Wiring) -> None:
    """Legal holds: what they keep does not go on its day. Ended collection: ask for no reports."""
    with suppress(StoreUnavailable):
        if count := Holds(wiring.engine).in_force(wiring.clock()):
            wiring.log.info("legal_holds", holds=count)
        if not syncs(wiring.engine):
            wiring.log.error(
                "store_not_durable",
                detail="the server's fsync is off: a power cut loses what was acknowledged",
            )
    today = wiring.clock().astimezone(UTC).date()
    for name in slices.ended_domains(wiring.settings, today):
        wiring.log.info(
            "collection_ended",
            own_domain=name,
            detail="its reports are counted and dropped: take ruf= out of its DMARC record",
        )
