"""The image runs the gate as a user without rights."""

from __future__ import annotations

from pathlib import Path

LINES = (Path(__file__).parents[1] / "Dockerfile").read_text().splitlines()


def test_what_runs_in_the_image_is_not_root() -> None:
    last = max(number for number, line in enumerate(LINES) if line.startswith("FROM "))
    final = LINES[last:]
    (user,) = [number for number, line in enumerate(final) if line.startswith("USER ")]
    assert final[user] == "USER rufgate"
    assert user < next(number for number, line in enumerate(final) if line.startswith("CMD "))
    assert any("useradd --system" in line for line in final[:user])
    assert "EXPOSE 8025" in final  # no port that only root may open
