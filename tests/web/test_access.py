"""Whoever opens a case, looks at a document, takes one away or is refused does so on record."""

from __future__ import annotations

import hashlib

from dossiers import GAS, a_dossier, a_form
from web.world import World

from intake.domain.review import Role
from intake.pipeline.evidence.verification.finding import Kind
from intake.pipeline.evidence.verify import verify
from intake.store import events

HERE = "/submissions/CPL-000001"


def told(world: World) -> list[tuple[str, str, int | None, dict[str, object]]]:
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        every = [(event.name, event.actor, event.message, dict(event.detail)) for event in events.chain(tx)]
    return [each for each in every if each[1] == "Rita" and each[0] != "signed_in"]


def test_what_is_restricted_is_seen_by_nobody_unseen(world: World) -> None:
    raw = world.submission(world.judged()).raw_sha256
    rita = world.signed_in("Rita", Role.AUDITOR)
    for _ in range(2):  # told once a session
        rita.get(HERE)
    rita.get(f"{HERE}/documents/{raw}")
    bag = rita.client.get(f"{HERE}/evidence.zip").content
    rita.get(f"{HERE}/decide/return", status=403)
    document = {"what": "CPL-000001.eml", "sha256": raw}
    assert told(world) == [
        ("case_opened", "Rita", 1, {}),
        ("downloaded", "Rita", 1, document),
        ("downloaded", "Rita", 1, {"what": "evidence bag", "sha256": hashlib.sha256(bag).hexdigest()}),
        (
            "access_refused",
            "Rita",
            None,
            {"method": "GET", "path": f"{HERE}/decide/return", "why": "Your role does not allow this."},
        ),
    ]


def test_what_was_looked_at_or_sent_is_no_evidence_that_must_be_kept(world: World) -> None:
    world.judged(a_dossier(a_form(GAS)))
    rita = world.signed_in("Rita", Role.AUDITOR)
    rita.client.get(f"{HERE}/evidence.zip")
    rita.get(f"{HERE}/evidence/1/Device_Model.firmware_version")
    rita.client.get("/statistics/arrivals.csv")
    assert {name for name, *_ in told(world)} >= {"downloaded", "document_viewed"}
    assert [finding.what for finding in verify(world.services).findings if finding.kind is Kind.EVIDENCE] == []


def test_documents_side_by_side_are_told_once_each(world: World) -> None:
    entry = a_form(GAS)
    world.judged(a_dossier(entry))
    rita = world.signed_in("Rita", Role.AUDITOR)
    for _ in range(2):
        rita.get(f"{HERE}/evidence/1/Device_Model.firmware_version")
    seen = [detail["what"] for name, _, _, detail in told(world) if name == "document_viewed"]
    assert seen
    assert len(seen) == len(set(seen))


def test_a_browser_that_reads_ahead_has_opened_nothing(world: World) -> None:
    world.judged()
    world.signed_in("Rita", Role.AUDITOR).client.get(HERE, headers={"Sec-Purpose": "prefetch"})
    assert told(world) == []


def test_who_looked_is_told_to_auditors_and_to_nobody_else_on_the_case(world: World) -> None:
    world.judged()
    ada, rita = world.signed_in("Ada"), world.signed_in("Rita", Role.AUDITOR)
    ada.get(HERE)
    opened = '<span class="cpl-any">Opened</span>'
    assert opened not in ada.get(HERE)
    assert "<b>Ada</b>, " in rita.get(HERE).partition(opened)[2]


def test_a_look_is_no_decision_in_the_evidence(world: World) -> None:
    world.judged()
    rita = world.signed_in("Rita", Role.AUDITOR)
    rita.get(HERE)
    assert b"case_opened" not in _decisions(rita.client.get(f"{HERE}/evidence.zip").content)


def _decisions(bag: bytes) -> bytes:
    import io  # noqa: PLC0415  # beside its only use
    import zipfile  # noqa: PLC0415  # likewise

    with zipfile.ZipFile(io.BytesIO(bag)) as files:
        return b"".join(files.read(name) for name in files.namelist() if "decisions" in name)
