"""The dashboard asks for nothing but what a running gate serves, and shows all of it."""

from __future__ import annotations

import asyncio
import json
import re
import smtplib
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from rufgate.govern.keys import make_keys
from rufgate.sanitize.sanitized import LeakHit, Reason, SanitizedText, Tier
from tests import reports
from tests.test_metrics import HOSTILE, sanitized
from tests.test_service_audit import configured, running, wired

FILE = Path(__file__).parents[1] / "docs" / "grafana" / "rufgate.json"
OF_PROMETHEUS = {"instance", "job"}  # labels of the scrape, not of the gate
GROUPING = re.compile(r"\b(?:by|without)\s*\(([^)]*)\)")
MATCHED = re.compile(r"([A-Za-z_:][\w:]*)\s*\{([^}]*)\}")
BARE = re.compile(r"([A-Za-z_:][\w:]*)\s*(\(?)")
LEGEND = re.compile(r"{{\s*(\w+)\s*}}")


def asked(query: str) -> dict[str, set[str]]:
    """The metrics of a PromQL query, each with the labels it is matched or grouped by."""
    left = re.sub(r'"(?:[^"\\]|\\.)*"', '""', query)
    left = re.sub(r"\[[^\]]*\]", "", left)
    grouped = {
        name.strip()
        for found in GROUPING.finditer(left)
        for name in found[1].split(",")
        if name.strip()
    }
    left = GROUPING.sub("", left)
    metrics = {
        found[1]: set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", found[2])) | grouped
        for found in MATCHED.finditer(left)
    }
    left = MATCHED.sub("", left)
    return metrics | {found[1]: grouped for found in BARE.finditer(left) if not found[2]}


def test_names_and_labels_are_read_from_queries():
    query = 'topk(3, sum by (a, b) (increase(one_total{c=~"$x", d="e{f}"}[5m])) / two_total)'
    assert asked(query) == {"one_total": {"a", "b", "c", "d"}, "two_total": {"a", "b"}}


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    return json.loads(FILE.read_text())


@pytest.fixture(scope="module")
def panels(board) -> list[dict[str, Any]]:
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def send(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("", [reports.RECIPIENT], reports.report())


async def served(folder: Path) -> str:
    """What a gate serves that took a report, and to which everything happened that is counted."""
    make_keys(folder / "var" / "keys")
    wiring = wired(folder, configured(folder, web={"listen": "127.0.0.1:0"}))
    async with running(wiring) as service:
        await asyncio.to_thread(send, service.port)
        hits = (LeakHit(field=SanitizedText(HOSTILE), tier=Tier.TEXT, analyst=None),)
        lost = sanitized(text_omitted=Reason.LANGUAGE_NOT_COVERED)
        service._metrics.recorded(replace(lost, hits=hits), "new")
        service._metrics.failed(Reason.TIME_LIMIT)
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{service.web_port}/metrics")
    wiring.engine.dispose()
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def counters(tmp_path_factory) -> dict[str, dict[str, set[str]]]:
    """Each metric that is served, its labels, and their values."""
    text = asyncio.run(served(tmp_path_factory.mktemp("gate")))
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if not sample.name.endswith("_created"):
                for name, value in sample.labels.items():
                    found[sample.name][name].add(value)
                found.setdefault(sample.name, defaultdict(set))
    return found


def queries(board, panels):
    for panel in panels:
        yield from (target["expr"] for target in panel["targets"])
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            found = re.fullmatch(r"label_values\((\w+), (\w+)\)", variable["definition"])
            yield f'{found[1]}{{{found[2]}=""}}'


def test_every_metric_and_label_of_a_query_is_served(board, panels, counters):
    for query in queries(board, panels):
        found = asked(query)
        assert found, query
        for metric, labels in found.items():
            assert metric in counters, query
            assert labels <= {*counters[metric], *OF_PROMETHEUS}, query


def test_every_word_that_a_query_looks_for_is_served(panels, counters):
    for panel in panels:
        for target in panel["targets"]:
            for metric, matchers in MATCHED.findall(target["expr"]):
                for label, value in re.findall(r'(\w+)="([^"]*)"', matchers):
                    assert value in counters[metric][label], target["expr"]


def test_every_counter_is_shown(board, panels, counters):
    shown = {name for query in queries(board, panels) for name in asked(query)}
    assert shown == set(counters)


def test_no_label_carries_an_address_or_a_domain(counters):
    values = {value for labels in counters.values() for each in labels.values() for value in each}
    assert "new" in values
    assert all(re.fullmatch(r"_?[A-Za-z][A-Za-z_]*", value) for value in values), values


def test_a_legend_names_labels_that_are_left(panels):
    for panel in panels:
        for target in panel["targets"]:
            grouped = {name.strip() for found in GROUPING.findall(target["expr"])
                       for name in found.split(",")}  # fmt: skip
            assert set(LEGEND.findall(target["legendFormat"])) == grouped, panel["title"]


def test_the_data_source_is_a_variable_everywhere(board, panels):
    named = {variable["name"]: variable for variable in board["templating"]["list"]}
    assert named["datasource"]["type"] == "datasource"
    assert named["datasource"]["query"] == "prometheus"
    sources = [panel["datasource"] for panel in panels]
    sources += [target["datasource"] for panel in panels for target in panel["targets"]]
    sources += [named["instance"]["datasource"]]
    assert all(source == {"type": "prometheus", "uid": "${datasource}"} for source in sources)
    used = set(re.findall(r"\$\{?(\w+)", " ".join(queries(board, panels))))
    assert used <= {*named, "__range", "__rate_interval"}
    assert "http" not in FILE.read_text()


def test_panels_have_room_of_their_own(board):
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    places = [panel["gridPos"] for panel in board["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    for one, other in combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below
