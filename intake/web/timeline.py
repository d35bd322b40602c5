"""Events in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.store.events import PROGRAM, Event
from intake.web import words

_SENTENCES: Mapping[str, str] = {
    "received": "Received in the mailbox “{mailbox}” ({size:,} octets)",
    "sighted_again": "Seen again in the mailbox “{mailbox}”",
    "obtained_again": "Obtained a second time, written differently by the mail server: {raw_sha256}",
    "acknowledgement_queued": "Acknowledgement written",
    "acknowledgement_held": "Acknowledgement held: {reason}",
    "acknowledgement_withheld": "Acknowledgement withheld: {reason}",
    "extracted": "Read; documents: {documents}, entries: {entries}",
    "reader_ended": "The process that read it was ended before it was done (times: {times}). {why}",
    "report_matched": "Reports on our letter {message_id}: {fate}",
    "report_on_no_letter_of_ours": "Reports on a letter that is not one of ours: {fate}",
    "examined": "Examined under rulebook {rulebook}: {outcome}",
    "review_opened": "Put before a person",
    "linked": "Sent again after {earlier}",
    "resubmitted": "Sent again as {later}",
    "joined_case": "Answers {case}, and is looked at there",
    "case_answered": "Answered by {by}",
    "case_seen": "New messages looked at, as far as {newest}",
    "question_answered": "Back in review: {by} answers the question",
    "proposal_suspended": "Proposal of approval suspended: {by} has come in since",
    "acknowledgement_not_owed": "No acknowledgement of its own: it answers {case}",
    "claimed": "Claimed",
    "unclaimed": "Released",
    "approval_proposed": "Approval proposed",
    "proposal_withdrawn": "Proposal of approval withdrawn",
    "approved": "Approved",
    "returned": "Returned to the submitter",
    "asked": "Question asked",
    "retried": "Sent to be examined anew",
    "judged_again": "Sent to be judged again, with what is known of signatures now",
    "name_confirmed": "Confirmed that “{creator}” and “{organisation}” are one organisation",
    "step_postponed": "A step was postponed: {error}",
    "step_failed": "The step “{step}” failed (attempt {attempt}): {error}",
    "quarantined": "Set aside for a person: the step “{step}” failed {attempts} times",
    "letter_sent": "Letter sent: {kind}",
    "letter_refused": "Letter refused by the mail server ({kind}): {error}",
    "letter_postponed": "Letter not sent yet ({kind}): {error}",
    "letter_held": "Letter held ({kind}): {error}",
    "letter_bounced": "Letter came back undelivered ({kind}); {report} reports: {error}",
    "letter_delayed": "Letter not delivered yet ({kind}), still being tried; {report} reports: {error}",
    "letter_delivered": "Letter delivered ({kind}), reports {report}",
    "letter_relayed": "Letter passed on to a mail system that reports nothing ({kind}), says {report}",
    "letter_expanded": "Letter passed on to several recipients ({kind}), says {report}",
    "letter_released": "Held letter released: {kind}",
    "letter_dropped": "Held letter dropped: {kind}",
}
_SHOWN_APART = frozenset({"letter", "reason"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a person reads it."""

    at: datetime
    actor: str
    text: str
    reason: str
    """What the person who acted gave as the reason; empty otherwise."""


def happening(event: Event) -> Happening:
    """An event in words; one that has none yet, by its own name with its details."""
    detail = {**event.detail}
    if "outcome" in detail:
        detail["outcome"] = words.word(str(detail["outcome"]), words.OUTCOMES).lower()
    if "kind" in detail:
        detail["kind"] = words.word(str(detail["kind"]), words.LETTERS).lower()
    by_a_person = event.actor != PROGRAM
    return Happening(
        at=event.at,
        actor=event.actor if by_a_person else "",
        text=_text(event.name, detail),
        reason=str(detail.get("reason") or "") if by_a_person else "",
    )


def _text(name: str, detail: Mapping[str, object]) -> str:
    sentence = _SENTENCES.get(name)
    if sentence is not None:
        try:
            return sentence.format_map(detail)
        except (KeyError, ValueError, TypeError):
            pass  # an older release wrote other details
    rest = ", ".join(f"{key} {value}" for key, value in detail.items() if key not in _SHOWN_APART and value is not None)
    name = name.replace("_", " ").capitalize()
    return f"{name} ({rest})" if rest else name
