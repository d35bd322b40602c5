"""What of a version the DCC's loader may have refused, and what a rule made of that refuses."""

from __future__ import annotations

from datetime import date

import pytest
from feeds import ONE, SECOND_DAY, TWO, altered, an_issue

from intake.publication.loader import Loader, NotYet, RefusalKind, SeenRefusal
from intake.publication.rejection import suggested_refusals
from rules.fields import FormField
from rules.reference import Span

CREATOR, GBCS = str(FormField.IMAGE_CREATOR), str(FormField.GBCS_VERSION)
CHANGED = altered(ONE, IMAGE_CREATOR="Hale Limited ", GBCS_VERSION="GBCS Version 4.0")


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("unknown text 'hale limited' at line 1", [CREATOR, GBCS]),
        ("bad creator", [CREATOR, GBCS]),
        ("bad version number", [GBCS, CREATOR]),
        ("VERSION_NUMBER is not known: Hale Limited", [CREATOR, GBCS]),  # a value says more than a column
        ("line 1 failed", [GBCS, CREATOR]),  # in the order of the list
    ],
)
def test_what_a_version_changed_of_the_entry_is_suggested_the_likeliest_first(said: str, fields: list[str]) -> None:
    suggested = suggested_refusals(an_issue([CHANGED, TWO], [ONE, TWO]), "000001", said)
    assert [one.field for one in suggested] == fields
    values = {CREATOR: "Hale Limited", GBCS: "GBCS Version 4.0"}
    assert suggested[0] == SeenRefusal(fields[0], RefusalKind.VALUE, values[fields[0]], Span(SECOND_DAY), said)


def test_of_an_entry_that_is_new_all_that_it_says_is_suggested() -> None:
    for issue in (an_issue([ONE, TWO], [ONE]), an_issue([TWO])):
        suggested = suggested_refusals(issue, "000002", "refused")
        stated = [text for name, text in TWO.fields.items() if text and name != FormField.ENTRY_STATUS]
        assert sorted(one.value for one in suggested) == sorted(stated)


def test_of_an_entry_that_is_not_there_or_has_not_changed_nothing_is() -> None:
    issue = an_issue([CHANGED, TWO], [ONE, TWO])
    assert suggested_refusals(issue, "000009", "refused") == ()
    assert suggested_refusals(issue, "000002", "refused") == ()


@pytest.mark.parametrize(
    ("kind", "value", "text", "refused"),
    [
        (RefusalKind.VALUE, "Hale", "Hale", True),
        (RefusalKind.VALUE, "Hale", "Hale Limited", False),
        (RefusalKind.CONTAINS, "Hale", "The Hale Limited", True),
        (RefusalKind.CONTAINS, "Hale", "Hall", False),
        (RefusalKind.LONGER, "4", "Hale", False),
        (RefusalKind.LONGER, "4", "Hales", True),
        (RefusalKind.LONGER, "4", "Hal\u00e9", True),  # octets, not characters
    ],
)
def test_a_rule_refuses_its_text(kind: RefusalKind, value: str, text: str, refused: bool) -> None:
    rule = SeenRefusal(CREATOR, kind, value, Span(date(2026, 11, 1), date(2026, 11, 30)), "said")
    loader = Loader({}, (), (), (rule,))
    assert list(loader.refusals(CREATOR, text, date(2026, 11, 20))) == ([rule] if refused else [])
    assert list(loader.refusals(GBCS, text, date(2026, 11, 20))) == []
    assert list(loader.refusals(CREATOR, text, date(2026, 10, 31))) == []


def test_what_the_loader_does_not_take_yet_is_one_value_of_one_column_for_a_time() -> None:
    loader = Loader(
        {}, (), (NotYet(GBCS, "4.2", Span(date(2026, 11, 1), date(2026, 11, 30))), NotYet(CREATOR, "x", Span()))
    )
    for field, value, day, waits in (
        (GBCS, "4.2", date(2026, 11, 20), True),
        (GBCS, "4.2", date(2026, 12, 1), False),
        (GBCS, "4.1", date(2026, 11, 20), False),
        (GBCS, "x", date(2026, 11, 20), False),
    ):
        assert loader.waits_for(field, value, day) is waits


def test_a_rule_is_told_as_it_goes_on_from_its_column() -> None:
    told = [SeenRefusal(CREATOR, kind, "20", Span(None), "said").what for kind in RefusalKind]
    assert told == ["is “20”", "contains “20”", "is longer than 20 bytes"]
