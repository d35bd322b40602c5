"""What is found out about a sender is in the dossier, and decides nothing."""

from __future__ import annotations

import dataclasses
from threading import Event

import msgspec
from extract.mail.test_dkim_check import KEYS, signed
from helpers import a_submission, fetched
from peers.name_server import name_server

from intake.config import AuthenticationConfig
from intake.mailbox.dkim_keys import DkimKeys
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import Case
from intake.pipeline.case.case import case as gathered
from intake.pipeline.services import Services

STAMP = b"Authentication-Results: mx.example.test; spf=fail smtp.mailfrom=ashdown.example; dmarc=none\r\n"


def worked(services: Services, raw: bytes) -> Case:
    receive(services, fetched(raw))
    submission = work.claim_one(services)
    assert submission is not None
    work.work_on(services, submission, Event())
    return gathered(services, 1)


def found(case: Case) -> list[tuple[str, str, str]]:
    assert case.dossier is not None
    assert case.dossier.message is not None
    return [(check.method, check.result, check.by) for check in case.dossier.message.sender_checks]


def test_a_trusted_server_s_results_and_our_own_are_evidence_and_no_more(services: Services) -> None:
    trusting = AuthenticationConfig(trusted_servers=("mx.example.test",))
    config = msgspec.structs.replace(services.config, authentication=trusting)
    with name_server({name: record for name, record in KEYS.items() if record}) as server:
        checking = dataclasses.replace(services, config=config, dkim_keys=DkimKeys(servers=[server]))
        case = worked(checking, STAMP + signed(a_submission()))
    assert found(case) == [
        ("spf", "fail", "mx.example.test"),
        ("dmarc", "none", "mx.example.test"),
        ("dkim", "pass", ""),
    ]
    assert case.submission.outcome == "ready"


def test_nobody_is_asked_and_nobody_believed_by_default(services: Services) -> None:
    case = worked(services, STAMP + signed(a_submission()))
    assert found(case) == []
    assert case.submission.outcome == "ready"
