"""SARIF 2.1.0 as the standard has it: what must be there, of which type, and every index pointing at something."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from render.judged import judged

from intake.render.sarif import sarif
from rules.catalogue import all_rules
from rules.finding import Outcome, Severity

LEVELS = {"none", "note", "warning", "error"}
ROLES = {"analysisTarget", "attachment"}
NAMES = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "columnKind", "invocations", "artifacts", "results", "properties"},
    "driver": {"name", "version", "semanticVersion", "shortDescription", "rules"},
    "rule": {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "properties"},
    "artifact": {"location", "length", "hashes", "description", "roles"},
    "logical": {"name", "fullyQualifiedName", "kind"},
    "notification": {"level", "message", "associatedRule"},
}
"""Properties of the standard that we use; the schema allows no others (additionalProperties: false)."""


def log(*faults: str, trouble: str | None = None) -> Any:  # noqa: ANN401  # JSON
    dossier, report = judged(*faults)
    return json.loads(json.dumps(sarif(dossier, report, report.outcome, trouble)))


def is_text(message: dict[str, Any]) -> bool:
    return isinstance(message["text"], str) and bool(message["text"]) and message.keys() <= {"text", "markdown"}


@pytest.mark.parametrize("faults", [("none",), ("one",), ("three", "all")])
def test_the_log_has_the_standard_s_structure(faults: tuple[str, ...]) -> None:
    actual = log(*faults, trouble="Something is missing.")
    assert actual.keys() == NAMES["log"]
    assert actual["version"] == "2.1.0"
    assert actual["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = actual["runs"]
    driver = run["tool"]["driver"]
    assert run.keys() <= NAMES["run"]
    assert driver.keys() <= NAMES["driver"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    for rule in driver["rules"]:
        assert rule.keys() <= NAMES["rule"]
        assert all(is_text(rule[name]) for name in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in LEVELS
    for artifact in run["artifacts"]:
        assert artifact.keys() <= NAMES["artifact"]
        assert re.fullmatch(r"[0-9a-f]{64}", artifact["hashes"]["sha-256"])
        assert artifact["length"] >= 0
        assert set(artifact["roles"]) <= ROLES
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    for notification in invocation["toolExecutionNotifications"]:
        assert notification.keys() <= NAMES["notification"]
        assert is_text(notification["message"])
        assert notification["level"] in LEVELS


@pytest.mark.parametrize("faults", [("one",), ("three", "all")])
def test_every_result_points_at_a_rule_and_a_place(faults: tuple[str, ...]) -> None:
    (run,) = log(*faults)["runs"]
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert run["results"]
    for result in run["results"]:
        assert result.keys() <= NAMES["result"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert is_text(result["message"])
        assert result["level"] in LEVELS
        for location in result["locations"]:
            place = location["physicalLocation"]["artifactLocation"]
            assert artifacts[place["index"]]["location"]["uri"] == place["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~%-]+", place["uri"])
            assert all(logical.keys() <= NAMES["logical"] for logical in location["logicalLocations"])


def test_a_result_says_what_was_stated_and_expected_and_where() -> None:
    (result,) = log("one")["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("format.choice", "error")
    for said in ("is not one of the form's valid values", "Stated: GBCS Version 9.9", "Expected: one of: GBCS"):
        assert said in result["message"]["text"]
    (location,) = result["locations"]
    assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == "entry 1.xlsx"
    assert [each["fullyQualifiedName"] for each in location["logicalLocations"]] == [
        "CPL - New Entry!G16",
        "GBCS Version.version_number",
    ]


def test_levels_say_what_a_finding_means() -> None:
    dossier, report = judged("all")
    wanted = {Severity.RETURN: "error", Severity.QUERY: "warning", Severity.NOTE: "note"}
    rulings = {ruling.rule: ruling for ruling in report.entries[0].rulings}
    results = log("all")["runs"][0]["results"]
    assert {result["level"] for result in results} == set(wanted.values())
    for result in results:
        ruling = rulings[result["ruleId"]]
        assert result["level"] == ("warning" if ruling.verdict == "undetermined" else wanted[ruling.severity])
    assert len(results) == sum(len(ruling.findings) for ruling in rulings.values())
    assert dossier.entries


def test_every_rule_brings_its_manual_page() -> None:
    actual = log("none")["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in actual] == [rule.id for rule in all_rules()]
    assert all("What:" in rule["help"]["text"] and "Why:" in rule["help"]["text"] for rule in actual)


def test_the_outcome_and_the_rulebook_stand_in_the_run() -> None:
    dossier, report = judged("one")
    actual: Any = sarif(dossier, report, Outcome.RETURN, None)
    said = actual["runs"][0]["properties"]
    assert (said["outcome"], said["rulebookDigest"]) == ("return", report.rulebook_digest)
