"""Whether mail to the check mailbox is answered: here a doubt is a no."""

from __future__ import annotations

import pytest

from intake.domain.check_mail import LEFT, Proof, Refusal, answers_ours, refusal
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.letter import message_id
from rules.sender_facts import SenderCheck

OURS = ("check@list.example",)
FROM = "From: Jane <jane@Maker.example>"
OUR_ID = message_id("check", "0" * 64, "list.example")


def mail(*lines: str, body: str = "") -> Envelope:
    return read_envelope("\r\n".join([*lines, "", body]).encode())


def dmarc(result: str = "pass", about: str = "maker.example", method: str = "dmarc") -> SenderCheck:
    return SenderCheck(method, result, "mx.list.example", about, "")


@pytest.mark.parametrize(
    ("checks", "domains", "why"),
    [
        ([dmarc()], [], None),
        ([dmarc(about="MAKER.example")], [], None),
        ([dmarc(about="jane@maker.example")], [], None),
        ([dmarc(about="")], [], None),  # the server names no domain
        ([dmarc("none"), dmarc()], [], None),
        ([], ["maker.example"], None),
        ([], ["else.example", "MAKER.Example"], None),
        ([], [], Refusal.UNPROVEN),
        ([], ["example", "notmaker.example"], Refusal.UNPROVEN),
        ([dmarc("none")], [], Refusal.UNPROVEN),
        ([dmarc(method="spf")], [], Refusal.UNPROVEN),
        ([dmarc(about="else.example")], [], Refusal.UNPROVEN),
        ([dmarc(about="sub.maker.example")], [], Refusal.UNPROVEN),
        ([dmarc("fail")], ["maker.example"], Refusal.DOUBTFUL),  # our server says that it is not from there
    ],
)
def test_only_a_sender_who_is_proven_is_answered(
    checks: list[SenderCheck], domains: list[str], why: Refusal | None
) -> None:
    assert refusal(mail(FROM, "Subject: CPL submission"), OURS, Proof(checks, domains)) is why


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([FROM], None),
        ([FROM, "Auto-Submitted: auto-replied"], Refusal.AUTOMATIC),
        ([FROM, "List-Id: <news.maker.example>"], Refusal.AUTOMATIC),
        (["From: check@list.example"], Refusal.AUTOMATIC),
        (["From: Jane", "Subject: CPL"], Refusal.DOUBTFUL),  # nobody to answer
        ([FROM, "no header at all", "Subject: CPL"], Refusal.DOUBTFUL),
        ([FROM, "X-Spam-Flag: YES"], Refusal.DOUBTFUL),
        ([FROM, "Reply-To: check@list.example"], Refusal.DOUBTFUL),
        ([FROM, "From: John <john@maker.example>"], Refusal.DOUBTFUL),
    ],
)
def test_no_machine_and_nothing_doubtful_is_answered_however_well_proven(lines: list[str], why: Refusal | None) -> None:
    proof = Proof([dmarc(about="")], ["maker.example", "list.example", ""])
    assert refusal(mail(*lines), OURS, proof) is why


@pytest.mark.parametrize(
    ("lines", "body", "ours"),
    [
        (["Subject: CPL submission"], "", False),
        (["Subject: x", f"In-Reply-To: {OUR_ID}"], "", True),
        (["Subject: x", f"References: <a@maker.example> {OUR_ID} <b@maker.example>"], "", True),
        (["Subject: x", "In-Reply-To: <a@maker.example>"], "", False),
        (["Subject: Re: [cpl CHECK] your form"], "", True),
        (["Subject: CPL: check"], "", False),
        (["Subject: returned mail"], "Subject: y\r\nX-CPL-Intake: check\r\n", True),
        (["Subject: returned mail"], "it says X-CPL-Intake: check\r\n", False),
    ],
)
def test_mail_that_answers_one_of_our_letters_is_told(lines: list[str], body: str, ours: bool) -> None:
    assert answers_ours(mail(FROM, *lines, body=body), "[CPL check]") is ours


def test_what_a_person_may_have_written_is_left_where_it_lies() -> None:
    assert {why for why in Refusal if why not in LEFT} == {Refusal.AUTOMATIC, Refusal.ROBOT, Refusal.AGAIN}
