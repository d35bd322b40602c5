"""What the page alone has names for, states and letters among them, and in which colour anything is shown.

What reports and letters speak of too is named in `intake.render.words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup, escape

from intake.domain.review import Action, Written
from intake.domain.search_facts import FactKind
from intake.domain.submission import State
from intake.render.words import (
    CERTIFICATES,
    DOCUMENTS,
    KINDS,
    OUTCOMES,
    READ_BY,
    SEVERITIES,
    VERDICTS,
    sentence,
    within,
)
from intake.store.narrowing import NOBODY
from intake.store.selection import Order
from rules.finding import Outcome, Severity, Verdict
from rules.profile import profiles
from rules.reference import reference

__all__ = [  # what templates call by name
    "ACCOUNT_NOTICES",
    "ACTIONS",
    "CERTIFICATES",
    "DOCUMENTS",
    "FACTS",
    "KINDS",
    "LETTERS",
    "LETTER_STATES",
    "NOTICES",
    "ORDERS",
    "OUTCOMES",
    "READ_BY",
    "RESOLUTIONS",
    "ROLES",
    "SEVERITIES",
    "STATES",
    "VERDICTS",
    "address",
    "breakable",
    "cause",
    "choices",
    "colour",
    "devices",
    "named",
    "plural",
    "sentence",
    "submitter",
    "within",
    "word",
]  # fmt: skip

STATES: Mapping[str, tuple[str, str]] = {
    State.RECEIVED: ("Being read", "grey"),
    State.EXTRACTED: ("Being checked", "grey"),
    State.IN_REVIEW: ("In review", "blue"),
    State.QUARANTINED: ("Could not be processed", "red"),
    State.FILED: ("Filed", "grey"),
    State.PROPOSED: ("Approval proposed", "purple"),
    State.APPROVED: ("Approved", "green"),
    State.RETURNED: ("Returned", "orange"),
    State.ASKED: ("Waiting on submitter", "yellow"),
    State.CLOSED: ("Closed", "grey"),
}

COLOURS: Mapping[str, str] = {
    Outcome.READY: "green",
    Outcome.RETURN: "red",
    Outcome.NEEDS_A_PERSON: "yellow",
    Outcome.NOT_A_SUBMISSION: "grey",
    Severity.QUERY: "orange",
    Severity.NOTE: "blue",
    Verdict.PASS: "green",
    Verdict.FAIL: "red",
    Verdict.NOT_APPLICABLE: "grey",
    Verdict.NOT_IN_FORCE: "grey",
    Verdict.UNDETERMINED: "yellow",
}
"""Of what is called alike in every report; an outcome and a severity of one name have one colour."""

LETTERS: Mapping[str, str] = {
    "acknowledgement": "Acknowledgement",
    "ack": "Acknowledgement",
    "return": "Return",
    "ask": "Question",
    "approve": "Approval",
    "reply": "Reply",
    "expiry": "Notice about a certificate",
    "list-dcc": "Letter to the DCC",
    "list-parties": "Letter to all SEC Parties",
}

LETTER_STATES: Mapping[str, tuple[str, str]] = {
    "queued": ("On its way", "blue"),
    "held": ("Held for a person", "yellow"),
    "withheld": ("Withheld", "grey"),
    "sent": ("Sent", "green"),
    "refused": ("Refused", "red"),
    "bounced": ("Came back", "red"),
    "dropped": ("Dropped", "grey"),
    "not_owed": ("Not owed", "grey"),
}

ROLES: Mapping[str, str] = {
    "analyst": "analyst",
    "approver": "approver",
    "auditor": "auditor, reads only",
    "ssc": "SSC",
    "admin": "administrator",
}

NOTICES: Mapping[str, str] = {
    "claimed": "You have claimed this submission. Others see that you are working on it.",
    "released": "You have released this submission.",
    "retried": "The submission is being checked again. This page shows what comes of it.",
    "judged-again": "The submission is being judged again. This page shows what comes of it.",
    "confirmed": "Remembered. The submission is being judged again; this page shows what comes of it.",
    "returned": "Returned to the submitter. The letter is on its way.",
    "disposal-proposed": "Proposed. Another person must agree to it; nothing has gone yet.",
    "disposal-agreed": "Agreed. The program disposes of them within the hour.",
    "disposal-refused": "Refused. Nothing has gone.",
    "day-closed": "Closed. Deadlines that are computed from now on leave it out.",
    "day-reopened": "It is a working day again. Deadlines that are computed from now on count it.",
    "hold-placed": "Held. What it names cannot be disposed of.",
    "lift-proposed": "Proposed. It holds until another person agrees to lift it.",
    "hold-lifted": "The hold is lifted.",
    "hold-kept": "The hold stays.",
    "asked": "Your question is on its way to the submitter.",
    "proposed": "You have proposed approval. Another person must now confirm it.",
    "assigned": "Assigned. They see it under Mine.",
    "taken-over": "You have taken this over, and your draft is kept.",
    "draft-saved": "Your draft is saved. Nothing has been sent.",
    "draft-kept": "Nothing was decided. Your draft is kept; you find it here again.",
    "noted": "Your note is written.",
    "noted-nobody": "Your note is written, and shows who was told. Another name after @ is nobody here.",
    "sent-back": "Sent back to whoever proposed it, who sees your comment.",
    "withdrawn": "You have withdrawn your proposal. The submission is in review again, and no letter was written.",
    "approved": "Approved. The letter is on its way, and the publication clock runs.",
    "accepted": "Accepted with evidence, and kept on record. The letters leave the point out.",
    "overruled": "Overruled, and kept on record. The letters leave the point out.",
    "corrected": "Corrected, and judged again by every rule. The original is kept beside the correction.",
    "resolution-withdrawn": "Taken back; it stays on record.",
    "closed": "Closed. Nobody was written to.",
    "replied": "Closed. Your reply is on its way.",
    "replied-afterwards": "Your reply is on its way. What was decided stays.",
    "marked": "Remembered. It is being read and judged again; this page shows what comes of it.",
    "marked-other": "Remembered as other mail. No letter follows from that.",
    "joined": "It is looked at on this case from now on.",
    "split-off": "It is a case of its own now. Where it is to be read and judged, this page shows what comes of it.",
    "reopened": "Reopened. What has no report is read first; this page shows what comes of it.",
    "handed-over": "The administrator finds it in the view “With the administrator”.",
    "taken-back": "You have taken it back from the administrator.",
    "handed-back": "Handed back, with what you said. Whoever handed it to you is told.",
    "failure-retried": "It is being read and checked again. If that fails, it is listed here again.",
    "letter-sent": "The letter is on its way.",
    "letter-dropped": "The letter will not be sent.",
    "notice-sent": "The notice is on its way.",
    "notice-set-aside": "Set aside, with your reason. Nobody is written to about it.",
    "contact-kept": "The contact is kept. Notices that are due go to it from now on.",
    "view-saved": "You have saved this view.",
    "view-removed": "You have deleted the view.",
    "letters-sent": "The letters that were held for this reason are on their way.",
    "list-proposed": "You have asked for this change. Another person must now agree to it.",
    "list-changed": "The list is changed. The next version publishes it.",
    "list-agreed": "The list is changed as it was asked for. The next version publishes it.",
    "list-refused": "Nothing was changed. The reason is kept with what was asked for.",
    "list-prepared": "All files are made. Another person may now release the version.",
    "list-withdrawn": "Given up. What it would have published goes on waiting, and its number is free.",
    "list-released": "Released. This is the list now; the letters about it wait for a person to let them go.",
    "list-attached": "The signature is attached.",
    "list-loaded": "Recorded: the DCC has loaded it. A letter that says so waits for a person to let it go.",
    "list-rejected": "Recorded: the DCC has rejected it. Now the entry is to be corrected, and a rule proposed.",
    "loader-proposed": "You have asked for this. Another person must now agree to it.",
    "loader-agreed": "Agreed. The next pre-flight goes by it.",
    "loader-refused": "Nothing was changed. The reason is kept with what was asked for.",
}

ACCOUNT_NOTICES: Mapping[str, str] = {
    "password": "Your password is changed. You are signed out everywhere else.",
    "role": "The role is changed. They have to sign in again.",
    "disabled": "Shut out, and signed out of everything. What they did stays under their name.",
    "enabled": "They may sign in again.",
    "sessions": "Signed out there.",
}

FACTS: Mapping[FactKind, str] = {
    FactKind.SENDER: "sender",
    FactKind.DOMAIN: "domain",
    FactKind.SUBJECT: "subject",
    FactKind.DIGEST: "raw message",
    FactKind.DEVICE: "device",
    FactKind.MANUFACTURER: "manufacturer",
    FactKind.MODEL: "model",
    FactKind.HARDWARE: "hardware",
    FactKind.FIRMWARE: "firmware",
    FactKind.CERTIFICATE: "certificate",
    FactKind.IMAGE: "image hash",
    FactKind.DOCUMENT: "file",
    FactKind.DECIDED: "decided by",
}
"""By what a search has found a submission."""

ORDERS: Mapping[Order, str] = {
    Order.OLDEST: "Oldest first",
    Order.NEWEST: "Newest first",
    Order.DEADLINE: "By deadline",
}

ACTIONS: Mapping[Action, str] = {
    Action.APPROVE: "Approve",
    Action.RETURN: "Return to the submitter",
    Action.ASK: "Ask the submitter a question",
}

WRITTEN: Mapping[Written, str] = {
    **{Written(action): text for action, text in ACTIONS.items()},
    Written.REPLY: "Reply",
    Written.POINT: "Settle a point",
}


RESOLUTIONS: Mapping[str, str] = {
    "accepted": "accepted with evidence",
    "overruled": "overruled",
    "corrected": "corrected",
}

_FAULT = "a fault in our program, which the administrator is shown"
_AS_THE_PROGRAM_MET_IT = re.compile(r"[A-Za-z_][\w.]*:")


def cause(error: str | None, *, technical: bool) -> str:
    """Tell why a step failed: in its own words where those are a sentence, or for who looks after the program."""
    if not error:
        return "no cause was recorded"
    return error if technical or not _AS_THE_PROGRAM_MET_IT.match(error) else _FAULT


def word(value: str, table: Mapping[Any, str | tuple[str, str]]) -> str:
    """Give what a value is called at the head of a line; its own name made readable where the table has none."""
    label = table.get(value)
    if label is None:
        return sentence(value.replace("_", " ").replace("-", " "))
    return sentence(label if isinstance(label, str) else label[0])


def choices(table: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Give every value of a table as a form offers it."""
    return [(str(value), sentence(text)) for value, text in table.items()]


def devices() -> list[tuple[str, str]]:
    """Give every device type that the form knows."""
    return [(device, device) for device in reference().device_types]


def named(people: Iterable[str], chosen: str) -> list[tuple[str, str]]:
    """List people to choose from, the one that was chosen too, known or not."""
    others = {chosen} - {"", NOBODY}
    return [(name, name) for name in sorted({*people, *others})]


def colour(value: str, table: Mapping[Any, str | tuple[str, str]]) -> str:
    """Give the CSS class of a tag's colour; blue has none."""
    entry = table.get(value, "")
    name = entry[1] if isinstance(entry, tuple) else COLOURS.get(value, "grey")
    return "" if name == "blue" else f"govuk-tag--{name}"


def address(sender: str) -> str:
    """Give the bare address of a sender; empty where there is none."""
    bare_address = parseaddr(sender)[1]
    return bare_address if "@" in bare_address else ""


@lru_cache(maxsize=4096)
def submitter(sender: str) -> str:
    """Shorten a sender to name and domain, as a name alone proves nothing."""
    name, bare = parseaddr(sender)[0], address(sender)
    if not bare:
        return sender or "(no sender)"
    return f"{name}, {bare.rpartition('@')[2]}" if name else bare


@lru_cache(maxsize=1024)
def cut(text: str, otherwise: str = "\N{EN DASH}") -> Markup:
    """Give a piece of a line that ends where its cell does; a pointer shows the whole of it."""
    shown = escape(text or otherwise)
    title = f' title="{shown}"' if text else ""
    return Markup(f'<span class="cpl-cut"{title}>{shown}</span>')  # noqa: S704  # escaped just here


@lru_cache(maxsize=1024)
def told(text: str) -> Markup:
    """Shorten a sentence by the group of the field that it begins with; a pointer shows the whole of it."""
    group, dot, rest = text.partition(".")
    brief = rest if dot and rest[:1].strip() and group in _groups() else text
    shown = breakable(brief)
    return Markup(f'<span class="cpl-cut cpl-cut--two" title="{escape(text)}">{shown}</span>')  # noqa: S704  # both escaped


@cache
def _groups() -> frozenset[str]:
    """The form's data groups, of every edition: ``Device_Model``."""
    return frozenset(field.group for profile in profiles() for field in profile.fields)


def breakable(text: object) -> Markup:
    """Allow line breaks after dots and underscores of field names."""
    return Markup(re.sub(r"(?<=[._])(?=\w)", "<wbr>", str(escape(text))))  # noqa: S704  # escaped just here


def plural(count: int, singular: str, many: str = "") -> str:
    """Write ``1 finding``, ``2 findings``."""
    return f"{count} {singular if count == 1 else many or singular + 's'}"
