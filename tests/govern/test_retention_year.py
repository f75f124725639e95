"""400 days on a shifted clock: each class leaves every file on its day, and no other does."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest

from rufgate.govern.proof import Proof
from rufgate.govern.receipts import Result, receipts
from rufgate.govern.retention import apply_retention
from rufgate.govern.rules import BUILT_IN_RULES, RetentionRule
from rufgate.govern.verify import verify_store
from rufgate.store.audit import Audit
from rufgate.store.audit_verify import verify
from rufgate.store.engine import open_store, writing
from rufgate.store.field_classes import FieldClass
from tests.store.cloned import Cloner, mark
from tests.store.full_report import RECEIVED

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]
DAYS, REPORTS_A_DAY, KEY = 400, 4, bytes(32)
# The facts go within these days, too, and with them whatever is kept longer.
FACTS = RetentionRule(field_class=FieldClass.FACTS, days=360)
KEPT = {r.field_class.value: min(r.days, FACTS.days) for r in BUILT_IN_RULES}


class Year:
    """A store in which copies of one report come in, with marks that name report and class."""

    def __init__(self, path):
        self.path, self.marks = path, {}
        self.engine = open_store(f"sqlite:///{path}")
        self.cloner = Cloner(self.engine)

    def receive(self, number, day):
        with writing(self.engine) as connection:
            self.cloner.clone(connection, number, day)
        for name in KEPT:
            self.marks[mark(name, number)] = (name, day)

    def on_disk(self):
        """By a tool that knows nothing of us, and as a process of its own."""
        patterns = self.path.with_name("patterns")
        patterns.write_text("\n".join(self.marks))
        files = [str(f) for f in self.path.parent.glob(f"{self.path.name}*")]
        command = ["grep", "-a", "-o", "-h", "-F", "-f", str(patterns), *files]
        found = subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C"})
        patterns.unlink()
        return {line.decode() for line in found.stdout.splitlines()}


def test_each_class_is_gone_from_every_file_on_its_day_and_no_other(tmp_path):
    year = Year(tmp_path / "rufgate.db")
    now = [RECEIVED]
    audit = Audit(year.engine, KEY, lambda: now[0])
    came = 0
    for day in range(DAYS + 1):
        now[0] = RECEIVED + timedelta(days=day, minutes=1)
        for number in range(day * REPORTS_A_DAY, (day + 1) * REPORTS_A_DAY):
            year.receive(number, day)
            came += len(year.cloner.template)
        apply_retention(year.engine, (FACTS,), now[0], Proof(year.engine, audit))
        kept = {one for one, (name, since) in year.marks.items() if day - since < KEPT[name]}
        kept -= {one for one in kept if year.marks[one][0] == "audit"}
        assert year.on_disk() == kept, f"day {day}"
    assert came >= 20_000
    gone = [one for one, (name, since) in year.marks.items() if DAYS - since >= KEPT[name]]
    assert len(gone) > 1000
    assert {r.result for r in receipts(year.engine)} == {Result.VERIFIED}
    assert verify_store(year.engine, audit).is_clean
    assert verify(year.engine, KEY).bad is None
    year.engine.dispose()
