"""What the page alone has names for, states and letters among them, and in which colour anything is shown.

What reports and letters speak of too is named in `intake.render.words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from markupsafe import Markup, escape

from intake.domain.review import Action
from intake.domain.submission import State
from intake.render.words import CERTIFICATES, DOCUMENTS, KINDS, OUTCOMES, READ_BY, SEVERITIES, VERDICTS, sentence
from rules.finding import Outcome, Severity, Verdict

__all__ = [  # what templates call by name
    "ACTIONS", "CERTIFICATES", "DOCUMENTS", "KINDS", "LETTERS", "LETTER_STATES", "NOTICES", "OUTCOMES", "READ_BY",
    "ROLES", "SEVERITIES", "STATES", "VERDICTS", "address", "breakable", "colour", "plural", "submitter", "word",
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
    "auditor": "auditor, reads only",
    "admin": "administrator, reads only",
}

NOTICES: Mapping[str, str] = {
    "claimed": "You have claimed this submission. Others see that you are working on it.",
    "released": "You have released this submission.",
    "retried": "The submission is being checked again. This page shows what comes of it.",
    "judged-again": "The submission is being judged again. This page shows what comes of it.",
    "confirmed": "Remembered. The submission is being judged again; this page shows what comes of it.",
    "returned": "Returned to the submitter. The letter is on its way.",
    "asked": "Your question is on its way to the submitter.",
    "proposed": "You have proposed approval. Another person must now confirm it.",
    "withdrawn": "You have withdrawn your proposal. The submission is in review again, and no letter was written.",
    "approved": "Approved. The letter is on its way, and the publication clock runs.",
    "letter-sent": "The letter is on its way.",
    "letter-dropped": "The letter will not be sent.",
    "letters-sent": "The letters that were held for this reason are on their way.",
}

ACTIONS: Mapping[Action, str] = {
    Action.APPROVE: "Approve",
    Action.RETURN: "Return to the submitter",
    Action.ASK: "Ask the submitter a question",
}


def word(value: str, table: Mapping[Any, str | tuple[str, str]]) -> str:
    """What a value is called at the head of a line; its own name made readable where the table has none."""
    label = table.get(value)
    if label is None:
        return sentence(value.replace("_", " ").replace("-", " "))
    return sentence(label if isinstance(label, str) else label[0])


def colour(value: str, table: Mapping[Any, str | tuple[str, str]]) -> str:
    """Give the CSS class of a tag's colour; blue has none."""
    known = table.get(value, "")
    name = known[1] if isinstance(known, tuple) else COLOURS.get(value, "grey")
    return "" if name == "blue" else f"govuk-tag--{name}"


def address(sender: str) -> str:
    """The bare address of a sender; empty where there is none."""
    bare_address = parseaddr(sender)[1]
    return bare_address if "@" in bare_address else ""


def submitter(sender: str) -> str:
    """Shorten a sender to name and domain, as a name alone proves nothing."""
    name, bare = parseaddr(sender)[0], address(sender)
    if not bare:
        return sender or "(no sender)"
    return f"{name}, {bare.rpartition('@')[2]}" if name else bare


def breakable(text: object) -> Markup:
    """Allow line breaks after dots and underscores of field names."""
    return Markup(re.sub(r"(?<=[._])(?=\w)", "<wbr>", str(escape(text))))  # noqa: S704  # escaped just here


def plural(count: int, singular: str, many: str = "") -> str:
    """``1 finding``, ``2 findings``."""
    return f"{count} {singular if count == 1 else many or singular + 's'}"
