"""Which Authentication-Results headers count, and what they say."""

from __future__ import annotations

import pytest

from intake.domain.authentication import dmarc_failed, sender_checks
from intake.domain.envelope import read_envelope
from rules.sender_facts import SenderCheck

OURS = ("mx.list.example", "protection.outlook.com")
GOOD = (
    "mx.list.example; spf=pass smtp.mailfrom=maker.example; dkim=pass header.d=maker.example; "
    "dmarc=pass header.from=maker.example"
)
BAD = "mx.list.example; dmarc=fail (p=NONE) header.from=maker.example"
M365 = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=maker.example; dkim=pass (signature was verified) "
    "header.d=maker.example;dmarc=pass action=none header.from=maker.example;compauth=pass reason=100"
)
EOP = "Received: from a by AM5EUR03FT0.mail.protection.outlook.com (10.0.0.1); Fri, 20 Nov 2026 12:00:00 +0000"
INSIDE = "Received: from b by DB9PR.eurprd01.prod.outlook.com; Fri, 20 Nov 2026 12:00:01 +0000"
ELSEWHERE = "Received: from x by mx.maker.example; Fri, 20 Nov 2026 11:59:00 +0000"


def checks(*headers: str, trusted: tuple[str, ...] = OURS) -> dict[str, str]:
    lines = "\r\n".join([*headers, "From: jane@maker.example", "", ""])
    actual = sender_checks(read_envelope(lines.encode()).authentication_results, trusted)
    return {check.method: check.result for check in actual}


def stamp(text: str) -> str:
    return f"Authentication-Results: {text}"


PASSES = {"spf": "pass", "dkim": "pass", "dmarc": "pass"}
CASES: dict[str, tuple[list[str], dict[str, str]]] = {
    "none at all": ([], {}),
    "a trusted server's": ([stamp(GOOD)], PASSES),
    "in capitals": ([stamp(GOOD.replace("mx.list", "MX.List"))], PASSES),
    "with a version": ([stamp(BAD.replace(";", " 1;", 1))], {"dmarc": "fail"}),
    "a comment before its name": ([stamp(f"(ours) {BAD}")], {"dmarc": "fail"}),
    "folded": ([stamp(BAD.replace("; ", ";\r\n\t"))], {"dmarc": "fail"}),
    "a stranger's": ([stamp(GOOD.replace("mx.list", "mx.evil"))], {}),
    "a stranger's above ours": ([stamp(GOOD.replace("mx.list", "mx.evil")), stamp(BAD)], {"dmarc": "fail"}),
    "a forged one below ours": ([stamp(BAD), ELSEWHERE, stamp(GOOD)], {"dmarc": "fail"}),
    "a stranger's right above our server's own": ([stamp(GOOD.replace("mx.list", "mx.evil")), EOP], {}),
    "our name as part of another": ([stamp(GOOD.replace("mx.list.example", "mx.list.example.evil.example"))], {}),
    "with methods that say nothing of the sender": (
        [stamp(f"{BAD}; iprev=pass policy.iprev=192.0.2.1; auth=pass")],
        {"dmarc": "fail"},
    ),
    "nothing was checked": ([stamp("mx.list.example; none")], {}),
    "no syntax at all": ([stamp("mx.list.example; ((((((")], {}),
    "nested for ever": ([stamp("mx.list.example; " + "(" * 3900)], {}),
    "Exchange Online's": ([INSIDE, stamp(M365), EOP], {**PASSES, "compauth": "pass"}),
    "nameless, above a stranger's server": ([stamp(M365), ELSEWHERE], {}),
    "nameless, with nothing below": ([stamp(M365)], {}),
    "nameless and forged below a real one": (
        [stamp(M365.replace("dmarc=pass", "dmarc=fail")), EOP, stamp(M365), EOP],
        {**PASSES, "dmarc": "fail", "compauth": "pass"},
    ),
    "nameless below a stranger's": ([stamp(GOOD.replace("mx.list", "mx.evil")), stamp(M365), EOP], {}),
}


@pytest.mark.parametrize("case", CASES)
def test_only_the_topmost_of_a_trusted_server_counts(case: str) -> None:
    headers, expected = CASES[case]
    assert checks(*headers) == expected


def test_where_no_server_is_trusted_nothing_counts() -> None:
    assert checks(stamp(GOOD), EOP, trusted=()) == {}


def test_a_check_says_who_found_it_what_it_is_about_and_what_it_rests_on() -> None:
    (sender_check,) = sender_checks(
        read_envelope(f"{stamp(BAD)}\r\nFrom: a@b.example\r\n\r\n".encode()).authentication_results, OURS
    )
    assert sender_check == SenderCheck("dmarc", "fail", "mx.list.example", "maker.example", BAD)


@pytest.mark.parametrize(
    ("found", "about"),
    [
        ("spf=pass smtp.mailfrom=jane@maker.example", "jane@maker.example"),
        ("spf=pass smtp.helo=mx.maker.example", "mx.maker.example"),
        ("spf=pass smtp.helo=mx.maker.example smtp.mailfrom=maker.example", "maker.example"),
        ("dkim=pass header.d=maker.example header.i=@post.maker.example", "maker.example"),
        ("dkim=pass header.i=@maker.example", "@maker.example"),
        ("dkim=pass", ""),
        ("compauth=pass reason=100", ""),
    ],
)
def test_a_check_names_whom_it_is_about_as_far_as_it_is_told(found: str, about: str) -> None:
    raw = f"{stamp(f'mx.list.example; {found}')}\r\nFrom: a@b.example\r\n\r\n"
    (sender_check,) = sender_checks(read_envelope(raw.encode()).authentication_results, OURS)
    assert sender_check.about == about


def test_of_very_many_results_some_are_read() -> None:
    many = "; ".join(f"dkim=pass header.d={at}.example" for at in range(30))
    raw = f"{stamp(f'mx.list.example; {many}')}\r\nFrom: a@b.example\r\n\r\n"
    assert len(sender_checks(read_envelope(raw.encode()).authentication_results, OURS)) == 20


@pytest.mark.parametrize(
    ("method", "result", "failed"), [("dmarc", "fail", True), ("dmarc", "pass", False), ("spf", "fail", False)]
)
def test_only_dmarc_can_fail(method: str, result: str, failed: bool) -> None:
    assert dmarc_failed([SenderCheck(method, result, "", "", "")]) is failed


@pytest.mark.parametrize(
    ("signature", "keys"),
    [
        ("v=1; a=rsa-sha256; d=Maker.example; s=sel; b=x", ("sel._domainkey.maker.example",)),
        ("v=1; d=maker.example;\r\n s=a.b; b=x", ("a.b._domainkey.maker.example",)),
        ("d=maker.example", ()),
        ("d=-; s=../../etc", ()),
        ("d=maker.example; s=" + "a" * 300, ()),
        ("(((", ()),
    ],
)
def test_the_names_of_dkim_keys_are_read_and_nothing_else(signature: str, keys: tuple[str, ...]) -> None:
    raw = f"DKIM-Signature: {signature}\r\nFrom: a@b.example\r\n\r\n"
    assert read_envelope(raw.encode()).dkim_keys == keys


def test_no_more_keys_are_asked_for_than_five() -> None:
    lines = "".join(f"DKIM-Signature: d=a.example; s=s{n}\r\n" for n in range(50))
    assert len(read_envelope(f"{lines}From: a@b.example\r\n\r\n".encode()).dkim_keys) == 5
