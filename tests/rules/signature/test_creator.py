from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import A_HASH, CREATOR, HASH, a_dossier, a_form, judged, ruling, verdict

from rules.facts import ConfirmedName, Dossier
from rules.fields import FormField
from rules.finding import Outcome
from rules.signature.creator import concerning, unconfirmed
from rules.signature_facts import Coverage, Indication, SignatureFacts, Signer

RULE = "signature.creator"
GOOD = SignatureFacts("opc", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)


def signed(*organisations: str, creator: str = "Example Meters Ltd", **known: object) -> Dossier:
    only = organisations[0] if len(organisations) == 1 else None
    signer = Signer(organisation=only, common_name="Ada Byron", subject="CN=Ada Byron", organisations=organisations)
    form = a_form(changes={CREATOR: creator, HASH: A_HASH})
    return a_dossier(form, signatures=(replace(GOOD, signer=signer, **known),))  # type: ignore[arg-type]  # the test names the facts it changes


SAME = [
    "Example Meters Ltd",
    "  Example\N{NO-BREAK SPACE}Meters   Ltd ",
    "\N{FULLWIDTH LATIN CAPITAL LETTER E}xample Meters Ltd",
]
SPELT = [
    "EXAMPLE METERS LTD",
    "Example Meters Limited",
    "Example Meters Ltd.",
    "Example-Meters, Ltd",
    "example meters LIMITED.",
]
OTHER = [
    "Other Meters Ltd",
    "Example Meters",
    "Example Meters plc",
    "Ex\N{CYRILLIC SMALL LETTER A}mple Meters Ltd",
    "Examp\N{LATIN CAPITAL LETTER I}e Meters Ltd",
    "Example Meters Ltd\N{ZERO WIDTH SPACE}",
    "Example Meters Ltd (UK)",
    "ExampleMeters Ltd",
    "\N{LATIN CAPITAL LETTER E WITH ACUTE}xample Meters Ltd",
    "Ltd",
    ".",
]


@pytest.mark.parametrize("organisation", SAME)
def test_the_creator_s_own_name_passes_however_it_is_encoded(organisation: str) -> None:
    assert verdict(signed(organisation), RULE) == "pass"
    assert judged(signed(organisation)).outcome is Outcome.READY


@pytest.mark.parametrize("organisation", SPELT)
def test_another_spelling_is_for_a_person(organisation: str) -> None:
    assert verdict(signed(organisation), RULE) == "undetermined"
    assert judged(signed(organisation)).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("organisation", OTHER)
def test_another_name_is_returned(organisation: str) -> None:
    assert verdict(signed(organisation), RULE) == "fail"
    assert judged(signed(organisation)).outcome is Outcome.RETURN


def test_letters_that_only_look_alike_are_named_as_what_they_are() -> None:
    (finding,) = ruling(signed("Ex\N{CYRILLIC SMALL LETTER A}mple Meters Ltd"), RULE).findings
    assert "looks the same but is written with other characters" in finding.message
    (finding,) = ruling(signed("Example Meters Ltd\N{ZERO WIDTH SPACE}"), RULE).findings
    assert "<U+200B>" in finding.message


def test_a_person_without_an_organisation_is_returned() -> None:
    (finding,) = ruling(signed(), RULE).findings
    assert finding.message == "The signing certificate names no organisation, only Ada Byron."
    assert verdict(signed(), RULE) == "fail"


def test_several_organisations_are_returned_though_one_is_the_creator() -> None:
    dossier = signed("Example Meters Ltd", "Other Ltd")
    assert verdict(dossier, RULE) == "fail"
    assert "several organisations: Example Meters Ltd; Other Ltd." in ruling(dossier, RULE).findings[0].message


@pytest.mark.parametrize("organisation", ["Other Meters Ltd", " Other  Meters Ltd"])
def test_a_name_that_a_person_has_confirmed_is_for_a_person(organisation: str) -> None:
    confirmed_name = ConfirmedName("Example Meters Ltd", "Other Meters Ltd")
    dossier = replace(signed(organisation), confirmed_names=(confirmed_name,))
    assert verdict(dossier, RULE) == "undetermined"
    assert "confirmed before" in ruling(dossier, RULE).findings[0].message


@pytest.mark.parametrize("pair", [("Example Meters Ltd", "Third Ltd"), ("Third Ltd", "Other Meters Ltd")])
def test_a_confirmation_is_of_one_pair_of_names(pair: tuple[str, str]) -> None:
    dossier = replace(signed("Other Meters Ltd"), confirmed_names=(ConfirmedName(*pair),))
    assert verdict(dossier, RULE) == "fail"


def test_the_organisation_s_number_is_shown() -> None:
    dossier = signed("Other Ltd")
    signer = replace(dossier.documents[0].signatures[0].signer, organisation_identifier="NTRGB-01234567")
    document = replace(dossier.documents[0], signatures=(replace(GOOD, signer=signer),))
    (finding,) = ruling(replace(dossier, documents=(document, *dossier.documents[1:])), RULE).findings
    assert "Other Ltd (NTRGB-01234567)" in finding.message


def test_every_signature_and_every_row_of_the_creator_counts() -> None:
    dossier = signed("Example Meters Ltd")
    other = replace(GOOD, signer=Signer(organisation="Other Ltd", subject="O=Other Ltd", organisations=("Other Ltd",)))
    document = dossier.documents[0]
    two = replace(document, signatures=(*document.signatures, other, other))
    assert len(ruling(replace(dossier, documents=(two, *dossier.documents[1:])), RULE).findings) == 1
    form = dossier.new_entry if dossier.new_entry.rows else dossier.entries[0]
    row = form.row(FormField(CREATOR))
    assert row is not None
    twice = replace(form, rows=(*form.rows, replace(row, value="Other Ltd")))
    assert verdict(replace(dossier, entries=(twice,)), RULE) == "fail"


@pytest.mark.parametrize("indication", [Indication.INDETERMINATE, Indication.TOTAL_PASSED])
def test_a_signature_that_cannot_be_settled_is_compared_all_the_same(indication: Indication) -> None:
    assert verdict(signed("Other Ltd", indication=indication), RULE) == "fail"


def test_there_is_nothing_to_compare_without_hash_creator_signature_or_signer() -> None:
    assert verdict(signed("Other Ltd", indication=Indication.TOTAL_FAILED), RULE) == "not_applicable"
    assert verdict(signed("Other Ltd", creator=""), RULE) == "not_applicable"
    form = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})
    assert verdict(a_dossier(form), RULE) == "not_applicable"
    assert verdict(a_dossier(form, signatures=(GOOD,)), RULE) == "not_applicable"
    assert verdict(a_dossier(a_form(), signatures=(GOOD,)), RULE) == "not_applicable"


def confirmable(dossier: Dossier) -> tuple[ConfirmedName, ...]:
    return unconfirmed(dossier.judging(dossier.entries[0]))


def test_what_a_person_may_confirm_is_each_pair_of_names_that_differ() -> None:
    pair = ConfirmedName("Example Meters Ltd", "Example Holding plc")
    assert confirmable(signed("Example Holding plc")) == (pair,)
    assert confirmable(replace(signed("Example Holding plc"), confirmed_names=(pair,))) == ()
    assert confirmable(signed("Example Meters Ltd")) == ()
    assert confirmable(a_dossier()) == ()


def test_what_people_have_confirmed_concerns_those_who_signed() -> None:
    known = (ConfirmedName("A Ltd", "A Holding"), ConfirmedName("B Ltd", "B  Holding"))
    assert concerning(known, ["B Holding", None]) == known[1:]
    assert concerning(known, [None]) == ()
