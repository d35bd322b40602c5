"""Figures about a period: what is counted, within which limit, and the same in picture, table and file."""

from __future__ import annotations

import csv
import html
import io
import re

import msgspec
from dossiers import FIRMWARE, GAS, a_dossier, a_form, a_zigbee_certificate
from sqlalchemy import update
from web.listed import ENTRIES, propose, take_in, two
from web.world import World

from intake.domain.register_events import EntriesPublished, PublicationRejected
from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.statistics import charts
from intake.register.changes import EDITABLE
from intake.store import events
from intake.store.outbox import LetterState
from intake.store.schema import summary
from rules.catalogue import all_rules
from rules.facts import NewEntry
from rules.fields import FormField

NARROW = 40
"""Letters of a line in a picture."""


def rows(world: World, slug: str, days: int = 90) -> dict[str, tuple[str, ...]]:
    chart = next(each for each in charts(world.services, days) if each.slug == slug)
    return {bar.cells[0]: bar.cells[1:] for bar in chart.bars}


def test_an_empty_store_has_no_figures_and_no_fault(world: World) -> None:
    page = world.signed_in("Ada").get("/statistics")
    assert "Nothing in this period." in page
    assert set(rows(world, "arrivals", 30).values()) == {("0", "0")}


def test_arrivals_are_counted_by_week(world: World) -> None:
    world.message()
    world.message("lunch?")
    world.clock.pass_by(days=7)
    world.message()
    told = rows(world, "arrivals")
    assert (told["2026-11-16"], told["2026-11-23"], told["2026-11-09"]) == (("1", "1"), ("1", "0"), ("0", "0"))
    assert next(iter(rows(world, "arrivals", 30))) == "2026-10-28"  # a Wednesday: of the days before nothing is counted


def test_acknowledgements_are_on_time_late_or_overdue(world: World) -> None:
    on_time, late, _waits = (world.message() for _ in range(3))
    world.settle(on_time, LetterState.SENT, sent_at=world.clock.now())
    world.clock.pass_by(days=4)
    world.settle(late, LetterState.SENT, sent_at=world.clock.now())
    world.message()
    assert rows(world, "acknowledgement") == {
        "By the end of the next working day": ("1", "25 %"),
        "Later": ("1", "25 %"),
        "Not yet, within the limit": ("1", "25 %"),
        "Not yet, and the limit has passed": ("1", "25 %"),
    }


def test_decisions_are_counted_in_working_days_from_the_arrival(world: World) -> None:
    quick, slow, waits = (world.judged() for _ in range(3))
    world.change(quick, state=State.RETURNED, decided_at=world.clock.now())
    world.clock.pass_by(days=4)  # from a Friday to a Tuesday: two working days
    world.change(slow, state=State.APPROVED, decided_at=world.clock.now(), publish_due=world.clock.now())
    world.clock.pass_by(days=10)
    told = rows(world, "decision")
    assert (told["0 working days"], told["2 working days"]) == (("1", "33 %"), ("1", "33 %"))
    assert told["Undecided, and the limit has passed"] == ("1", "33 %")
    assert rows(world, "publication")["Not yet, and the limit has passed"] == ("1", "100 %")
    assert rows(world, "oldest") == {f"CPL-{waits:06d}": ("2026-11-20", "10", "yes")}


def test_findings_are_counted_once_a_submission_with_their_titles(world: World) -> None:
    for _ in range(2):
        world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    told = rows(world, "findings")
    assert told
    titles = {rule.id: rule.title for rule in all_rules()}
    assert told[titles["format.shape"]] == ("format.shape", "2", "100 %")
    assert {(title, count) for title, (_, count, _) in told.items()} == {(titles[r], "2") for r, _, _ in told.values()}
    pictured = re.findall(r'<text x="0"[^>]*>([^<]*)</text>', world.signed_in().get("/statistics"))
    assert set(titles["format.shape"].split()) <= set(html.unescape(" ".join(pictured)).split())
    assert max(map(len, pictured)) <= NARROW
    assert not set(titles) & set(pictured)


def test_first_time_right_is_by_manufacturer_and_of_first_attempts(world: World) -> None:
    entry = a_form(GAS)
    world.judged(a_dossier(entry, (a_zigbee_certificate(entry, name="zigbee.pdf"),)))
    world.judged()
    outcomes = [world.submission(number).outcome for number in (1, 2)]
    (told,) = rows(world, "first-time-right").values()
    assert told == ("2", str(outcomes.count("ready")), f"{50 * outcomes.count('ready')} %")


def test_a_manufacturer_with_and_without_its_name_is_one(world: World) -> None:
    for _ in range(2):
        world.judged()
    with world.services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE summary SET manufacturer = '1A:5D' WHERE message = 1")
        tx.exec_driver_sql("UPDATE summary SET manufacturer = 'Ashdown Limited (1A:5D)' WHERE message = 2")
    assert [(name, cells[0]) for name, cells in rows(world, "first-time-right").items()] == [
        ("Ashdown Limited (1A:5D)", "2")
    ]


def test_a_manufacturer_is_told_by_the_name_that_most_submissions_state(world: World) -> None:
    names = ("1A:5D", "1A:5D", "1A:5D", "Ashdown (1A:5D)", "Ashdown (1A:5D)", "Ashdown Metering Instruments (1A:5D)")
    for number, name in enumerate(names, 1):
        world.judged()
        with world.services.store.transaction() as tx:
            tx.execute(update(summary).where(summary.c.message == number).values(manufacturer=name))
    assert list(rows(world, "first-time-right")) == ["Ashdown (1A:5D)"]


def test_picture_table_and_file_say_the_same(world: World) -> None:
    world.judged()
    ada = world.signed_in("Ada")
    page = ada.get("/statistics?days=30")
    slugs = re.findall(r'href="/statistics/([\w-]+)\.csv\?days=30"', page)
    assert {chart.slug for chart in charts(world.services, 30) if chart.bars} == set(slugs)
    for slug in slugs:
        chart = next(each for each in charts(world.services, 30) if each.slug == slug)
        section = page.partition(f'id="{slug}"')[2].partition("</section>")[0]
        assert [bar.said for bar in chart.bars] == re.findall(r'font-weight="700"[^>]*>([^<]*)<', section)
        answer = ada.client.get(f"/statistics/{slug}.csv?days=30")
        assert answer.headers["content-disposition"].startswith("attachment")
        read = list(csv.reader(io.StringIO(answer.text)))
        assert read == [list(chart.columns), *(list(bar.cells) for bar in chart.bars)]
        for cell in (cell for bar in chart.bars for cell in bar.cells):
            assert cell in section
    with world.services.store.reading() as tx:
        taken = [event for event in events.chain(tx) if event.name == "downloaded"]
    assert [event.actor for event in taken] == ["Ada"] * len(slugs)


def test_there_is_no_other_chart_and_no_other_period(world: World) -> None:
    ada = world.signed_in("Ada")
    ada.get("/statistics/none.csv", status=404)
    assert '<b><a class="govuk-link" href="/statistics?days=90" aria-current="page"' in ada.get("/statistics?days=-1")


def test_a_manufacturer_s_name_is_no_formula(world: World) -> None:
    world.judged()
    with world.services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE summary SET manufacturer = '=cmd|x'")
    text = world.signed_in("Max", Role.ADMIN).client.get("/statistics/first-time-right.csv").text
    assert text.splitlines()[1].startswith("'=cmd")


def test_the_ssc_sees_modules_and_stacks_and_no_contacts(world: World) -> None:
    entry = a_form(GAS)
    world.judged(a_dossier(entry, (a_zigbee_certificate(entry, name="zigbee.pdf"),)))
    sue = world.signed_in("Sue", Role.SSC)
    assert sue.client.get("/").headers["location"] == "/ssc"
    page = sue.get("/ssc")
    assert "CPL-000001" in page
    assert "Certification ID Number" in page
    assert "robin" not in page.casefold()
    sue.get("/submissions/CPL-000001", status=403)
    with world.services.store.reading() as tx:
        assert [event.detail for event in events.chain(tx) if event.name == "stacks_viewed"] == [{"entries": 1}]


def test_a_form_that_could_not_be_read_is_named_once_as_such(world: World) -> None:
    certificate = a_zigbee_certificate(a_form(GAS), name="zigbee.pdf")
    world.judged(a_dossier(NewEntry("a.xlsx", trouble="The workbook is damaged."), (certificate,)))
    page = world.signed_in("Sue", Role.SSC).get("/ssc")
    assert "no form could be read" in page
    assert "not stated" not in page


def test_publications_are_on_time_or_late_by_the_working_day_after_the_approval(world: World) -> None:
    on_time, late, in_part = (world.judged() for _ in range(3))
    for number in (on_time, late, in_part):
        world.change(number, state=State.APPROVED, decided_at=world.clock.now(), publish_due=None)
    world.change(in_part, publish_due=world.clock.now())
    published = EntriesPublished(version="2.052", entries=("000001",), whole=True)
    for days, number, event in (
        (3, on_time, published),
        (1, late, published),
        (0, in_part, msgspec.structs.replace(published, whole=False)),
    ):
        world.clock.pass_by(days=days)  # from a Friday to a Monday, and on to the Tuesday
        with world.services.store.transaction() as tx:
            events.append(tx, event, at=world.clock.now(), message=number)
    assert rows(world, "publication") == {
        "By the end of the next working day": ("1", "33 %"),
        "Later": ("1", "33 %"),
        "Not yet, within the limit": ("0", "0 %"),
        "Not yet, and the limit has passed": ("1", "33 %"),
    }


def test_the_dcc_s_rejections_are_counted_by_reason_however_it_is_spelt(world: World) -> None:
    with world.services.store.transaction() as tx:
        for reason in ("Hash is not hexadecimal.", "hash is  not hexadecimal", "Unknown device type"):
            rejected = PublicationRejected(publication=1, version="2.052", entry="000001", reason=reason)
            events.append(tx, rejected, at=world.clock.now(), entry="000001")
    assert rows(world, "dcc-rejections") == {"Hash is not hexadecimal.": ("2",), "Unknown device type": ("1",)}
    world.clock.pass_by(days=31)
    assert rows(world, "dcc-rejections", 30) == {}


def test_corrections_are_told_for_every_hundred_entries_by_month(world: World) -> None:
    assert rows(world, "corrections") == {}
    take_in(world)
    world.clock.pass_by(days=14)
    ada, ben = two(world)
    firmware = f"value__{EDITABLE.index(FormField.FIRMWARE_VERSION)}"
    number = propose(ada, "/list/change/new?kind=correct&entries=000002", **{firmware: "00:00:00:99"})
    ben.post(f"/list/changes/{number}/agree")
    count = len(ENTRIES)
    told = rows(world, "corrections")
    assert told["2026-12"] == ("1", str(count), f"{100 / count:.2f}")
    assert told["2026-11"] == ("0", str(count), "0.00")
    page = ada.get("/statistics")
    assert f">{100 / count:.2f}</text>" in page
    assert "/statistics/corrections.csv" in page
    world.clock.pass_by(days=37)
    assert rows(world, "corrections", 30)["2026-12"] == told["2026-12"]  # a month is counted from its first day
