"""Whatever is in a dossier, it is judged by every rule once, and the order of its documents does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dossiers import (
    DEVICE_TYPES,
    FIELDS,
    JUDGED_AT,
    LABELS,
    a_certificate,
    a_cpa_certificate,
    a_dlms_certificate,
    a_document,
    a_form,
    a_zigbee_certificate,
    without,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published_lists import PATH, a_line

from rules.catalogue import all_rules
from rules.examine import examine
from rules.facts import (
    CellKind,
    Document,
    DocumentKind,
    Dossier,
    EvidenceFacts,
    FormRow,
    NewEntry,
    ReadBy,
    RegisterEntry,
    Stated,
    Where,
)
from rules.message_facts import MessageFacts
from rules.published import UPGRADE_PATH
from rules.signature_facts import Coverage, Indication, SignatureFacts

LABELS_OF_CERTIFICATES = (
    "Type of Device", "Manufacturer", "Model Identification", "Hardware Version", "Firmware Version",
    "Certification ID Number", "Certificate Identification Number", "Device Type", "Model", "Model Identifier", "Type",
    "Security Characteristics", "Expiry Date", "Renewal Date", "CTT Version", "Certification Date", "Issue Date",
)  # fmt: skip
STATED = (
    "000001", "10:6C", "0A_AC", "12:03:12:34", "30 August 2028", "[E] 1943", "2721", "CTT 4.2", "1.3",
    "12.3 (Stack 1.2.3.4)", "12.3", "7.8D X", "4331", "0A-AC", "10.172", *DEVICE_TYPES,
)  # fmt: skip

texts = st.one_of(st.text(max_size=30), st.sampled_from(STATED))
labels = st.one_of(st.sampled_from([*LABELS, PATH]), st.tuples(st.text(max_size=10), st.text(max_size=10)))
signatures = st.lists(
    st.builds(
        SignatureFacts,
        format=st.just("opc"),
        coverage=st.sampled_from(Coverage),
        indication=st.sampled_from(Indication),
        reasons=st.lists(texts, max_size=1).map(tuple),
    ),
    max_size=2,
).map(tuple)


evidences = st.builds(
    EvidenceFacts,
    zigbee_module=st.none() | st.builds(Stated, texts, st.just(Where("notes.pdf"))),
    certificate_ids=st.lists(st.builds(Stated, texts, st.just(Where("notes.pdf"))), max_size=2).map(tuple),
    firmware_versions=st.lists(st.builds(Stated, texts, st.just(Where("notes.pdf"))), max_size=2).map(tuple),
)


@st.composite
def rows(draw: st.DrawFn) -> FormRow:
    group, attribute = draw(labels)
    return FormRow(
        group,
        attribute,
        draw(texts),
        draw(st.sampled_from(CellKind)),
        Where("form.xlsx", sheet="Form", cell="G7"),
        cached=draw(st.none() | texts),
        hidden=draw(st.booleans()),
        merged=draw(st.booleans()),
    )


@st.composite
def forms(draw: st.DrawFn) -> NewEntry:
    """A valid form with some rows changed, lost and added, or nothing like a form."""
    form = a_form(draw(st.sampled_from(DEVICE_TYPES)), smets1=draw(st.booleans()))
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        form = without(form, name)
    strange = draw(st.lists(rows(), max_size=5))
    kept = draw(st.sampled_from([form.rows, ()]))
    trouble = draw(st.sampled_from([None, None, None, "It breaks off."]))
    return replace(form, rows=(*strange, *kept), trouble=trouble, other_forms=tuple(draw(st.lists(texts, max_size=1))))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A certificate that states anything, or any other document."""
    kind = draw(st.sampled_from(DocumentKind))
    known = {
        "read_by": draw(st.sampled_from(ReadBy)),
        "media": draw(st.sampled_from(["pdf", "image", "text", "zip"])),
        "inline": draw(st.booleans()),
        "signatures": draw(signatures),
        "evidence": draw(st.none() | evidences),
    }
    name = draw(st.text(min_size=1, max_size=6))
    if kind not in {DocumentKind.ZIGBEE_CERTIFICATE, DocumentKind.CPA_CERTIFICATE, DocumentKind.DLMS_CERTIFICATE}:
        return a_document(name, kind, **known)
    return a_certificate(name, kind, draw(st.dictionaries(st.sampled_from(LABELS_OF_CERTIFICATES), texts)), **known)


@st.composite
def lines(draw: st.DrawFn) -> RegisterEntry:
    """A line that is or was a valid form's, but for some columns."""
    line = a_line(a_form(draw(st.sampled_from(DEVICE_TYPES))), draw(st.sampled_from(["000001", "000002"])))
    changes = draw(st.dictionaries(st.sampled_from([*line.fields, UPGRADE_PATH]), texts | st.just("000001 000002")))
    return replace(line, status=draw(st.sampled_from(["Current", "Removed", ""])), fields={**line.fields, **changes})


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    entries = tuple(draw(st.lists(forms(), max_size=2)))
    message = draw(st.none() | st.builds(MessageFacts, texts, texts, texts, st.booleans(), signatures))
    judged_at = draw(st.datetimes(timezones=st.just(UTC)))
    beside = draw(st.lists(documents(), max_size=4))
    register = draw(st.none() | st.lists(lines(), max_size=4).map(tuple))
    return Dossier(judged_at, message, tuple(beside), entries, register=register)


@given(dossiers())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_dossier_makes_a_rule_raise_and_every_rule_answers_once(dossier: Dossier) -> None:
    report = examine(dossier)
    assert len(report.entries) == max(1, len(dossier.entries))
    for entry in report.entries:
        assert [ruling.rule for ruling in entry.rulings] == [rule.id for rule in all_rules()]
        messages = [finding.message for ruling in entry.rulings for finding in ruling.findings]
        assert not any("itself failed" in message for message in messages)


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[Dossier, Dossier]:
    """One submission with its documents, which have names of their own, in two orders."""
    form = a_form(draw(st.sampled_from(DEVICE_TYPES)))
    good = [a_zigbee_certificate(form), a_cpa_certificate(form), a_dlms_certificate(form)]
    strange = [
        replace(document, name=f"{at}.pdf") for at, document in enumerate(draw(st.lists(documents(), max_size=4)))
    ]
    beside = [*draw(st.lists(st.sampled_from(good), unique_by=lambda document: document.name)), *strange]
    dossier, other = (
        Dossier(JUDGED_AT, None, tuple(order), (form,)) for order in (beside, draw(st.permutations(beside)))
    )
    return dossier, other


@given(shuffled())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_the_documents_does_not_matter(pair: tuple[Dossier, Dossier]) -> None:
    one, other = (
        [(ruling.rule, ruling.verdict, {finding.message for finding in ruling.findings}) for ruling in rulings]
        for rulings in (examine(dossier).entries[0].rulings for dossier in pair)
    )
    assert one == other


def test_a_dossier_is_judged_the_same_twice() -> None:
    dossier = Dossier(datetime(2026, 11, 20, tzinfo=UTC), None, (), (a_form(),))
    assert examine(dossier) == examine(dossier)
