"""The socket for a proxy: closed to others, replaced where it is left over, else not."""

from __future__ import annotations

import socket
import stat

import pytest

from rufgate.parts import CannotStart
from rufgate.review.web.unix_socket import InUse, UnixListener
from tests.review.web.running import running


@pytest.fixture
def path(tmp_path):
    return tmp_path / "web.sock"


def reached(path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(path))
        except OSError:
            return False
        return True


def test_it_is_for_user_and_group_and_goes_at_the_end(path):
    listener = UnixListener(path)
    assert stat.S_IMODE(path.lstat().st_mode) == 0o660
    assert reached(path)
    assert [one.name for one in path.parent.iterdir()] == ["web.sock"]
    listener.socket.close()
    listener.remove()
    assert list(path.parent.iterdir()) == []


def test_what_a_crash_left_is_replaced(path):
    UnixListener(path).socket.close()
    assert not reached(path)
    second = UnixListener(path)
    assert reached(path)
    second.socket.close()


def test_a_socket_in_use_and_a_file_of_another_kind_stay(path):
    first = UnixListener(path)
    with pytest.raises(InUse, match="another program"):
        UnixListener(path)
    assert reached(path)
    first.socket.close()
    other = path.with_name("file")
    other.write_text("x")
    with pytest.raises(InUse, match="no socket"):
        UnixListener(other)
    assert other.read_text() == "x"


def test_one_that_ends_late_leaves_the_next_ones_socket(path):
    first = UnixListener(path)
    first.socket.close()
    second = UnixListener(path)
    first.remove()
    assert reached(path)
    second.socket.close()


def test_the_gate_says_what_to_do_where_there_is_no_folder(tmp_path):
    web = {"listen": f"unix:{tmp_path / 'none' / 'web.sock'}"}
    with (
        pytest.raises(CannotStart, match=r"No such file.*change \[web\] listen"),
        running(tmp_path, web),
    ):
        pass
