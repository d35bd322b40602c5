"""A signature in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dossiers import a_dossier, a_form, a_message

from intake.render.signed import everybody, lines, signature_account
from rules.signature_facts import Coverage, Indication, Revocation, SignatureFacts, Signer

DAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GOOD = SignatureFacts(
    "opc",
    coverage=Coverage.ENTIRE,
    signer=Signer(
        organisation="Example Meters Ltd",
        subject="CN=Ada, O=Example Meters Ltd",
        issuer="CN=CA",
        serial="A1",
        not_before=DAY,
        not_after=DAY,
    ),
    signing_time=DAY,
    algorithms=("rsa-sha256",),
    indication=Indication.TOTAL_PASSED,
    chain=("CN=Ada", "CN=CA"),
    revocation=(Revocation("CN=Ada", "crl", DAY), Revocation("CN=CA", "none"), Revocation("CN=B", "ocsp", DAY, DAY)),
    trust_list="ab" * 32,
    notes=("LEGACY_RELS: Hashed in an old way.",),
)


def said(signature: SignatureFacts, label: str) -> tuple[str, ...]:
    return dict(signature_account(signature).lines).get(label, ())


def test_it_says_who_what_when_and_who_vouches() -> None:
    assert signature_account(GOOD).headline == "The signature of Example Meters Ltd (in the workbook) holds"
    assert said(GOOD, "Signer")[1] == "certificate A1 of CN=CA"
    assert said(GOOD, "Covers") == ("the whole document (its properties may be left out)",)
    assert said(GOOD, "Signed") == ("on Fri 20 Nov 2026 12:00, as the signer claims", "no time stamp proves it")
    assert said(GOOD, "Chain") == ("CN=Ada", "CN=CA")
    assert said(GOOD, "Revocation") == (
        "CN=Ada was not revoked (by the revocation list of Fri 20 Nov 2026 12:00)",
        "not known of CN=CA",
        "CN=B was revoked on Fri 20 Nov 2026 12:00 (by the answer of Fri 20 Nov 2026 12:00)",
    )
    assert said(GOOD, "Trust list") == (f"SHA-256 {'ab' * 32}",)
    assert said(GOOD, "Noted") == ("Hashed in an old way.",)


def test_it_says_what_stands_in_the_way_and_what_is_left_out() -> None:
    open_one = replace(
        GOOD,
        indication=Indication.INDETERMINATE,
        sub_indication="SIG_CONSTRAINTS_FAILURE",
        coverage=Coverage.PARTIAL,
        uncovered=tuple(f"/part{number}" for number in range(20)),
        reasons=("COVERAGE_PARTIAL: Not all is covered.",),
        proven_time=DAY,
    )
    assert signature_account(open_one).headline.endswith("cannot be settled")
    assert signature_account(open_one).why == ("Not all is covered.",)
    assert said(open_one, "Verdict") == ("INDETERMINATE, SIG_CONSTRAINTS_FAILURE",)
    assert said(open_one, "Not covered")[-1] == "and 8 more"
    assert said(open_one, "Signed")[1] == "before Fri 20 Nov 2026 12:00, as a time stamp proves"


def test_a_stranger_s_names_reach_the_reader_harmless() -> None:
    hostile = replace(GOOD, signer=Signer(organisation="\u202eevil\n", subject="\u202e" * 5000))
    assert "\u202e" not in signature_account(hostile).headline
    assert all(
        "\u202e" not in text and len(text) < 1200 for _, texts in signature_account(hostile).lines for text in texts
    )


def test_one_of_whom_nothing_is_known_is_told_of_too() -> None:
    failed = SignatureFacts("cms", indication=Indication.TOTAL_FAILED, sub_indication="FORMAT_FAILURE")
    assert signature_account(failed).headline == "The signature of somebody who is not named (by S/MIME) fails"
    assert [label for label, _ in signature_account(failed).lines] == ["Verdict", "Covers"]


def test_the_mail_comes_before_its_documents() -> None:
    dossier = a_dossier(a_form(), signatures=(GOOD,), message=a_message(signatures=(GOOD, GOOD)))
    assert [(name, len(signatures)) for name, signatures in everybody(dossier)] == [("The mail", 2), ("form.xlsx", 1)]
    assert next(iter(lines(dossier))) == "The mail"
    assert list(lines(a_dossier(a_form()))) == []
