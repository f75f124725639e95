"""Every pattern of ours takes linear time, on strings made from its own repeats."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest

import rufgate
from tests.sanitize.pumping import hostile, text_of

SIZES = (20, 26, 250, 1000, 4000, 16_000)
FLOOR_S = 0.04  # at the largest; what is square takes 128 million steps there
MAX_RATIO = 9.0
MAX_DEPTH = 5
LEAST = 400  # patterns there are; fewer found would mean that the walk has lost some

# Never searched for: tried at one place, in this way.
ANCHORED = {
    "rufgate.deliver.courier._PATH": "fullmatch",
    "rufgate.posture.dmarc_record._ADDRESS": "fullmatch",
    "rufgate.receive.authenticity.dmarc._VERSION": "match",
    "rufgate.receive.authenticity.spf_record._MODIFIER": "fullmatch",
    "rufgate.recognize.lexicon._INNER_CAPITAL": "fullmatch",
    "rufgate.recognize.recognizers.everyday._PATH": "fullmatch",
    "rufgate.sanitize.believe._LEADING_WORDS": "match",
    "rufgate.sanitize.blobs._GAP": "fullmatch",
    "rufgate.sanitize.dialects._AGGREGATE_NAME": "match",
    "rufgate.sanitize.dialects._AGGREGATE_SUBJECT": "match",
    "rufgate.sanitize.dialects._COMPLAINT_SUBJECT": "match",
    "rufgate.sanitize.embedded._BASE64_LINE": "match",
    "rufgate.sanitize.embedded._BASE64_REST": "match",
    "rufgate.sanitize.embedded._YENC": "match",
    "rufgate.sanitize.header_fields._INSTANCE": "match",
    "rufgate.sanitize.hidden_recipients._BASE32": "fullmatch",
    "rufgate.sanitize.hidden_recipients._BASE64": "fullmatch",
    "rufgate.sanitize.hidden_recipients._PADDED": "fullmatch",
    "rufgate.sanitize.html._MAIL_LINK": "match",
    "rufgate.sanitize.html._NO_TEXT": "match",
    "rufgate.sanitize.links._PORT": "fullmatch",
    "rufgate.sanitize.mime._FIELD": "match",
    "rufgate.sanitize.mime._LEADING": "match",
    "rufgate.sanitize.stated._SPF_RESULT": "match",
    "rufgate.settings.problems._HEADER": "match",
    "rufgate.settings.problems._KEY": "match",
}


def patterns() -> dict[re.Pattern[Any], str]:
    """Every compiled pattern in the package, in modules, tables and rules; where it was found."""
    found: dict[re.Pattern[Any], str] = {}
    for info in pkgutil.walk_packages(rufgate.__path__, "rufgate."):
        if info.name.endswith("__main__") or ".migrations" in info.name:
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in within(value, MAX_DEPTH):
                found.setdefault(pattern, f"{info.name}.{name}")
    return found


def within(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth:
        for part in parts_of(value):
            yield from within(part, depth - 1)


def parts_of(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)[:2000]  # word lists are longer, and hold no patterns
    if type(value).__module__.startswith("rufgate") and not isinstance(value, type):
        slots = [getattr(value, name, None) for name in getattr(type(value), "__slots__", ())]
        return [*slots, *vars(value).values()] if hasattr(value, "__dict__") else slots
    return []


def cost(pattern: re.Pattern[Any], text: Any, use: str, rounds: int = 1) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        if use == "finditer":
            deque(pattern.finditer(text), maxlen=0)
        else:
            getattr(pattern, use)(text)
        best = min(best, time.process_time() - began)
    return best


def slowest_growth(pattern: re.Pattern[Any], use: str = "finditer") -> str | None:
    """What is wrong, or None."""
    for pair in hostile(pattern):
        for size in SIZES:  # from the smallest: what is exponential would never end at 4000
            text = text_of(pattern, pair, size)
            if cost(pattern, text, use) > FLOOR_S:
                quarter = text_of(pattern, pair, size // 4)
                large = cost(pattern, text, use, 3)
                ratio = large / cost(pattern, quarter, use, 3)
                if large > FLOOR_S and ratio > MAX_RATIO:
                    return f"{pair!r}: {large:.3f} s for {size}, {ratio:.0f} times a quarter"
    return None


def test_every_pattern_takes_linear_time() -> None:
    found = patterns()
    assert len(found) > LEAST
    assert set(found.values()) >= ANCHORED.keys()
    slow = [
        f"{place}: {pattern.pattern[:60]!r} {wrong}"
        for pattern, place in found.items()
        if (wrong := slowest_growth(pattern, ANCHORED.get(place, "finditer")))
    ]
    assert slow == []


@pytest.mark.parametrize(
    "source",
    [r"\w+@", r"(a+)+b", r"(?:a|a)*b", r"\s*x", r"[a-z.]+\.com", r"(?s)<!--.*?-->", rb"a+b"],
)
def test_a_pattern_that_does_not_is_found(source: Any) -> None:
    assert slowest_growth(re.compile(source)) is not None


@pytest.mark.parametrize("source", [r"\w{1,64}@", r"(?<!\w)\w+(?!\w)", r"a+"])
def test_a_pattern_that_does_is_not(source: str) -> None:
    assert slowest_growth(re.compile(source)) is None
