"""Room for connections: the soft limit is raised, and what cannot be served is said."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, resource, sys
from rufgate.receive.open_files import make_room
soft, hard, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(json.dumps([make_room(wanted), *resource.getrlimit(resource.RLIMIT_NOFILE)]))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "outcome"),
    [
        (300, 1000, 500, [500, 756, 1000]),
        (900, 1000, 500, [500, 900, 1000]),
        (300, 600, 500, [344, 600, 600]),
    ],
)
def test_the_soft_limit_is_raised_as_far_as_it_goes(
    soft: int, hard: int, wanted: int, outcome: list[int]
) -> None:
    """In a process of its own: a lowered hard limit cannot be raised again."""
    command = [sys.executable, "-c", SCRIPT, str(soft), str(hard), str(wanted)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout) == outcome
