"""What a syslog receiver can never take is refused; what it cannot take now is tried again."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from rufgate.deliver.courier import Deferred, Delivered, Refused
from rufgate.deliver.outputs import SyslogReceiver
from rufgate.deliver.syslog import SyslogTarget

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


async def send(target: str, body: bytes, *, is_alert: bool = False):
    receiver = SyslogReceiver(SyslogTarget.parse(target), "gate.example.org")
    return await receiver.send("id", body, NOW, is_alert=is_alert)


@pytest.mark.parametrize(("is_alert", "start"), [(False, b"<134>1 "), (True, b"<132>1 ")])
async def test_an_alert_is_a_warning(is_alert, start):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(10)
        target = f"udp:127.0.0.1:{peer.getsockname()[1]}"
        assert await send(target, b'{"a":1}', is_alert=is_alert) == Delivered()
        message = peer.recv(65536)
        assert message.startswith(start)
        assert message.endswith(b' - {"a":1}')
        assert await send(target, b"x" * 70_000) == Refused("too_long")


async def test_no_value_begins_another_message(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
        peer.bind(str(tmp_path / "log"))
        peer.settimeout(10)
        await send(f"unix:{tmp_path / 'log'}", "a\n<134>1 b\x00\x1b\u2028c".encode())
        text = peer.recv(65536).decode()
    assert text.isprintable()
    assert await send(f"unix:{tmp_path / 'none'}", b"x") == Deferred("FileNotFoundError")
