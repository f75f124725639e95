"""What is remembered is bounded, says nothing of any text, and is nobody else's."""

from __future__ import annotations

import os
import pickle

from rufgate.recognize.memory import Memory


def test_a_value_is_found_again_under_the_same_words_alone() -> None:
    memory: Memory[tuple[int, ...]] = Memory(10_000)
    memory.keep(memory.digest("en", "some words"), (1, 2), 2)
    assert memory.recall(memory.digest("en", "some words")) == (1, 2)
    assert memory.recall(memory.digest("de", "some words")) is None
    assert memory.recall(memory.digest("ens", "ome words")) is None


def test_it_is_bounded_and_forgets_the_longest_unused_first() -> None:
    memory: Memory[tuple[int, ...]] = Memory(10_000)
    first, second = memory.digest("first"), memory.digest("second")
    memory.keep(first, (1,), 1)
    memory.keep(second, (2,), 1)
    for number in range(12):
        memory.recall(first)
        memory.keep(memory.digest(str(number)), (number,), 1)
    assert memory._bytes <= 10_000
    assert memory.recall(first) == (1,)
    for number in range(100):
        memory.keep(memory.digest(f"later {number}"), (number,), 1)
    assert memory.recall(second) is None


def test_what_is_larger_than_the_bound_is_not_kept() -> None:
    memory: Memory[tuple[int, ...]] = Memory(1000)
    memory.keep(memory.digest("large"), tuple(range(100)), 100)
    assert memory.recall(memory.digest("large")) is None
    assert memory._bytes == 0


def test_no_word_is_kept_and_the_key_is_random() -> None:
    memories: list[Memory[tuple[int, ...]]] = [Memory(10_000) for _ in range(2)]
    digests = [memory.digest("Margaret Thornbury") for memory in memories]
    assert digests[0] != digests[1]
    memories[0].keep(digests[0], (1,), 1)
    assert b"Margaret" not in pickle.dumps(memories[0]._values)


def test_a_forked_process_knows_nothing_and_has_a_key_of_its_own() -> None:
    memory: Memory[tuple[int, ...]] = Memory(10_000)
    before = memory.digest("words")
    memory.keep(before, (1,), 1)
    memory._owner = os.getpid() + 1  # as a fork finds it
    after = memory.digest("words")
    assert after != before
    assert memory.recall(after) is None
    assert memory.recall(before) is None
