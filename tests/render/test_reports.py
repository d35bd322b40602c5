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

from intake.render.html import html
from intake.render.plain import bounded, value, visible
from intake.render.sarif import sarif
from intake.render.templates import letter
from intake.render.terminal import WIDTH, lines
from rules.facts import Dossier, MessageFacts, NewEntry
from rules.finding import Outcome, Report, Severity, Verdict

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


def drafted(report: Report, kind: str = "return") -> str:
    return letter(f"{kind}.txt", submission=SimpleNamespace(reference="CPL-000042", received_at=NOW), report=report)


def test_hostile_text_steers_no_reader() -> None:
    dossier, report = hostile()
    written = {
        "text": "\n".join(text(dossier, report, trouble=NASTY)),
        "html": html(dossier, report, report.outcome, NASTY),
        "sarif": json.dumps(sarif(dossier, report, report.outcome, NASTY)),
        "letter": drafted(report) + drafted(report, "ask"),
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
    for ruling in report.entries[0].rulings:
        for finding in ruling.findings:
            for output in (on_page, on_screen):
                assert finding.message in output
                assert ruling.rule in output
                assert bounded(finding.said or "")[:40] in output


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
    assert "entry 2.xlsx: would be returned" in told
    assert told[told.index("2 entries") :][1:3] == ["  entry 1.xlsx  ready", "  entry 2.xlsx  would be returned"]
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


LABELLED = re.compile(r"(Field|Place|Stated|Expected|Perhaps|To do|Source) {2,}(.*)")


def said_in(body: str) -> list[str]:
    """What a letter's findings say, each wrapped text as one line, without its label."""
    told: list[str] = []
    for line in body.splitlines():
        words = re.sub(r"^\d+\. +", "", line.strip())
        labelled = LABELLED.fullmatch(words)
        if labelled:
            told.append(labelled[2])
        elif re.match(r"\d+\. ", line) or (re.match(r" {4}\S", line) and (not told or told[-1] == "")):
            told.append(words)
        elif not words:
            told.append("")
        elif not set(words) <= {"-"}:
            told[-1] = f"{told[-1]} {words}".strip()
    return [each for each in told if each]


@pytest.mark.parametrize("kind", ["return", "ask"])
@pytest.mark.parametrize("faults", [("one",), ("three",), ("all", "three"), ("none", "one", "three")])
def test_nothing_is_in_a_letter_that_is_not_in_the_report(kind: str, faults: tuple[str, ...]) -> None:
    _, report = judged(*faults)
    body = drafted(report, kind).partition("same file.\n")[2].partition("SECAS, Central Products List")[0]
    known = "".join("".join(strings(report)).split())
    lines_said = said_in(body)
    assert lines_said or faults == ("one",)
    for line in lines_said:
        if line.startswith("[Say here"):
            continue
        squeezed = "".join(line.partition("…")[0].removeprefix("'").removesuffix("'").split())
        assert squeezed in known, line


@pytest.mark.parametrize("faults", [("one",), ("three",), ("all",), ("none", "one")])
def test_every_point_to_put_right_is_in_the_letter(faults: tuple[str, ...]) -> None:
    _, report = judged(*faults)
    body = drafted(report)
    wanted = [
        visible(finding.message)
        for entry in report.entries
        for ruling in entry.rulings
        if ruling.verdict is Verdict.FAIL and ruling.severity is Severity.RETURN
        for finding in ruling.findings
    ]
    joined = " ".join(body.split())
    assert all(message in joined for message in wanted)
    assert len(re.findall(r"^\d+\. ", body, re.MULTILINE)) == len(wanted)
    assert re.search(rf"right the {len(wanted)} points" if len(wanted) > 1 else "One point", joined)
    assert max(map(len, body.splitlines())) <= 76


def test_a_letter_names_the_entries_only_where_there_are_several() -> None:
    assert "entry 1.xlsx\n---" not in drafted(judged("one")[1])
    several = drafted(judged("none", "one")[1])
    assert "entry 2.xlsx\n------------\n" in several
    assert "entry 1.xlsx" not in several


def test_a_letter_without_a_finding_asks_the_person_to_write() -> None:
    assert "[Say here" in drafted(judged("none")[1])
    assert "[Say here" in drafted(judged("none")[1], "ask")
