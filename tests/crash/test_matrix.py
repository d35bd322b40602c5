"""Killed at every point there is and started again: nothing lost, nothing doubled, no letter under a second name."""

from __future__ import annotations

from pathlib import Path

from crash.campaign import SQLITE, kill_at_each, place_in, points_of
from crash.place import faults_of

VERBS = ("archive", "decide", "deliver", "examine", "extract", "poll", "record", "work")
COMMITS = (
    "deliver: {} letter_sent",
    "decide: {} letter_written+returned",
    "examine: {} examined+review_opened",
    "extract: {} extracted",
    "extract: {} extracted+examined+review_opened",
    "extract: {} extracted+acknowledgement_queued+examined+review_opened",
    "record: {} received",
    "record: {} received+acknowledgement_queued",
)
EFFECTS = (
    "archive: {} archiving",
    "extract: {} reading",
    "extract: {} archiving",
    "examine: {} archiving",
    "deliver: {} sending",
)


def test_killed_at_every_point_it_loses_and_doubles_nothing(tmp_path: Path, store_url: str) -> None:
    url = SQLITE if store_url.startswith("sqlite") else store_url
    with place_in(tmp_path, url).open() as place:
        points = points_of(place)
        toll = kill_at_each(place, points)
        assert toll.not_reached == []
        assert str(faults_of(place)) == "lost 0, doubled 0, letters with a second Message-ID 0, other faults 0"
    assert {point.partition(":")[0] for point in points} >= set(VERBS)
    expected = {commit.format(f"{when} the commit of") for commit in COMMITS for when in ("before", "after")}
    expected |= {effect.format(when) for effect in EFFECTS for when in ("before", "after")}
    assert expected <= set(points)


def test_killed_while_whole_batches_of_evidence_are_written_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with place_in(tmp_path, SQLITE, own_volume=True).open() as place:
        points = {point for point in points_of(place) if point.endswith("syncfs")}
        toll = kill_at_each(place, sorted(point for point in points if point.startswith(("archive", "extract"))))
        assert (toll.kills, toll.not_reached) == (4, [])
        assert str(faults_of(place)) == "lost 0, doubled 0, letters with a second Message-ID 0, other faults 0"
    verbs = ("archive", "deliver", "examine", "extract")
    assert points == {f"{verb}: {when} syncfs" for verb in verbs for when in ("before", "after")}


def test_a_fault_is_found(tmp_path: Path) -> None:
    """The matrix can fail: a letter under another name, and evidence and mail that nobody has taken in."""
    with place_in(tmp_path, SQLITE).open() as place:
        points_of(place)
        letters = (letter.read_bytes() for letter in (place.folder / "sent").glob("*.eml"))
        text = next(letter for letter in letters if b"<ack." in letter)
        (place.folder / "sent" / "other.eml").write_bytes(text.replace(b"<ack.", b"<ack.f", 1))
        (place.folder / "mail" / "late.eml").write_bytes(b"Subject: late\r\n\r\n")
        place.posted.append(type(place.posted[0])(b"Subject: never taken in\r\n\r\n", answered=True))
        faults = faults_of(place)
    assert (len(faults.second_ids), len(faults.doubled)) == (1, 0)
    assert any("letter" in lost for lost in faults.lost)


def test_a_point_that_nobody_comes_by_is_told(tmp_path: Path) -> None:
    with place_in(tmp_path, SQLITE).open() as place:
        toll = kill_at_each(place, ["archive: after archiving", "nowhere: at all"])
        assert (toll.kills, toll.not_reached) == (1, ["nowhere: at all"])
