"""What each signature of a mail covers of the message or file that it stands in."""

from __future__ import annotations

import pytest

from intake.extract.mail.coverings import Coverings, covering
from intake.signatures.verified import Verified, broken
from rules.signature_facts import Coverage

WHOLE = Verified("cms", intact=True, notes=("a note",))


def test_a_signature_around_everything_is_entire_and_keeps_what_is_known_of_it() -> None:
    actual = covering(WHOLE, ("form.xlsx",))
    assert (actual.coverage, actual.covered, actual.uncovered) == (Coverage.ENTIRE, ("form.xlsx",), ())
    assert (actual.reasons, actual.notes) == ((), ("a note",))


def test_what_it_leaves_out_is_named_behind_the_reasons_that_there_are() -> None:
    known = Verified("cms", intact=True, reasons=("FIRST: one.",))
    actual = covering(known, ("form.xlsx",), ("a.pdf", "b.pdf"))
    assert (actual.coverage, actual.covered, actual.uncovered) == (
        Coverage.PARTIAL,
        ("form.xlsx",),
        ("a.pdf", "b.pdf"),
    )
    assert actual.reasons == ("FIRST: one.", "COVERAGE_PARTIAL: the signature does not cover a.pdf, b.pdf.")


@pytest.mark.parametrize(
    "failed", [Verified("cms", intact=False), Verified("cms"), broken("cms", "HASH_FAILURE", "no", intact=True)]
)
def test_one_that_does_not_hold_covers_nothing(failed: Verified) -> None:
    assert covering(failed, ("form.xlsx",)) is failed
    assert covering(failed, ("form.xlsx",), ("a.pdf",)) is failed


def test_a_signature_answers_for_the_parts_of_its_own_message_alone() -> None:
    parts = Coverings()
    outer = parts.add_signature((WHOLE,), ())
    inner = parts.add_signature((WHOLE, WHOLE), (3,))
    parts.add_part("text", (outer,), ())
    parts.add_part("footer", (), ())
    parts.add_part("inner form", (outer, inner), (3,))
    parts.add_part("inner note", (outer,), (3,))
    parts.add_part("another message's form", (outer,), (4,))
    (of_outer,), of_inner = parts.of(outer), parts.of(inner)
    assert of_outer.covered == ("text", "inner form", "inner note", "another message's form")
    assert of_outer.uncovered == ("footer",)
    assert {(each.covered, each.uncovered) for each in of_inner} == {(("inner form",), ("inner note",))}
    assert parts.at((3,)) == of_inner
    assert parts.at(()) == (of_outer,)
    assert parts.at((4,)) == ()
