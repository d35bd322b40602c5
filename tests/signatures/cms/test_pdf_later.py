"""What came into a PDF after its signature: properties, validation data, time stamps, and what may hide behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import pdf_name
from signatures.cms.test_pdf import is_good, passes
from signatures.pdfs import (
    PLAIN,
    Writer,
    annotation,
    generic,
    no_pages,
    open_action,
    page_size,
    page_text,
    sign,
    updated,
)
from signatures.smime import signer

from intake.signatures.cms.pdf import verify
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verify import signatures_of
from rules.signature_facts import Coverage, Indication


def _in_information(**entries: str) -> Callable[[Writer], None]:
    """Document properties set or changed."""

    def change(writer: Writer) -> None:
        held = writer.trailer["/Info"]
        for key, value in entries.items():
            held[pdf_name(f"/{key}")] = generic.TextStringObject(value)
        writer.update_container(held)

    return change


def _metadata(writer: Writer) -> None:
    xml = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">another title</x:xmpmeta>'
    writer.root[pdf_name("/Metadata")] = writer.add_object(
        generic.StreamObject({pdf_name("/Type"): pdf_name("/Metadata")}, stream_data=xml)
    )
    writer.update_root()


PROPERTIES: dict[str, tuple[Callable[[Writer], None], str]] = {
    "the title": (_in_information(Title="Another certificate"), "Title"),
    "the date of creation": (_in_information(CreationDate="D:20300101000000Z"), "CreationDate"),
    "author and keywords": (_in_information(Author="Somebody", Keywords="approved"), "Author, Keywords"),
    "the metadata": (_metadata, "XMP"),
}


@pytest.mark.parametrize("long_term", [False, True])
@pytest.mark.parametrize("what", PROPERTIES)
def test_properties_changed_after_the_signature_are_named_as_uncovered(what: str, long_term: bool) -> None:
    change, names = PROPERTIES[what]
    # The writer states its own moment of change; the dates of a second ago and of now may be one.
    (verified,) = verify(updated(sign(PLAIN, long_term=long_term), change))
    assert passes(verified), verified.reasons
    (told,) = verified.uncovered
    assert told.startswith("document properties changed after the signature: ")
    assert set(names.split(", ")) <= set(told.partition(": ")[2].split(", ")) <= {*names.split(", "), "ModDate"}


def test_a_date_of_change_alone_is_named() -> None:
    signed = sign(PLAIN)
    later = updated(signed, _in_information())[len(signed) :]
    (verified,) = verify(signed + later.replace(rb"/ModDate (D\07220", rb"/ModDate (D\07219"))
    assert verified.uncovered == ("document properties changed after the signature: ModDate",)


def test_properties_changed_between_two_signatures_are_named_for_the_first() -> None:
    first, second = verify(sign(updated(sign(PLAIN), _in_information(Title="Another")), signer("p256"), field="Second"))
    assert [any("Title" in each for each in verified.uncovered) for verified in (first, second)] == [True, False]


def _store(writer: Writer) -> Any:  # noqa: ANN401  # half typed in pyHanko
    store = writer.root["/DSS"]
    writer.update_container(store)
    return store


def _own_entry(writer: Writer) -> None:
    """A store with an entry that the standard does not know."""
    _store(writer)[pdf_name("/Own")] = generic.NumberObject(1)


def _renamed_signatures(writer: Writer) -> None:
    """What the store says of each signature, under names in small letters, as the standard does not write them."""
    store = _store(writer)
    known = store["/VRI"]
    store[pdf_name("/VRI")] = generic.DictionaryObject({pdf_name(key.lower()): known.raw_get(key) for key in known})


def _other_flags(writer: Writer) -> None:
    """The form's flags changed together with the store."""
    _store(writer)[pdf_name("/Certs")] = generic.ArrayObject()
    form = writer.root["/AcroForm"]
    form[pdf_name("/SigFlags")] = generic.NumberObject(1)
    writer.update_container(form)


NOT_FOLLOWED = (_own_entry, _renamed_signatures, _other_flags)


@pytest.mark.parametrize("change", NOT_FOLLOWED)
def test_validation_data_that_pyhanko_cannot_follow_leave_the_matter_open(change: Callable[[Writer], None]) -> None:
    (verified,) = verify(updated(sign(PLAIN, long_term=True), change))
    assert is_good(verified), verified.reasons
    assert verified.coverage is Coverage.UNCLEAR
    assert verified.uncovered == ("changes made after the signature",)
    (facts,) = signatures_of(
        updated(sign(PLAIN, long_term=True), change), "pdf", None, signed=True, trust_settings=TrustSettings()
    ).facts
    assert (facts.intact, facts.valid, facts.indication) == (True, True, Indication.INDETERMINATE)


@pytest.mark.parametrize("bend", [page_text, page_size, no_pages, annotation, open_action])
@pytest.mark.parametrize("change", NOT_FOLLOWED)
def test_what_hides_behind_such_validation_data_fails(
    change: Callable[[Writer], None], bend: Callable[[Writer], None]
) -> None:
    for order in ((change, bend), (bend, change)):
        content = sign(PLAIN, long_term=True)
        for each in order:
            content = updated(content, each)
        (verified,) = verify(content)
        assert (verified.failure, verified.coverage) == ("FORMAT_FAILURE", Coverage.PARTIAL)


def _damaged_stamp(content: bytes) -> bytes:
    """The last time stamp's value cut, though the signature before it stands."""
    head, mark, rest = content.rpartition(b"/Contents <")
    return head + mark + b"00" * 8 + rest[16:]


def test_a_time_stamp_that_cannot_be_read_takes_nothing_from_the_signature() -> None:
    content = sign(PLAIN, long_term=True)
    good, damaged = verify(content), verify(_damaged_stamp(content))
    assert [len(verified_signatures) for verified_signatures in (good, damaged)] == [1, 1]
    assert passes(damaged[0])
    assert len(damaged[0].stamps) == len(good[0].stamps) - 1


def test_a_time_written_over_the_signed_one_is_not_told() -> None:
    """PAdES keeps the claimed time in the signature's dictionary; a later revision can hold another."""

    def later(writer: Writer) -> None:
        value = writer.root["/AcroForm"]["/Fields"][0].get_object()["/V"]
        value[pdf_name("/M")] = generic.TextStringObject("D:20200101000000Z")
        writer.update_container(value)

    (verified,) = verify(updated(sign(PLAIN), later))
    assert verified.failure is not None
    assert verified.claimed_time is None
