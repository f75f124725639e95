"""How much one client, one network, one reporter and all together may send."""

from __future__ import annotations

from datetime import UTC, datetime

from rufgate.receive.limits import Rate, TokenBuckets
from rufgate.receive.rates import ClientBuckets, ClientRates, Fairness
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from tests.receive.gates import open_gate

ONE = Rate(per_second=0.001, burst=1)
TWO = Rate(per_second=0.001, burst=2)


def message(client: str) -> RawMessage:
    return RawMessage(b"x", received_at=datetime(2026, 11, 3, tzinfo=UTC), client_ip=client)


def fairness(rate: Rate | None, now: list[float]) -> Fairness:
    return Fairness(rate, digest=lambda value: value.hex(), clock=lambda: now[0])


def test_addresses_of_one_network_share_what_the_network_has():
    buckets = ClientBuckets(ClientRates(per_network=TWO))
    clients = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.3.1", "2001:db8::1", "2001:db8::2"]
    taken = [buckets.take(client, 0) for client in [*clients, "2001:db8:0:9::3"]]
    assert taken == [True, True, False, True, True, True, False]


def test_who_is_over_its_own_share_takes_nothing_of_what_belongs_to_all():
    buckets = ClientBuckets(ClientRates(per_network=ONE, in_all=TWO))
    assert [buckets.take("192.0.2.1", 0) for _ in range(5)] == [True, *[False] * 4]
    assert buckets.take("192.0.3.1", 0)
    assert not buckets.take("192.0.4.1", 0)


def test_without_rates_everything_is_taken():
    buckets = ClientBuckets(ClientRates())
    assert all(buckets.take("192.0.2.1", 0) for _ in range(10_000))


def test_a_reporter_has_its_share_from_wherever_it_sends_and_time_gives_it_back():
    now = [0.0]
    limit = fairness(ONE, now)
    assert limit.within_rate(message("192.0.2.1"), "reporter.example")
    assert not limit.within_rate(message("198.51.100.1"), "reporter.example")
    now[0] = 1000
    assert limit.within_rate(message("198.51.100.1"), "reporter.example")


def test_who_is_not_authenticated_uses_up_only_its_network():
    limit = fairness(ONE, [0.0])
    assert limit.within_rate(message("203.0.113.1"), None)
    assert not limit.within_rate(message("203.0.113.2"), None)
    assert limit.within_rate(message("203.0.113.3"), "reporter.example")


def test_a_million_clients_leave_a_bounded_table():
    buckets = TokenBuckets(ONE, max_keys=100)
    for number in range(5000):
        buckets.take(str(number), 0)
    assert len(buckets) == 100


async def test_the_reply_of_the_network_s_limit_comes_at_mail() -> None:
    async with open_gate(rates=ClientRates(per_network=ONE)) as door:
        client = await door.call()
        client.send(b"EHLO c\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\n")
        assert (await client.replies(4))[3] == Reply.RATE_LIMITED.line
