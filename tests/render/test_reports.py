"""The reports of `check`: whatever a submission holds, they say it all and let nothing through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import click
import pytest
from render.judged import HOSTILE, NOW, judged

from intake.render import letters
from intake.render.entry_view import entry_views
from intake.render.html import html
from intake.render.plain import bounded, value, visible
from intake.render.sarif import sarif
from intake.render.templates import letter
from intake.render.terminal import WIDTH, lines
from rules.facts import Dossier, NewEntry
from rules.finding import Outcome, Report, Severity
from rules.message_facts import MessageFacts

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
NASTY = "\x1b[2Jx\x00\u202e\u2066</style></script><script>alert(1)</script>"


def hostile() -> tuple[Dossier, Report]:
    """A submission every text of which is hostile: values, names, subject, sender, troubles."""
    dossier, report = judged("all", "one")
    names = {document.name: f"{NASTY}{document.name}" for document in dossier.documents}
    documents = tuple(
        replace(document, name=names[document.name], trouble=NASTY if document.media == "pdf" else None)
        for document in dossier.documents
    )
    entries = tuple(replace(entry, document=names[entry.document or ""]) for entry in dossier.entries)
    reports = tuple(replace(entry, document=names[entry.document or ""]) for entry in report.entries)
    message = MessageFacts("submission", NASTY, NASTY, automatic=False)
    hostile_dossier = replace(dossier, message=message, documents=documents, entries=entries)
    return hostile_dossier, replace(report, entries=reports)


def text(dossier: Dossier, report: Report, outcome: Outcome | None = None, trouble: str | None = None) -> list[str]:
    return [click.unstyle(line) for line in lines(dossier, report, outcome or report.outcome, trouble)]


class Page(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(dossier: Dossier, report: Report, outcome: Outcome | None = None, trouble: str | None = None) -> Page:
    return Page(html(dossier, report, outcome or report.outcome, trouble))


def drafted(dossier: Dossier, report: Report, kind: str = "return") -> str:
    submission = SimpleNamespace(reference="CPL-000042", received_at=NOW)
    return letter(f"{kind}.txt", submission=submission, dossier=dossier, report=report)


def test_hostile_text_steers_no_reader() -> None:
    dossier, report = hostile()
    written = {
        "text": "\n".join(text(dossier, report, trouble=NASTY)),
        "html": html(dossier, report, report.outcome, NASTY),
        "sarif": json.dumps(sarif(dossier, report, report.outcome, NASTY)),
        "letter": drafted(dossier, report) + drafted(dossier, report, "ask"),
    }
    for name, output in written.items():
        assert not STEERING.search(output), name
        assert "alert(1)" in output, name


def test_hostile_text_makes_no_markup() -> None:
    dossier, report = hostile()
    tags = {tag for tag, _ in page(dossier, report, trouble=NASTY).tags}
    assert not tags & {"script", "img", "iframe", "object", "svg", "form", "input", "link", "base"}
    assert HOSTILE.partition("\u202e")[0] in page(dossier, report).text


def test_the_page_needs_nothing_beside_it() -> None:
    source = html(*judged("three", "none"), Outcome.RETURN, None)
    for tag, attributes in Page(source).tags:
        assert not {"src", "srcset", "style", "onclick", "action"} & attributes.keys()
        assert (attributes.get("href") or "#").startswith("#"), tag
    assert not re.search(r"url\(|@import|https?:(?!//ashdown)", source)
    assert source.count("<style>") == 1


def test_every_finding_is_in_every_report() -> None:
    dossier, report = judged("three")
    on_page, on_screen = page(dossier, report).text, " ".join(" ".join(text(dossier, report)).split())
    (view,) = entry_views(dossier, report)
    told = [part for point in view.points for part in point.whole]
    assert {finding for point in told for finding in point.findings} == {
        finding for ruling in report.entries[0].rulings for finding in ruling.findings
    }
    for point in told:
        for output in (on_page,) if point.waits else (on_page, on_screen):
            assert point.message in output
            assert all(ruling.rule in output for ruling in point.rulings)
            assert all(bounded(finding.said or "")[:40] in output for finding in point.findings)


def test_the_page_shows_the_form_beside_the_certificates_and_every_ruling() -> None:
    dossier, report = judged("none")
    seen = page(dossier, report).text
    for row in dossier.entries[0].rows:
        assert f"{row.group}.{row.attribute}" in seen.replace(". ", ".")
    for ruling in report.entries[0].rulings:
        assert ruling.title in seen
    for said in ("40:01 ZigBee, page 1", report.rulebook_edition, report.rulebook_digest, "Friday 20 November 2026"):
        assert said in seen
    assert "Every rule that applies has passed." in seen


def test_each_entry_shows_its_own_outcome() -> None:
    dossier, report = judged("none", "one")
    told = text(dossier, report)
    assert "entry 1.xlsx: ready" in told
    assert "entry 2.xlsx: to be returned" in told
    assert told[told.index("2 entries") :][1:3] == ["  entry 1.xlsx  ready", "  entry 2.xlsx  to be returned"]
    assert "2 entries, each judged by itself" in page(dossier, report).text


@pytest.mark.parametrize("faults", [("none",), ("one",), ("three",), ("all", "one")])
def test_no_line_is_wider_than_a_screen(faults: tuple[str, ...]) -> None:
    assert max(map(len, text(*judged(*faults)))) <= WIDTH


def test_long_values_are_cut_and_say_so() -> None:
    told = "\n".join(text(*judged("three")))
    assert "x" * 2_000 not in told.replace("\n", "").replace(" ", "")
    assert "(3,004 characters in all)" in " ".join(told.split())


def test_what_is_no_submission_shows_no_rulings() -> None:
    dossier, report = judged("one", sender="someone@example.test")
    outcome = Outcome.NOT_A_SUBMISSION
    assert "GBCS Version 9.9" not in page(dossier, replace(report, entries=()), outcome).text.partition("Documents")[0]
    assert text(dossier, report, outcome)[-1] == "This message is not a submission to the Central Products List."
    assert sarif(dossier, report, outcome, None)["runs"][0]["results"] == []  # type: ignore[index]  # plain JSON


def test_an_unreadable_form_is_told_as_such() -> None:
    from rules.examine import examine  # noqa: PLC0415  # beside its only use

    dossier = Dossier(NOW, None, (), (NewEntry("form.xlsx", trouble="It is damaged."),))
    report = examine(dossier)
    for told in (page(dossier, report).text, " ".join(" ".join(text(dossier, report)).split())):
        assert "rules could not tell, as what they need could not be read" in told


@pytest.mark.parametrize(
    ("given", "shown"),
    [("", "(empty)"), ("a ", "'a '"), ("a\u00a0b", "a<U+00A0>b"), ("a\nb", "a<U+000A>b"), ("é", "é")],
)
def test_a_value_is_shown_so_that_nothing_hides(given: str, shown: str) -> None:
    assert value(given) == shown
    assert visible(visible(given)) == visible(given)


def strings(report: Report) -> Iterator[str]:
    """Every text of a report."""
    for entry in report.entries:
        yield entry.document or ""
        for ruling in entry.rulings:
            yield from (ruling.citation, ruling.title)
            for finding in ruling.findings:
                place = str(finding.where or "")
                told = (finding.message, finding.said, finding.expected, finding.suggestion, finding.remedy, place)
                yield from (visible(each) for each in told if each)


LABELLED = re.compile(r"(Field|Place|Form says|Certificate says|Document says|Expected|Perhaps|To do|Source) {2,}(.*)")


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\s,;:.()']{4,}", text))


@pytest.mark.parametrize("kind", ["return", "ask"])
@pytest.mark.parametrize("faults", [("one",), ("three",), ("all", "three"), ("none", "one", "three")])
def test_nothing_is_in_a_letter_that_is_not_in_the_report(kind: str, faults: tuple[str, ...]) -> None:
    dossier, report = judged(*faults)
    known = "".join("".join(strings(report)).split())
    for section in letters.drafted(dossier, report).sections:
        for part in section.parts:
            for line in part.lines:
                said = LABELLED.sub(r"\2", re.sub(r"^(\d+\. +|- )", "", line.strip())).partition("\u2026")[0]
                if said and not said.startswith(("Follows from point", "Also about this")):
                    squeezed = "".join(said.replace("'", "").split())
                    assert all(word in known for word in words_of(said)), (kind, squeezed)


@pytest.mark.parametrize("faults", [("one",), ("three",), ("all",), ("none", "one")])
def test_every_point_to_put_right_is_in_the_letter_and_counted(faults: tuple[str, ...]) -> None:
    dossier, report = judged(*faults)
    body = drafted(dossier, report)
    joined = " ".join(body.split())
    told = [point for view in entry_views(dossier, report) for point in view.of("return", "query")]
    wanted = [point for point in told if point.for_submitter]
    assert all(
        point.message in joined for point in (part for point in wanted for part in point.whole if not part.waits)
    )
    numbered = [int(number) for number in re.findall(r"^(\d+)\. ", body, re.MULTILINE)]
    assert numbered == list(range(1, len(wanted) + 1))
    returned = sum(point.severity is Severity.RETURN for point in wanted)
    assert re.search(rf"right the {returned} points" if returned > 1 else "One point", joined)
    assert max(map(len, body.splitlines())) <= 76


def test_a_letter_heads_points_by_their_entry_only_where_there_are_several() -> None:
    assert "entry 1.xlsx\n---" not in drafted(*judged("one"))
    several = drafted(*judged("none", "one"))
    assert "entry 2.xlsx\n------------\n" in several
    assert "entry 1.xlsx\n---" not in several


def test_a_letter_names_device_and_workbook_under_its_reference() -> None:
    for kind in ("return", "ask", "approve"):
        head = drafted(*judged("none", "one"), kind).partition("We have checked")[0]
        assert "  Device      Single Element Electricity Metering Equipment" in head
        assert "  Workbook    entry 1.xlsx" in head
        assert "  Workbook    entry 2.xlsx" in head


def test_a_letter_without_a_finding_asks_the_person_to_write() -> None:
    assert "[Say here" in drafted(*judged("none"))
    assert "[Say here" in drafted(*judged("none"), "ask")


def test_a_report_of_another_dossier_is_never_shown_beside_it() -> None:
    (dossier, _), (_, report) = judged("none"), judged("none", "one")
    with pytest.raises(ValueError, match="longer"):
        entry_views(dossier, report)
