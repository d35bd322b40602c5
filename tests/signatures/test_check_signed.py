"""``check --trust`` on signed submissions, as their submitters see it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pki
import pytest
from pki import HOUR, NOW, YEAR, Holder
from programs import cpl_intake, environment
from signatures import signer
from signatures.signer import How

from intake.demo import products
from intake.demo.forms import new_entry_form

MAKER = "Ashdown Metering Ltd"
FORM = "CPL New Entry.xlsx"
LATER = (NOW + HOUR).isoformat()  # openssl signs now, which is after NOW
JUST_NOW = How(time=f"{NOW - HOUR:%Y-%m-%dT%H:%M:%SZ}")


@cache
def authority() -> Holder:
    return pki.root("A root", key_number=51)


@cache
def issuer() -> Holder:
    return authority().issue(pki.name("An issuer", "Test Trust"), authority=True, key_number=52)


def maker(*organisations: str, **known: Any) -> Holder:  # noqa: ANN401  # whatever a certificate has
    return issuer().issue(pki.name("Robin Hale", *(organisations or (MAKER,))), key_number=53, **known)


def documents(holder: Holder | None, how: How = JUST_NOW) -> dict[str, bytes]:
    values = products.with_image(products.faultless_form(products.SINGLE, on=NOW.date()), creator=MAKER)
    form = new_entry_form(values)
    if holder is not None:
        form = signer.packed(signer.sign(signer.unpacked(form), holder, how))
    return {FORM: form, **products.certificates(values)}


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    return pki.trust_folder(tmp_path / "trust", authority(), issuer())


def check(folder: Path, files: dict[str, bytes], *words: str | Path) -> tuple[int, dict[str, Any]]:
    (folder / "sent").mkdir()
    for name, content in files.items():
        (folder / "sent" / name).write_bytes(content)
    done = cpl_intake("check", folder / "sent", "--format", "json", "--at", NOW.isoformat(), *words)
    assert done.err == ""
    return done.code, done.json


def ruling(told: dict[str, Any], rule: str) -> str:
    (entry,) = told["entries"]
    return str(next(each["verdict"] for each in entry["rulings"] if each["rule"] == rule))


def test_a_form_that_its_creator_has_signed_is_ready(tmp_path: Path, trust: Path) -> None:
    code, told = check(tmp_path, documents(maker()), "--trust", trust)
    (entry,) = told["entries"]
    (signature,) = entry["signatures"]
    assert (code, told["outcome"]) == (0, "ready"), entry
    assert signature == next(each["signatures"][0] for each in told["documents"] if each["name"] == FORM)
    assert (signature["intact"], signature["valid"], signature["trusted"]) == (True, True, True)
    assert (signature["coverage"], signature["indication"], signature["sub_indication"]) == (
        "entire",
        "TOTAL-PASSED",
        None,
    )
    assert signature["signer"]["organisation"] == MAKER
    assert signature["reasons"] == []
    assert ruling(told, "signature.required") == ruling(told, "signature.creator") == "pass"


def test_without_trust_the_same_form_needs_a_person(tmp_path: Path) -> None:
    code, told = check(tmp_path, documents(maker()))
    (signature,) = told["entries"][0]["signatures"]
    assert code == 3
    assert (signature["intact"], signature["valid"], signature["trusted"]) == (True, True, None)
    assert (signature["indication"], signature["sub_indication"]) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")


def test_a_form_without_a_signature_is_returned(tmp_path: Path, trust: Path) -> None:
    code, told = check(tmp_path, documents(None), "--trust", trust)
    assert (code, ruling(told, "signature.required")) == (1, "fail")
    assert ruling(told, "signature.creator") == "not_applicable"


def test_a_form_that_was_changed_after_it_was_signed_is_returned(tmp_path: Path, trust: Path) -> None:
    files = documents(maker())
    parts = signer.unpacked(files[FORM])
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    parts[sheet] = parts[sheet].replace(b"</sheetData>", b" </sheetData>")
    code, told = check(tmp_path, {**files, FORM: signer.packed(parts)}, "--trust", trust)
    (signature,) = told["entries"][0]["signatures"]
    assert code == 1
    assert (signature["indication"], signature["sub_indication"]) == ("TOTAL-FAILED", "HASH_FAILURE")
    assert signature["intact"] is False


@pytest.mark.parametrize(
    ("organisations", "code"),
    [
        (("ASHDOWN METERING LIMITED",), 3),
        (("Other Ltd",), 1),
        ((MAKER, "Other Ltd"), 1),
        (("\u0410shdown Metering Ltd",), 1),
    ],
)
def test_whose_signature_it_is_matters(tmp_path: Path, trust: Path, organisations: tuple[str, ...], code: int) -> None:
    actual, told = check(tmp_path, documents(maker(*organisations)), "--trust", trust)
    assert told["entries"][0]["signatures"][0]["indication"] == "TOTAL-PASSED"
    assert actual == code


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"ends": NOW - HOUR / 2}, "OUT_OF_BOUNDS_NO_POE"),
        ({"usages": [pki.SERVER]}, "CHAIN_CONSTRAINTS_FAILURE"),
        ({"key_kind": "rsa1024", "key_number": 54}, "CRYPTO_CONSTRAINTS_FAILURE"),
    ],
)
def test_a_certificate_that_will_not_do_needs_a_person(
    tmp_path: Path, trust: Path, known: dict[str, Any], expected: str
) -> None:
    holder = issuer().issue(pki.name("Robin Hale", MAKER), **({"key_number": 53} | known))
    code, told = check(tmp_path, documents(holder), "--trust", trust)
    (signature,) = told["entries"][0]["signatures"]
    assert (code, signature["indication"], signature["sub_indication"]) == (3, "INDETERMINATE", expected)
    assert signature["trusted"] is False


def test_a_revoked_signer_needs_a_person(tmp_path: Path) -> None:
    holder = maker()
    own = Holder(issuer().certificate, issuer().key)
    own.revoke(holder)
    folder = pki.trust_folder(tmp_path / "trust", authority(), own)
    code, told = check(tmp_path, documents(holder), "--trust", folder)
    (signature,) = told["entries"][0]["signatures"]
    assert (code, signature["sub_indication"], signature["trusted"]) == (3, "REVOKED_NO_POE", False)


def test_without_a_revocation_list_the_form_waits(tmp_path: Path) -> None:
    folder = pki.trust_folder(tmp_path / "trust", authority(), issuer(), crls=False)
    code, told = check(tmp_path, documents(maker()), "--trust", folder)
    (signature,) = told["entries"][0]["signatures"]
    assert (code, signature["sub_indication"], signature["trusted"]) == (3, "TRY_LATER", None)


def test_a_signature_of_the_future_needs_a_person(tmp_path: Path, trust: Path) -> None:
    code, told = check(tmp_path, documents(maker(), How(time=f"{NOW + YEAR / 2:%Y-%m-%dT%H:%M:%SZ}")), "--trust", trust)
    assert (code, told["entries"][0]["signatures"][0]["indication"]) == (3, "INDETERMINATE")


def test_an_unsigned_submission_costs_no_cryptography(tmp_path: Path) -> None:
    """The libraries take longer to load than everything else that a check does; lxml is openpyxl's own choice."""
    (tmp_path / FORM).write_bytes(documents(None)[FORM])
    program = (
        "import sys\nfrom intake.extract.document import read_document\n"
        "content = open(sys.argv[1], 'rb').read()\nassert read_document('form.xlsx', content).entry\n"
        "heavy = {'cryptography', 'asn1crypto', 'pyhanko', 'pyhanko_certvalidator'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    words = [sys.executable, "-c", program, str(tmp_path / FORM)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment(), timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("trusted", "code"), [(True, 3), (False, 1)])
def test_a_well_signed_mail_around_an_unsigned_form_is_for_a_person(
    tmp_path: Path, trust: Path, *, trusted: bool, code: int
) -> None:
    from signatures import smime  # noqa: PLC0415  # beside its only use

    raw = smime.posted(smime.sign(smime.entity(*documents(None).items()), maker()))
    (tmp_path / "sent.eml").write_bytes(raw)
    words: list[str | Path] = ["--trust", trust] if trusted else []
    done = cpl_intake("check", tmp_path / "sent.eml", "--format", "json", "--at", LATER, *words)
    told = done.json
    (signature,) = told["message"]["signatures"]
    assert signature["indication"] == ("TOTAL-PASSED" if trusted else "INDETERMINATE"), signature
    assert signature["signer"]["organisation"] == MAKER
    assert ruling(told, "signature.required") == ("undetermined" if trusted else "fail")
    assert done.code == code
