"""The dashboard: JSON that Grafana takes, over metrics that we export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deploy.places import DEPLOY, metrics_exported, metrics_named

FILE = DEPLOY / "grafana" / "cpl-intake.json"
COLUMNS = 24


def panels() -> list[dict[str, Any]]:
    actual: list[dict[str, Any]] = json.loads(FILE.read_text())["panels"]
    return actual


def queries() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel.get("targets", [])]


def test_every_metric_is_one_that_we_export(tmp_path: Path) -> None:
    exported = metrics_exported(tmp_path)
    for query in queries():
        assert metrics_named(query) <= exported, query
        assert metrics_named(query), query


def test_every_panel_has_a_name_a_place_of_its_own_and_a_query() -> None:
    taken: set[tuple[int, int]] = set()
    assert len({panel["id"] for panel in panels()}) == len(panels())
    for panel in panels():
        assert panel["title"]
        place = panel["gridPos"]
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                 for y in range(place["y"], place["y"] + place["h"])}  # fmt: skip
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= COLUMNS
        taken |= cells
        assert panel["type"] == "row" or panel["targets"]


def test_the_data_source_is_for_whoever_imports_it_to_choose() -> None:
    whole = json.loads(FILE.read_text())
    assert whole["id"] is None
    assert {panel["datasource"]["uid"] for panel in panels() if "datasource" in panel} == {"${source}"}
    assert [variable["name"] for variable in whole["templating"]["list"]] == ["source"]
