"""The API keeps to its OpenAPI document, whatever it is sent."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.review.web.site import fill, make_site, served

pytest.importorskip("schemathesis", reason="schemathesis is not installed: see [dev]")
RUN = "from schemathesis.cli import schemathesis; schemathesis()"


@pytest.mark.long
@pytest.mark.parametrize("role", ["analyst", "privacy-officer"])
def test_schemathesis_finds_nothing(tmp_path, role):
    site = make_site(tmp_path)
    fill(site)
    with served(site):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", RUN, "run", f"{site.base}/api/openapi.json",
             "-H", f"Authorization: Bearer {site.known[role][1]}",
             "--max-examples", "100", "--seed", "1", "--no-color"],
            capture_output=True, text=True, check=False, timeout=280, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert f"Tested: {len(site.routes.openapi()['paths'])}" in done.stdout
