"""The ledger's events: one entry each, from which timeline, metrics and alerts follow."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast, get_type_hints

import pytest
from deploy.places import DEPLOY, ROOT, RULES

from intake.domain import events
from intake.domain.bounce import Fate
from intake.domain.event import DomainEvent
from intake.domain.events import EVENTS
from intake.domain.message import MessageKind
from intake.domain.store_events import EvidenceVerified
from intake.store.events import Event
from intake.store.schema import PROGRAM
from intake.store.vitals import Vitals
from intake.web.metrics import COUNTED
from intake.web.timeline import timeline_item

STORED = (Path(__file__).parent / "stored_events.txt").read_text().splitlines()
"""Every event that has ever been stored: its name, and the names and types of its detail; lines are only ever added."""
_SAMPLES: dict[object, object] = {
    str: "words",
    int: 7,
    bool: True,
    bool | None: True,
    MessageKind: MessageKind.SUBMISSION,
    Fate: Fate.FAILED,
    str | None: "words",
    tuple[str, ...] | None: ("approve", "return"),
    tuple[str, ...]: ("approve", "return"),
}


def hints(kind: type[DomainEvent]) -> dict[str, object]:
    types = get_type_hints(kind)
    return {name: types[name] for name in kind.__struct_fields__}


def written(kind: type[DomainEvent]) -> str:
    """As a line of `stored_events.txt`."""
    return f"{kind.name}: " + ", ".join(
        f"{name} {getattr(hint, '__name__', hint)}" for name, hint in hints(kind).items()
    )


def sample(kind: type[DomainEvent]) -> DomainEvent:
    build = cast("Callable[..., DomainEvent]", kind)
    return build(**{name: _SAMPLES[hint] for name, hint in hints(kind).items()})


def named_by(text: str) -> set[str]:
    """Events that an expression of Prometheus names."""
    actual = re.findall(r'\bevent=~?\\?"([\w|]+)', text)
    return {name for some in actual for name in some.split("|")}


def test_every_event_that_was_ever_stored_is_still_known_by_its_name_and_detail() -> None:
    assert sorted(map(written, EVENTS.values())) == sorted(STORED)


@pytest.mark.parametrize("name", EVENTS)
def test_its_sentence_says_its_detail_in_full(name: str) -> None:
    kind = EVENTS[name]
    quoted = {field for _, field, _, _ in string.Formatter().parse(kind.sentence) if field}
    assert quoted <= hints(kind).keys()
    detail = json.loads(json.dumps(sample(kind).detail))
    told = timeline_item(Event(1, 1, cast("Any", None), name, PROGRAM, detail, "")).text
    assert told.startswith(kind.sentence.partition("{")[0])
    assert "{" not in told


def test_every_event_is_recorded_somewhere() -> None:
    product = "\n".join(
        file.read_text() for file in (ROOT / "intake").rglob("*.py") if file.name not in {"event.py", "events.py"}
    )
    assert {kind.__name__ for kind in EVENTS.values()} <= set(re.findall(r"\w+", product))


def test_what_is_counted_is_told_and_every_alert_asks_for_an_event_that_is_counted() -> None:
    assert set(COUNTED) == {name for name, kind in EVENTS.items() if kind.counted}
    asked = named_by(RULES.read_text())
    assert asked
    assert asked <= set(COUNTED)


@pytest.mark.parametrize("file", ["grafana/cpl-intake.json", "README.md"])
def test_dashboard_and_runbook_name_no_event_that_there_is_not(file: str) -> None:
    assert named_by((DEPLOY / file).read_text()) <= EVENTS.keys()


def test_the_trials_of_the_alerts_name_no_event_that_there_is_not() -> None:
    trials = (ROOT / "tests" / "deploy" / "alerts.test.yml").read_text()
    assert named_by(trials)
    assert named_by(trials) <= set(COUNTED)


def test_vital_signs_are_told_of_events_that_there_are() -> None:
    assert {"verified", "backed_up_at"} <= set(Vitals.__slots__)
    assert hints(EvidenceVerified) == {"faults": int}


def test_a_detail_that_has_a_default_is_stored_only_where_it_differs() -> None:
    received = cast("events.Received", sample(events.Received))
    assert "obtained_from" in received.detail
    plain = {name: value for name, value in received.detail.items() if name != "obtained_from"}
    assert cast("Callable[..., DomainEvent]", events.Received)(**plain).detail == plain
