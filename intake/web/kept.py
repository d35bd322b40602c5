"""Carries a form over the end of its session: nothing is done, and nothing that was typed is lost.

Without a session there is nowhere on the server to keep what a stranger sends, so the sign-in page carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.web import csrf

_PREFIX = "kept."
_POSTED = "posted"
"""The field of the sign-in page that says that `next` is to be posted to, even with a form of no fields."""
_SECRET = "password"  # noqa: S105  # the word, not one
"""In the names of fields that no page ever shows again."""
_TYPED = {
    "letter": "Letter to the submitter",
    "reason": "Reason, for the record",
    "internal_reason": "Internal reason",
    "text": "Note",
    "note": "The version\N{RIGHT SINGLE QUOTATION MARK}s note",
}
"""Fields that people write, with their labels; the others are the page's own."""
_PUBLISHED = {"reason": "Reason, published with the list"}
"""Labels that differ where a change of the list is asked for, whose reason everybody reads."""
_CHANGE = "/list/change/new"
_SENDS = {
    "/decide/return": "sends the letter and returns the submission",
    "/decide/ask": "sends the question",
    "/decide/approve": "proposes the approval, or gives it",
    "/reply": "sends the reply and closes the submission",
}
"""What a form does that is posted to an address with this end, unless another button of it was pressed."""
_BUTTON, _MAIN_BUTTON = "do", "decide"


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field that the person had written in."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class KeptForm:
    """The fields of a form that came without a session."""

    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def carried(self) -> Mapping[str, str]:
        """The fields as the sign-in page carries them, apart from its own."""
        return {f"{_PREFIX}{name}": value for name, value in self.fields.items()}

    def typed(self, target: str) -> tuple[TypedField, ...]:
        """Give what the person wrote, to be seen and changed before it is sent again to the form's address."""
        labels = _TYPED | (_PUBLISHED if target.partition("?")[0] == _CHANGE else {})
        return tuple(
            TypedField(name, label, self.fields[name]) for name, label in labels.items() if name in self.fields
        )

    @property
    def hidden(self) -> Mapping[str, str]:
        """What the page itself had put into the form."""
        return {name: value for name, value in self.fields.items() if name not in _TYPED}


def going_on(target: str, kept: KeptForm) -> str:
    """Give what is done when a kept form is sent again; empty where no letter depends on it."""
    if kept.fields.get(_BUTTON, _MAIN_BUTTON) != _MAIN_BUTTON:
        return ""
    path = target.partition("?")[0]
    return next((does for end, does in _SENDS.items() if path.endswith(end)), "")


def from_form(form: Mapping[str, str]) -> KeptForm:
    """Keep a form's fields but its token, which belongs to the session that has ended, and passwords."""
    return KeptForm(
        {name: value for name, value in form.items() if name != csrf.FIELD and _SECRET not in name.casefold()}
    )


def from_sign_in(form: Mapping[str, str]) -> KeptForm | None:
    """Find what the sign-in page carried; None where it was opened for its own sake."""
    fields = {name.removeprefix(_PREFIX): value for name, value in form.items() if name.startswith(_PREFIX)}
    return KeptForm(fields) if fields or form.get(_POSTED) else None
