"""Evidence for a data protection impact assessment (UK GDPR and GDPR Article 35(7)).

In:  ``Facts``, the published figures of the leak benchmark.
Out: plain values.
FAILS: never; figures of another version, or none, are said to be so.
"""

from __future__ import annotations

from typing import Any, Final

from rufgate.govern.records.facts import Facts
from rufgate.govern.records.figures import Figures
from rufgate.govern.records.ropa import PURPOSES

FLOW: Final = (
    "A reporter's mail server sends a failure report by SMTP, with TLS where it offers it.",
    "The report is held in memory for one SMTP transaction; it is never written to a disk.",
    (
        "A confined worker process redacts it; a leak check that shares nothing with the detectors "
        "searches the result."
    ),
    "The redacted row and the copies are committed to the database, then the reporter hears 250.",
    "Copies are sent to the configured analysts and emptied once they are delivered.",
    "Retention empties or deletes each class of fields on its day and overwrites the bytes.",
)

# Each promise, and the tests that fail when it is broken.
PROMISES: Final = (
    ("Raw mail never touches a disk", ("tests/e2e/test_raw_traces.py", "tests/e2e/test_canary.py")),
    ("250 means durable", ("tests/e2e/test_kill_rounds.py", "tests/e2e/test_fault_rounds.py",
                           "tests/e2e/test_power_cut.py")),
    ("What is not understood is dropped", ("tests/sanitize/test_leak_matrix.py",
                                           "tests/sanitize/test_leak_falls.py",
                                           "tests/e2e/test_leak_bench.py")),
    ("Nothing personal is said in replies, logs and metrics",
     ("tests/e2e/test_nothing_is_said.py", "tests/test_log_calls.py", "tests/test_metrics.py")),
    ("Each class is forgotten on its day", ("tests/govern/test_retention.py",
                                            "tests/govern/test_coarsen.py",
                                            "tests/govern/test_plan.py")),
    ("The audit log shows what was changed", ("tests/store/test_audit.py",
                                              "tests/cli/test_audit_cli.py")),
    ("A setting that promises protection is kept or refused", ("tests/settings/test_load.py",)),
    ("Readers see their own domains alone", ("tests/store/test_query.py",)),
)  # fmt: skip

RISKS: Final = (
    ("A detector misses a name in free text",
     "the figures below; give tier text to few, or keep to headers or metadata"),
    ("Whoever holds the keys and the database can test whether a guessed address is in it",
     "keys are files of their own, 0600; keep them apart from backups of the database"),
    ("An analyst keeps or passes on a copy", "tiers and domains by analyst; their own pseudonyms"),
    ("A backup brings back what was deleted", "no keys in backups; restore by the command only"),
    ("Reporters send more than was asked for", ("an end date for collecting; no ruf where it is "
     "not needed")),
)  # fmt: skip


def dpia(facts: Facts, figures: Figures) -> dict[str, Any]:
    """The evidence; what is necessary and proportionate is for people to judge."""
    return {
        "record": "evidence for an impact assessment (Article 35)",
        **facts.heading,
        "purposes": list(PURPOSES),
        "data_flow": list(FLOW),
        "settings": facts.policy_values,
        "recipients": facts.recipients,
        "recipients_of_events": facts.event_recipients,
        "retention": facts.periods,
        "measures": [{"what": what, "set_to": value} for what, value in facts.measures],
        "residual_risks": [{"risk": risk, "answer": answer} for risk, answer in RISKS],
        "leak_benchmark": {
            "measured_with": figures.version or "not there",
            "is_this_version": figures.version == facts.engine,
            "figures": [dict(row) for row in figures.rows],
        },
        "promises": [{"promise": what, "tests": list(tests)} for what, tests in PROMISES],
        "to_be_judged_by_people": [
            "whether collecting failure reports is necessary, and for how long",
            "whether the tier of each recipient is more than they need",
            "the lawful basis, and what persons concerned are told (see: records notice)",
        ],
    }
