"""Whatever real documents come together, every rule answers once, none fails, and their order does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

from corpus.labelled.case import Case
from corpus.labelled.faultless import FORM, TODAY, Files, every_device, faultless
from corpus.labelled.judge import dossier_of
from extract.papers import LAYOUTS, picture, scan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.demo import products
from intake.demo.certificates import release_note
from intake.demo.form_rows import DEVICE_TYPES, EDITIONS
from intake.demo.forms import CellValue, Formula
from rules.catalogue import all_rules
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Outcome

calmly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40)
kept: st.SearchStrategy[CellValue] = st.one_of(
    texts, st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  # as a workbook keeps them
    st.sampled_from([Formula("=A1"), Formula("#REF!"), None]),
)  # fmt: skip


@cache
def papers() -> Files:
    """Documents of several devices and of no device at all, by names of their own."""
    actual = {
        f"{number} {name}": content
        for number, device in enumerate((*every_device("2022-09"), faultless("2022-09", products.GAS, serial=2)))
        for name, content in device.certificates().items()
    }
    note = release_note("AML-E5", "1.2.5", ["The ZigBee module and its certificate stay as they are."])
    return actual | {
        "note.pdf": note,
        "scan.pdf": scan(),
        "picture.pdf": picture(),
        "cut.pdf": note[: len(note) // 2],
        "table.pdf": LAYOUTS["ruled"]("Bill of materials", {"Firmware Version": "01:02:05:01", "Screws": "4"}),
        "empty.txt": b"",
    }


@st.composite
def submissions(draw: st.DrawFn) -> Case:
    """A form with some cells changed, and whatever documents."""
    device = faultless(draw(st.sampled_from(sorted(EDITIONS))), draw(st.sampled_from(DEVICE_TYPES)))
    known = [line.field for line in device.lines]
    changes = draw(st.dictionaries(st.sampled_from(known), kept, max_size=3))
    beside = draw(st.lists(st.sampled_from(sorted(papers())), max_size=3, unique=True))
    own = device.certificates() if draw(st.booleans()) else {}
    files = {FORM: device.form(changes), **own, **{name: papers()[name] for name in beside}}
    case = device.case(
        "", files, signed=draw(st.booleans()), kind=draw(st.sampled_from([None, "submission", "update"]))
    )
    return replace(case, on=draw(st.sampled_from([device.on, TODAY])))


def rulings(dossier: Dossier) -> list[list[tuple[Any, ...]]]:
    """What every rule says of every entry."""
    return [
        [
            (ruling.rule, ruling.verdict, frozenset(finding.message for finding in ruling.findings))
            for ruling in entry.rulings
        ]
        for entry in examine(dossier).entries
    ]


@given(submissions())
@calmly
def test_every_rule_answers_once_on_real_documents_and_none_fails(case: Case) -> None:
    dossier = dossier_of(case)
    (said,) = rulings(dossier)
    assert [rule for rule, *_ in said] == [rule.id for rule in all_rules()]
    assert not [message for _, _, messages in said for message in messages if "itself failed" in message]


@given(submissions(), st.randoms(use_true_random=False))
@calmly
def test_the_order_of_real_documents_does_not_matter(case: Case, random: Random) -> None:
    names = list(case.files)
    random.shuffle(names)
    other = replace(case, files={name: case.files[name] for name in names})
    assert rulings(dossier_of(case)) == rulings(dossier_of(other))


@given(st.permutations(DEVICE_TYPES[:3]))
@calmly
def test_entries_are_judged_alone_whatever_their_order(order: list[str]) -> None:
    files: Files = {}
    for number, device_type in enumerate(order):
        device = faultless("2022-09", device_type, serial=DEVICE_TYPES.index(device_type) + 1)
        files |= {f"{number} {name}": content for name, content in device.case("").files.items()}
    case = Case("2022-09", order[0], TODAY, "", files)
    assert [entry.outcome for entry in examine(dossier_of(case)).entries] == [Outcome.READY] * len(order)


def test_a_day_at_the_ends_of_the_calendar_makes_no_rule_fail() -> None:
    case = faultless("2022-09", products.SINGLE).case("")
    for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        (said,) = rulings(replace(dossier_of(case), judged_at=moment))
        assert not [message for _, _, messages in said for message in messages if "itself failed" in message]
