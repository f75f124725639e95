"""The canary is known by a word that is said once, and by nothing else."""

from __future__ import annotations

from rufgate.receive.expected import Expected
from rufgate.receive.limits import Rate
from rufgate.receive.rates import ClientRates
from rufgate.receive.replies import Reply
from rufgate.sanitize.raw import RawMessage
from tests.receive.gates import MAIL, Door, open_gate

CONTENT = b"Subject: x\r\n\r\nthe same bytes\r\n"


class Own:
    """Takes the canary."""

    def __init__(self) -> None:
        self.taken: list[RawMessage] = []

    async def accept(self, message: RawMessage) -> Reply:
        self.taken.append(message)
        return Reply.OK


async def send(door: Door, helo: str, content: bytes = CONTENT) -> str:
    client = await door.call()
    await client.say(f"EHLO {helo}")
    client.send(MAIL + b"DATA\r\n")
    replies = await client.replies(3)
    if replies[-1] != Reply.GO_AHEAD.line:
        return next(reply for reply in replies if not reply.startswith("2"))
    return await client.say(content + b".")


async def test_the_message_with_the_word_goes_to_whoever_expects_it():
    own = Own()
    async with open_gate() as door:
        word = door.gate.expected.expect(own.accept)
        assert await send(door, word) == Reply.OK.line
        assert len(own.taken) == 1
        assert door.taken == []
        await send(door, "mx.receiver.example")
    lines = [values for event, values in door.log.lines if event == "message"]
    assert [line.get("canary") for line in lines] == [True, None]


async def test_the_same_bytes_without_the_word_are_an_ordinary_report():
    own = Own()
    async with open_gate() as door:
        word = door.gate.expected.expect(own.accept)
        assert await send(door, "mx.receiver.example") == Reply.OK.line
        assert await send(door, f"x{word}") == Reply.OK.line
        assert (len(own.taken), len(door.taken)) == (0, 2)


async def test_the_word_is_good_for_one_message():
    own = Own()
    async with open_gate() as door:
        word = door.gate.expected.expect(own.accept)
        await send(door, word)
        assert await send(door, word) == Reply.OK.line
        assert (len(own.taken), len(door.taken)) == (1, 1)


async def test_a_canary_that_was_given_up_on_is_neither_searched_nor_stored():
    own = Own()
    async with open_gate() as door:
        word = door.gate.expected.expect(own.accept)
        door.gate.expected.withdraw()
        assert await send(door, word) == Reply.TRY_LATER.line
        assert (own.taken, door.taken) == ([], [])


async def test_withdrawing_after_its_use_changes_nothing():
    async with open_gate() as door:
        word = door.gate.expected.expect(Own().accept)
        await send(door, word)
        door.gate.expected.withdraw()
        assert await send(door, word) == Reply.OK.line
        assert len(door.taken) == 1


async def test_it_takes_no_share_of_the_rate_of_its_address():
    own = Own()
    async with open_gate(rates=ClientRates(per_address=Rate(per_second=0.001, burst=1))) as door:
        word = door.gate.expected.expect(own.accept)
        assert await send(door, word) == Reply.OK.line
        assert await send(door, "mx.receiver.example") == Reply.OK.line
        assert await send(door, "mx.receiver.example") == Reply.RATE_LIMITED.line


def test_each_word_is_new_and_nothing_is_known_before_the_first():
    expected = Expected()
    assert not expected.knows("")
    assert not expected.knows(None)
    words = {expected.expect(Own().accept) for _ in range(100)}
    assert len(words) == 100
    assert all(len(word) > 40 for word in words)
