"""``check`` as its user sees it: exit codes, the JSON object to the letter, and text that helps."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from helpers import FRIDAY, a_submission, mail
from programs import Done, cpl_intake

from intake.demo import products
from intake.demo.samples import submission
from rules.catalogue import all_rules

AT = ("--at", "2026-11-20T12:00:00Z")


def written(folder: Path, documents: dict[str, bytes]) -> list[Path]:
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in documents]


def good(folder: Path, device_type: str = products.SINGLE, **changes: str) -> list[Path]:
    values = products.faultless_form(device_type, on=FRIDAY.date())
    return written(folder, submission({**values, **changes}))


def check(*words: str | Path) -> Done:
    return cpl_intake("check", *words, "--format", "json", *AT)


def test_a_faultless_submission_is_ready(tmp_path: Path) -> None:
    done = check(*good(tmp_path))
    assert (done.code, done.err) == (0, "")
    told = done.json
    assert told["outcome"] == "ready"
    assert told["message"] is None
    assert told["judged_at"] == "2026-11-20T12:00:00+00:00"
    (entry,) = told["entries"]
    assert (entry["document"], entry["profile"], entry["outcome"]) == ("CPL New Entry.xlsx", "2022-09", "ready")


def test_the_object_has_the_fixed_names_and_no_others(tmp_path: Path) -> None:
    lower = check(*good(tmp_path, **{"Device_Model.firmware_version": "01:02:05:0a"})).json
    assert set(lower) == {"tool", "rulebook", "judged_at", "message", "documents", "entries", "outcome"}
    assert set(lower["tool"]) == {"name", "version"}
    assert set(lower["rulebook"]) == {"edition", "digest"}
    for document in lower["documents"]:
        assert set(document) == {"name", "sha256", "kind", "read_by", "facts", "signatures"}
        assert all(set(fact) == {"value", "where"} for fact in document["facts"].values())
    (entry,) = lower["entries"]
    assert set(entry) == {"document", "profile", "new_entry", "signatures", "rulings", "outcome"}
    assert entry["new_entry"]["Device_Model.firmware_version"] == {
        "value": "01:02:05:0a",
        "where": "CPL New Entry.xlsx, CPL - New Entry!G14",
    }
    assert [ruling["rule"] for ruling in entry["rulings"]] == [rule.id for rule in all_rules()]
    for ruling in entry["rulings"]:
        assert set(ruling) == {"rule", "title", "citation", "verdict", "severity", "findings"}
        for finding in ruling["findings"]:
            assert set(finding) == {"field", "where", "said", "expected", "message", "remedy"}


def findings(told: Any, field: str) -> list[dict[str, Any]]:  # noqa: ANN401  # JSON
    rulings = [ruling for entry in told["entries"] for ruling in entry["rulings"] if ruling["verdict"] == "fail"]
    return [finding for ruling in rulings for finding in ruling["findings"] if finding["field"] == field]


def test_lower_case_hex_is_returned_with_the_upper_case_text_as_suggestion(tmp_path: Path) -> None:
    done = check(*good(tmp_path, **{"Device_Model.firmware_version": "01:02:05:0a"}))
    assert done.code == 1
    actual = findings(done.json, "Device_Model.firmware_version")
    assert actual[0]["said"] == "01:02:05:0a"
    assert "01:02:05:0A" in actual[0]["remedy"]


@pytest.mark.parametrize(
    ("missing", "code"),
    [("ZigBee certificate.pdf", 1), ("CPA certificate.pdf", 1), ("DLMS certificate.pdf", 1), ("CPL New Entry.xlsx", 3)],
)
def test_a_missing_document_is_found(tmp_path: Path, missing: str, code: int) -> None:
    assert check(*[path for path in good(tmp_path) if path.name != missing]).code == code


def test_one_unreadable_document_beside_readable_ones_is_a_finding(tmp_path: Path) -> None:
    paths = good(tmp_path)
    (tmp_path / "CPA certificate.pdf").write_bytes(b"%PDF-1.7 cut")
    done = check(*paths)
    assert done.code == 3
    assert {document["name"]: document["kind"] for document in done.json["documents"]}[
        "CPA certificate.pdf"
    ] == "unreadable"


@pytest.mark.parametrize("name", ["form.xlsx", "certificate.pdf", "message.eml"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00"])
def test_where_nothing_at_all_can_be_read_it_says_so_by_its_exit_code(
    tmp_path: Path, name: str, content: bytes
) -> None:
    done = check(*written(tmp_path, {name: content}))
    assert done.code == 4
    assert done.json["outcome"] == "needs_a_person"


def test_a_whole_message_is_judged_with_its_mail(tmp_path: Path) -> None:
    raw = a_submission(products.GAS)
    done = check(*written(tmp_path, {"mail.eml": raw}))
    assert done.code == 0
    assert done.json["message"] == {
        "kind": "submission",
        "subject": "CPL submission",
        "from": "Robin Hale <robin@ashdown.example>",
        "automatic": False,
        "signatures": [],
    }
    digests = {document["name"]: document["sha256"] for document in done.json["documents"]}
    form = submission(products.faultless_form(products.GAS, on=FRIDAY.date()))["CPL New Entry.xlsx"]
    assert digests["CPL New Entry.xlsx"] == hashlib.sha256(form).hexdigest()


def test_mail_that_is_no_submission_has_no_entries(tmp_path: Path) -> None:
    done = check(*written(tmp_path, {"mail.eml": mail("Lunch on Friday", body="At one?\n")}))
    assert (done.code, done.json["outcome"], done.json["entries"]) == (3, "not_a_submission", [])


def test_several_workbooks_are_several_entries_that_share_the_certificates(tmp_path: Path) -> None:
    values = products.faultless_form(products.PPMID, on=FRIDAY.date())
    documents = submission(values)
    second = {**values, "GBCS Version.version_number": "GBCS Version 9.9"}
    documents["Second.xlsx"] = submission(second)["CPL New Entry.xlsx"]
    told = check(*written(tmp_path, documents)).json
    assert [(entry["document"], entry["outcome"]) for entry in told["entries"]] == [
        ("CPL New Entry.xlsx", "ready"),
        ("Second.xlsx", "return"),
    ]
    assert told["outcome"] == "return"


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    paths = good(tmp_path)
    first, last = check(*paths).json, check(*reversed(paths)).json
    assert first["entries"] == last["entries"]


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    good(tmp_path)
    assert check(tmp_path).code == 0


@pytest.mark.parametrize(
    ("at", "code"),
    [("2029-08-29", 0), ("2029-08-30T23:59", 0), ("2029-08-31", 1), ("2023-08-29", 1)],
)
def test_it_judges_at_the_moment_it_is_told(tmp_path: Path, at: str, code: int) -> None:
    assert cpl_intake("check", *good(tmp_path), "--at", at).code == code


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nowhere.xlsx"],
        ["--at", "yesterday", "."],
        ["--format", "xml", "."],
        ["a.eml", "b.eml"],
    ],
)
def test_wrong_usage_is_code_2_and_a_sentence(tmp_path: Path, words: list[str]) -> None:
    written(tmp_path, {"a.eml": mail(), "b.eml": mail()})
    done = cpl_intake("check", *words, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_the_text_says_what_where_why_and_what_to_do(tmp_path: Path) -> None:
    changes = {"Device_Model.firmware_version": "01:02:05:0a", "CPA_Certificate.expiry_date": "31/02/2029"}
    done = cpl_intake("check", *good(tmp_path, **changes), *AT)
    assert done.code == 1
    for said in (
        "Nothing has left this computer.",
        "RETURN",
        "Device_Model.firmware_version",
        "CPL - New Entry!G14",
        "31/02/2029",
        "01:02:05:0A",
        "guidance appendix A 2.7",
        "SECAS would return this submission.",
    ):
        assert said in done.out
    assert max(map(len, done.out.splitlines())) <= 120
    assert "\x1b" not in done.out


def test_hostile_text_reaches_the_terminal_harmless(tmp_path: Path) -> None:
    done = cpl_intake("check", *good(tmp_path, **{"Device_Type.name": "\u202eevil \u009b31m"}), *AT)
    assert done.code == 1
    assert "\u202e" not in done.out
    assert "\u009b" not in done.out


def test_a_folder_of_trust_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = check(*good(tmp_path), "--trust", tmp_path / "nowhere")
    assert (done.code, done.json["outcome"]) == (0, "ready")
    assert "there is no folder" in done.err
