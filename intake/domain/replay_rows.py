"""What rows beside submissions must be by the ledger's events alone: people, holds, disposals, the list's own records.

What an earlier release did not write into its events stays unknown, and unknown is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intake.domain.replay import Columns

Detail = Mapping[str, object]
Key = str | int | tuple[str, str]
"""What a table's rows are told apart by."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the ledger keeps it."""

    seq: int
    message: int | None
    at: str
    """RFC 3339 text."""
    actor: str
    detail: Detail

    def text(self, name: str) -> str:
        """Give a value of the detail as text; empty where there is none."""
        value = self.detail.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Give a value of the detail as a number; 0 where there is none."""
        value = self.detail.get(name)
        return value if isinstance(value, int) else 0

    def texts(self, name: str) -> list[str]:
        """Give a value of the detail as a list of texts; empty where there is none."""
        value = self.detail.get(name)
        return [str(item) for item in value] if isinstance(value, list) else []


class Rows:
    """The rows of some tables, as events tell them one after the other."""

    __slots__ = ("_tables", "contacts_before")

    def __init__(self) -> None:
        """Begin before the first event."""
        self._tables: dict[str, dict[Key, Columns]] = {}
        self.contacts_before = False
        """Whether an earlier release, whose events have no digest of a contact, may have kept contacts."""

    def apply(self, name: str, happened: Happened) -> None:
        """Take in the next event; `name` is one of `TOLD_ROWS`."""
        TOLD_ROWS[name](self, happened)

    def of(self, table: str) -> dict[Key, Columns]:
        """Give the rows of a table, by their keys."""
        return self._tables.setdefault(table, {})

    def begin(self, table: str, key: Key, happened: Happened, **told: object) -> None:
        """Let an event make a row, in the place of any that was there."""
        self.of(table)[key] = Columns()
        self.change(table, key, happened, **told)

    def change(self, table: str, key: Key, happened: Happened, **told: object) -> None:
        """Let an event set columns of a row; of one that no event made, only these are known."""
        self.of(table).setdefault(key, Columns()).take(told, happened.seq)

    def forget(self, table: str, key: Key, *columns: str) -> None:
        """Let nothing be known of some columns any more."""
        for column in columns:
            self.of(table)[key].forget(column)


# ---- people


def _person_added(rows: Rows, it: Happened) -> None:
    name = it.text("person")
    if name not in rows.of("person"):
        rows.change("person", name, it, created_at=it.at)
    rows.change("person", name, it, role=it.text("role"), disabled_at=None, issuer=None, subject=None)
    _password(rows, it, temporary=int(bool(it.detail.get("temporary"))))


def _password(rows: Rows, it: Happened, *, temporary: int) -> None:
    """A password, where the event tells it by its digest."""
    name = it.text("person")
    if it.detail.get("hash_sha256") is None:
        rows.change("person", name, it)
        rows.forget("person", name, "password", "temporary")
    else:
        rows.change("person", name, it, password=it.text("hash_sha256"), temporary=temporary)


def _password_changed(rows: Rows, it: Happened) -> None:
    _password(rows, it, temporary=int(it.actor != it.text("person")))


def _role_changed(rows: Rows, it: Happened) -> None:
    rows.change("person", it.text("person"), it, role=it.text("role"))


def _person_disabled(rows: Rows, it: Happened) -> None:
    rows.change("person", it.text("person"), it, disabled_at=it.at)


def _person_enabled(rows: Rows, it: Happened) -> None:
    rows.change("person", it.text("person"), it, disabled_at=None)


def _person_bound(rows: Rows, it: Happened) -> None:
    bound = {"issuer": it.text("issuer"), "subject": it.text("subject")}
    rows.change("person", it.text("person"), it, **bound, password="", temporary=0)


# ---- days, holds, disposals


def _day_closed(rows: Rows, it: Happened) -> None:
    rows.begin("closed_day", it.text("day"), it, why=it.text("why"), closed_by=it.actor, closed_at=it.at)


def _day_reopened(rows: Rows, it: Happened) -> None:
    rows.of("closed_day").pop(it.text("day"), None)


_STANDS = {"lifted_by": None, "lifted_at": None, "lift_reason": None}
_NOT_ASKED = {"lift_proposed_by": None, "lift_proposed_at": None}


def _hold_placed(rows: Rows, it: Happened) -> None:
    told = {name: it.text(name) for name in ("scope", "value", "reason")}
    rows.begin("hold", it.number("hold"), it, **told, placed_by=it.actor, placed_at=it.at, **_STANDS, **_NOT_ASKED)


def _lift_proposed(rows: Rows, it: Happened) -> None:
    asked = {"lift_proposed_by": it.actor, "lift_proposed_at": it.at, "lift_reason": it.text("reason")}
    rows.change("hold", it.number("hold"), it, **asked)


def _lift_refused(rows: Rows, it: Happened) -> None:
    rows.change("hold", it.number("hold"), it, **_STANDS, **_NOT_ASKED)


def _hold_lifted(rows: Rows, it: Happened) -> None:
    lifted = {"lifted_by": it.actor, "lifted_at": it.at, "lift_reason": it.text("reason")}
    rows.change("hold", it.number("hold"), it, **lifted)


def _disposal_proposed(rows: Rows, it: Happened) -> None:
    asked = {"cases": it.texts("cases"), "reason": it.text("reason"), "proposed_by": it.actor, "proposed_at": it.at}
    rows.begin("disposal", it.number("disposal"), it, **asked, state="proposed", decided_by=None, decided_at=None)


def _disposal_decided(state: str) -> _Teller:
    def decided(rows: Rows, it: Happened) -> None:
        rows.change("disposal", it.number("disposal"), it, state=state, decided_by=it.actor, decided_at=it.at)

    return decided


# ---- the list


def _change_proposed(rows: Rows, it: Happened) -> None:
    asked = {"kind": it.text("kind"), "proposed_by": it.actor, "proposed_at": it.at, "message": None}
    rows.begin(
        "list_change", it.number("change"), it, **asked, state="proposed", decided_by=None, decided_at=None
    )  # fmt: skip
    _asked(rows, it)


def _asked(rows: Rows, it: Happened) -> None:
    """All that a change asks for, where the event tells it by its digest."""
    number = it.number("change")
    if it.text("asked_sha256"):
        rows.change("list_change", number, it, asked=it.text("asked_sha256"))
    else:
        rows.forget("list_change", number, "asked")


def _at_once(rows: Rows, it: Happened) -> None:
    """A change that is recorded when it is agreed on."""
    told: dict[str, object] = {"kind": it.text("kind"), "message": it.message, "proposed_at": it.at}
    if it.text("asked_by"):
        told["proposed_by"] = it.text("asked_by")
    rows.begin("list_change", it.number("change"), it, **told, decided_by=it.actor, decided_at=it.at)


def _change_waits(rows: Rows, it: Happened) -> None:
    _at_once(rows, it)
    rows.change("list_change", it.number("change"), it, state="waits for a list")
    _asked(rows, it)


def _change_approved(rows: Rows, it: Happened) -> None:
    number = it.number("change")
    before = rows.of("list_change").get(number)
    if before is None:
        _at_once(rows, it)
    elif before.values.get("state") == "proposed":
        rows.change("list_change", number, it, decided_by=it.actor, decided_at=it.at)
    rows.change("list_change", number, it, state="approved")
    _asked(rows, it)
    if it.detail.get("contacts") is not None:
        _contacts(rows, it)
    elif not it.text("asked_sha256"):
        rows.contacts_before = True


def _change_refused(rows: Rows, it: Happened) -> None:
    decided = {"state": "refused", "decided_by": it.actor, "decided_at": it.at}
    rows.change("list_change", it.number("change"), it, **decided)


def _contacts(rows: Rows, it: Happened) -> None:
    """Contacts of entries, each by its digest; what an earlier release entered is known of no more."""
    if it.detail.get("contacts") is None:
        rows.contacts_before = True
        for number in it.texts("entries") or [str(key) for key in rows.of("contact")]:
            rows.of("contact").pop(number, None)
    for told in it.texts("contacts"):
        number, _, digest = told.partition(" ")
        rows.begin("contact", number, it, digest=digest)


def _publication_prepared(rows: Rows, it: Happened) -> None:
    number = it.number("publication")
    told: dict[str, object] = {"version": it.text("version"), "digest": it.text("digest"), "held": it.texts("held")}
    if it.text("issued"):
        told |= {"issued": it.text("issued"), "note": it.text("note"), "up_to": it.number("up_to")}
    nobody = dict.fromkeys(("released_by", "released_at", "list_version", "answered_by", "answered_at", "answer"))
    prepared = {"prepared_by": it.actor, "prepared_at": it.at, "state": "prepared", "files": _files(it)}
    rows.begin("publication", number, it, **told, **nobody, **prepared)


def _files(it: Happened) -> dict[str, str]:
    return {name: sha256 for name, _, sha256 in (told.rpartition(" ") for told in it.texts("files"))}


def _signature_attached(rows: Rows, it: Happened) -> None:
    number = it.number("publication")
    before = rows.of("publication").setdefault(number, Columns()).values.get("files")
    if isinstance(before, dict):
        book = next((name for name in before if name.endswith((".xlsx", ".xlsm"))), "")
        rows.change("publication", number, it, files={**before, f"{book}.p7s": it.text("sha256")})


def _publication_withdrawn(rows: Rows, it: Happened) -> None:
    rows.change("publication", it.number("publication"), it, state="withdrawn")


def _publication_released(rows: Rows, it: Happened) -> None:
    released = {"released_by": it.actor, "released_at": it.at, "list_version": it.number("list_version")}
    rows.change("publication", it.number("publication"), it, **released, state="published", files=_files(it))


def _publication_loaded(rows: Rows, it: Happened) -> None:
    _answered(rows, it, "loaded", None)


def _publication_rejected(rows: Rows, it: Happened) -> None:
    _answered(rows, it, "rejected", f"entry {it.text('entry')}: {it.text('reason')}")


def _answered(rows: Rows, it: Happened, state: str, answer: str | None) -> None:
    answered = {"answered_by": it.actor, "answered_at": it.at, "answer": answer}
    rows.change("publication", it.number("publication"), it, **answered, state=state)


def _rule_proposed(rows: Rows, it: Happened) -> None:
    told = {name: it.text(name) for name in ("field", "kind", "value", "since", "reason", "entry")}
    by = {"proposed_by": it.actor, "proposed_at": it.at, "decided_by": None, "decided_at": None}
    replaced = {"until": it.text("until") or None, "replaces": it.number("replaces") or None}
    rows.begin("loader_rule", it.number("rule"), it, **told, **replaced, **by, state="proposed")


def _rule_agreed(rows: Rows, it: Happened) -> None:
    number = it.number("rule")
    rows.change("loader_rule", number, it, state="agreed", decided_by=it.actor, decided_at=it.at)
    before = rows.of("loader_rule")[number].values.get("replaces")
    if isinstance(before, int):
        rows.change("loader_rule", before, it, state="replaced")


def _rule_refused(rows: Rows, it: Happened) -> None:
    decided = {"state": "refused", "decided_by": it.actor, "decided_at": it.at}
    rows.change("loader_rule", it.number("rule"), it, **decided)


def _name_confirmed(rows: Rows, it: Happened) -> None:
    key = it.text("creator"), it.text("organisation")
    if key not in rows.of("confirmed_name"):
        rows.begin("confirmed_name", key, it, person=it.actor, confirmed_at=it.at)


_Teller = Callable[[Rows, Happened], None]

TOLD_ROWS: Mapping[str, _Teller] = {
    "person_added": _person_added,
    "password_changed": _password_changed,
    "role_changed": _role_changed,
    "person_disabled": _person_disabled,
    "person_enabled": _person_enabled,
    "person_bound": _person_bound,
    "day_closed": _day_closed,
    "day_reopened": _day_reopened,
    "hold_placed": _hold_placed,
    "hold_lift_proposed": _lift_proposed,
    "hold_lift_refused": _lift_refused,
    "hold_lifted": _hold_lifted,
    "disposal_proposed": _disposal_proposed,
    "disposal_agreed": _disposal_decided("agreed"),
    "disposal_refused": _disposal_decided("refused"),
    "list_change_proposed": _change_proposed,
    "list_change_waits": _change_waits,
    "list_change_approved": _change_approved,
    "list_change_refused": _change_refused,
    "contact_entered": _contacts,
    "contacts_imported": _contacts,
    "publication_prepared": _publication_prepared,
    "signature_attached": _signature_attached,
    "publication_withdrawn": _publication_withdrawn,
    "publication_released": _publication_released,
    "publication_loaded": _publication_loaded,
    "publication_rejected": _publication_rejected,
    "loader_rule_proposed": _rule_proposed,
    "loader_rule_agreed": _rule_agreed,
    "loader_rule_refused": _rule_refused,
    "name_confirmed": _name_confirmed,
}
"""By an event's name: the rows that it makes or changes."""
