"""A supplier's fleet: every line with its plan, and a sentence where there is none."""

from __future__ import annotations

import pytest
from register.lines import a_version

from intake.register.feed import read_feed
from intake.register.fleet import COLUMNS, PLANNED, UnreadableFleetError, plan_fleet, read_fleet
from intake.register.releases import Releases
from intake.register.unreadable import UnreadableListError

HEADER = ",".join(COLUMNS)
RELEASES = Releases(
    [
        a_version(1),
        a_version(2, "000001"),
        a_version(3, "000002"),
        a_version(4, kind="Communications Hub", hardware="09"),
    ],
    "2.051",
)


def planned(*lines: str, header: str = HEADER, releases: Releases = RELEASES) -> list[dict[str, object]]:
    fleet = read_fleet("\r\n".join((header, *lines)).encode())
    return [line.as_object() for line in plan_fleet(releases, fleet)]


def test_every_line_has_its_plan_with_what_is_installed() -> None:
    first, second = planned("10:01,00:02,01,00,00:00:00:01,120", "1001,0002,01,00,00000003,7")
    assert first["installed"] == dict(zip(COLUMNS, ("10:01", "00:02", "01", "00", "00:00:00:01", "120"), strict=True))
    assert (first["from"], first["goal"], first["next"], first["steps"]) == ("000001", "000003", "000002", 2)
    assert (second["from"], second["goal"], second["steps"]) == ("000003", "000003", 0)


def test_a_zero_that_a_spreadsheet_has_taken_is_put_back() -> None:
    (line,) = planned("10:01,00:02,1,0,00:00:00:01,120")
    assert (line["from"], line["installed"]["hardware_version.revision"]) == ("000001", "0")  # type: ignore[index]  # an object of JSON


def test_what_is_not_on_the_list_or_several_things_on_it_is_said() -> None:
    both = Releases([*RELEASES.entries.values(), a_version(5, kind="Communications Hub", firmware="00:00:00:01")])
    (unknown,) = planned("10:01,00:02,01,00,FF:00:00:01,1")
    (several,) = planned("10:01,00:02,01,00,00:00:00:01,1", releases=both)
    assert (unknown["from"], unknown["blocked"]) == (None, ["This Device Model is not on the list."])
    assert several["blocked"] == [
        "Several entries are of this Device Model: 000001 (gas smart meter), 000005 (communications hub)."
    ]


def test_columns_stand_in_any_order_behind_any_delimiter_and_the_count_may_be_missing() -> None:
    header = ";".join(f"Device_Model.{name}" for name in reversed(COLUMNS[:-1]))
    (line,) = planned("00:00:00:01;00;01;00:02;10:01", "", header=f"\ufeff{header}")
    assert (line["from"], line["installed"]["count"]) == ("000001", "")  # type: ignore[index]  # an object of JSON


def test_a_row_has_the_fleets_columns_and_then_the_plans() -> None:
    (line,) = plan_fleet(RELEASES, read_fleet(f"{HEADER}\n10:01,00:02,01,00,00:00:00:01,120".encode()))
    row = dict(zip((*COLUMNS, *PLANNED), line.as_row(), strict=True))
    assert (row["count"], row["from"], row["next"], row["steps"], row["path_count"]) == (
        "120",
        "000001",
        "000002",
        "2",
        "1",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "lacks the columns manufacturer_identifier"),
        (b"manufacturer_identifier,model_identifier\n", "lacks the columns hardware_version.version"),
        (HEADER.encode() + b",count\n", "the column count twice"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (HEADER.encode() + b'\n"' + b"x" * 200_000 + b'"', "no CSV file"),
    ],
)
def test_what_is_no_fleet_is_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFleetError, match=says):
        read_fleet(content)


def test_the_feeds_json_is_a_list_with_its_version() -> None:
    entry = '{"number": "000001", "status": "Current", "fields": {"A": "b "}, "more": 1}'
    (line,), version = read_feed(f'\ufeff {{"version": "2.052", "digest": "x", "entries": [{entry}]}}'.encode())
    assert (line.number, line.status, line.fields, version) == ("000001", "Current", {"A": "b "}, "2.052")


@pytest.mark.parametrize("content", [b"{", b'{"entries": 1}', b'{"entries": [{"number": 1}]}', b"[]", b"nothing"])
def test_what_is_no_feed_and_no_list_is_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableListError):
        read_feed(content)
