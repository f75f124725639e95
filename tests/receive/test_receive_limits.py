"""The pure counters behind the limits of the SMTP server."""

import pytest

from rufgate.receive.limits import (
    Held,
    MemoryBudget,
    Rate,
    SessionLimits,
    TokenBuckets,
    client_key,
    client_network,
)


def test_a_bucket_empties_fills_and_never_overflows() -> None:
    buckets = TokenBuckets(Rate(per_second=1, burst=2))
    assert [buckets.take("a", 0) for _ in range(3)] == [True, True, False]
    assert buckets.take("b", 0)
    assert buckets.take("a", 1)
    assert [buckets.take("a", 1000) for _ in range(3)] == [True, True, False]
    assert not buckets.take("a", 0), "a clock that goes backwards gives nothing"


def test_buckets_are_bounded() -> None:
    buckets = TokenBuckets(Rate(per_second=1, burst=1), max_keys=3)
    for number in range(100):
        buckets.take(str(number), 0)
    assert len(buckets) == 3


def test_the_budget_is_shared_and_given_back() -> None:
    budget = MemoryBudget(100)
    one, two = Held(budget), Held(budget)
    assert one.resize(60)
    assert not two.resize(41)
    assert two.resize(40)
    assert not budget.has_room(1)
    one.release()
    one.release()
    assert budget.used == 40


@pytest.mark.parametrize(
    ("address", "key", "network"),
    [
        ("192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "", ""),
        ("no address", "", ""),
    ],
)
def test_clients_are_counted_and_logged_by_network(address: str, key: str, network: str) -> None:
    assert (client_key(address), client_network(address)) == (key, network)


def test_limits_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="memory_budget_bytes"):
        SessionLimits(max_message_bytes=1000, memory_budget_bytes=999)
    with pytest.raises(ValueError, match="max_line"):
        SessionLimits(max_line=998)
