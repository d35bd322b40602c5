"""A form in an attached message beside the mail's own form of the same device."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    CONTACT_NAME,
    FIRMWARE,
    GAS,
    GBCS,
    MODEL,
    REVISION,
    SMETS,
    TYPE,
    VERSION,
    ZSE_ID,
    a_document,
    a_dossier,
    a_form,
    certificates_for,
    judged,
    ruling,
    without,
)

from rules.completeness.earlier_form import check
from rules.earlier import parted
from rules.examine import examine
from rules.facts import Document, DocumentKind, NewEntry, ReadBy
from rules.finding import Outcome

RULE = "completeness.earlier_form"
FORM = a_form(GAS)
MAIL = "Earlier.eml"
EARLIER = "lies in an attached message and is an earlier form of this device; it is not judged."


def within(form: NewEntry, *messages: str) -> NewEntry:
    """The form as it is called where it lies in messages."""
    return replace(form, document="/".join((*messages, form.document or "")))


def message(name: str) -> Document:
    return a_document(name, DocumentKind.OTHER, media="message", words="Re: form\n\nSee attached.", read_by=ReadBy.NONE)


def changed(form: NewEntry, field: str, value: str) -> NewEntry:
    return replace(form, rows=tuple(replace(row, value=value) if row.field == field else row for row in form.rows))


def judge(outer: NewEntry, inner: NewEntry) -> tuple[Outcome, str]:
    entries, earlier = parted([outer, inner], [message(MAIL)])
    dossier = a_dossier(outer, [*certificates_for(outer), message(MAIL)])
    dossier = replace(dossier, entries=entries, earlier=earlier)
    return judged(dossier).outcome, " ".join(finding.message for finding in ruling(dossier, RULE).findings)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (FIRMWARE, FORM.value(FIRMWARE).lower()),  # type: ignore[arg-type]  # names of fields are text
        (FIRMWARE, f" {FORM.value(FIRMWARE)}"),  # type: ignore[arg-type]  # the same
        (SMETS, "SMETS V99"),
        (GBCS, ""),
        (ZSE_ID, "ZIG99999ZSE99999-24"),
        (CONTACT_NAME, "Somebody else"),
    ],
)
def test_an_earlier_form_of_the_same_model_is_a_note(field: str, value: str) -> None:
    outcome, said = judge(FORM, within(changed(FORM, field, value), MAIL))
    assert outcome is Outcome.READY
    assert said == f"{MAIL}/form.xlsx {EARLIER}"


def test_another_firmware_is_asked_about() -> None:
    outcome, said = judge(FORM, within(changed(FORM, FIRMWARE, " 01:01:01:01"), MAIL))
    assert outcome is Outcome.NEEDS_A_PERSON
    assert said == f"{MAIL}/form.xlsx {EARLIER} Its firmware version is '01:01:01:01', which is another one."


def test_a_form_that_states_no_firmware_is_asked_about() -> None:
    outcome, said = judge(FORM, within(without(FORM, FIRMWARE), MAIL))
    assert (outcome, said) == (Outcome.NEEDS_A_PERSON, f"{MAIL}/form.xlsx {EARLIER}")


@pytest.mark.parametrize(
    ("inner", "place", "remedy"),
    [
        (changed(FORM, FIRMWARE, "01:01:01:01"), "G14", "send it as an attachment of its own"),
        (without(FORM, FIRMWARE), None, "send it as an attachment of its own"),
        (FORM, "G14", ""),
    ],
)
def test_only_what_is_asked_about_is_to_be_sent_again(inner: NewEntry, place: str | None, remedy: str) -> None:
    dossier = replace(a_dossier(FORM, [*certificates_for(FORM), message(MAIL)]), earlier=(within(inner, MAIL),))
    (finding,) = check(dossier.judging(FORM))
    assert finding.where is not None
    assert finding.where.cell == place
    assert remedy in finding.remedy
    assert bool(remedy) is bool(finding.remedy)


@pytest.mark.parametrize(("field", "value"), [(MODEL, "99:99"), (VERSION, "77"), (REVISION, "77"), (MODEL, "")])
def test_a_form_of_another_device_is_judged(field: str, value: str) -> None:
    inner = within(changed(FORM, field, value), MAIL)
    assert parted([FORM, inner], [message(MAIL)]) == ((FORM, inner), ())


def test_a_message_that_is_all_there_is_brings_its_own_form() -> None:
    inner = within(FORM, MAIL)
    assert parted([inner], [message(MAIL)]) == ((inner,), ())


def test_two_attached_messages_stand_beside_each_other() -> None:
    forms = [within(FORM, "1.eml"), within(FORM, "2.eml")]
    assert parted(forms, [message("1.eml"), message("2.eml")]) == (tuple(forms), ())


def test_the_innermost_message_is_the_earliest() -> None:
    outer, inner = within(FORM, "1.eml"), within(FORM, "1.eml", "2.eml")
    assert parted([inner, outer], [message("1.eml"), message("1.eml/2.eml")]) == ((outer,), (inner,))


def test_an_archive_is_no_message() -> None:
    inner = within(FORM, "forms.zip")
    assert parted([FORM, inner], [message(MAIL)]) == ((FORM, inner), ())


def test_a_form_that_could_not_be_read_is_judged() -> None:
    inner = within(replace(FORM, trouble="It is damaged."), MAIL)
    assert parted([FORM, inner], [message(MAIL)]) == ((FORM, inner), ())


def test_a_form_of_another_type_is_the_same_model_all_the_same() -> None:
    assert judge(FORM, within(changed(FORM, TYPE, "Gas meter"), MAIL))[0] is Outcome.READY


def test_an_earlier_form_is_named_on_the_form_that_takes_its_place_alone() -> None:
    other = replace(changed(FORM, MODEL, "99:99"), document="other.xlsx")
    dossier = replace(a_dossier(FORM), entries=(FORM, other), earlier=(within(FORM, MAIL),))
    dossier = replace(dossier, documents=(*dossier.documents, message(MAIL)))
    rulings = [next(one for one in entry.rulings if one.rule == RULE) for entry in examine(dossier).entries]
    assert [len(one.findings) for one in rulings] == [1, 0]
