"""With the real models: what was read before changes no byte of any output."""

from __future__ import annotations

import pytest

from bench.leak import gate, generate
from rufgate.recognize.memory import Memory
from rufgate.recognize.presidio import PresidioRecognizer
from rufgate.sanitize.sanitized import Tier


def _forgetting(recognizer: PresidioRecognizer) -> PresidioRecognizer:
    recognizer.memory = Memory(2**25)  # type: ignore[misc]  # as a new process has it
    recognizer._models._memory = Memory(2**24)  # type: ignore[misc]
    return recognizer


@pytest.mark.long
def test_a_worker_that_has_read_much_says_what_a_new_one_says() -> None:
    recognizer = PresidioRecognizer()
    mails = [generate.case(place, seed=99, part="tune", style=None).content for place in range(12)]

    def copies(*, forget: bool) -> list[bytes | None]:
        return [
            gate.copy(
                mail,
                number=place,
                tier=Tier.TEXT,
                reader=_forgetting(recognizer) if forget else recognizer,
            )
            for place, mail in enumerate(mails)
        ]

    cold = copies(forget=True)
    assert copies(forget=False) == copies(forget=False) == cold
