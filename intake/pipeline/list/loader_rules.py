"""Rules of the pre-flight that come of the DCC's rejections: one person proposes a rule, another agrees.

What is agreed on holds from a day until a day, beside the dated data that the program carries. A rule is never changed:
one that ends, or says it better, takes the place of the other, by two people again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from intake.domain.register_events import LoaderRuleAgreed, LoaderRuleProposed, LoaderRuleRefused
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list.next_version import issue_of
from intake.pipeline.services import Services
from intake.publication.loader import Loader, RefusalKind, SeenRefusal, loader
from intake.publication.preflight import FIELDS
from intake.publication.rejection import suggested_refusals
from intake.store import events, loader_rules, publications
from intake.store.engine import Transaction
from intake.store.loader_rules import LoaderRule, LoaderRuleState, NewLoaderRule
from intake.store.publications import Publication, PublicationState
from intake.store.turns import serialize_writers
from rules.reference import Span

LONGEST = 500
"""Characters of a value or a reason."""
_LONGEST_NUMBER = 4
_NAMES = frozenset(name for _, name in FIELDS)


@dataclass(frozen=True, slots=True)
class Rejection:
    """What the DCC's loader said of a version."""

    publication: Publication
    entry: str
    reason: str
    suggested: tuple[SeenRefusal, ...]


def loader_now(tx: Transaction) -> Loader:
    """Give what is known of the loader: what the program carries, and what people agreed on."""
    agreed = loader_rules.in_state(tx, LoaderRuleState.AGREED)
    return replace(loader(), seen=tuple(refusal_of(rule) for rule in agreed)) if agreed else loader()


def refusal_of(rule: LoaderRule) -> SeenRefusal:
    """Give a rule as the pre-flight goes by it."""
    return SeenRefusal(rule.field, RefusalKind(rule.kind), rule.value, Span(rule.since, rule.until), rule.reason)


def rejection(tx: Transaction, version: str) -> Rejection | None:
    """Give what the loader said of a version, and what may be made of it; None where it did not refuse it."""
    refused = publications.of_version(tx, version)
    if refused is None or refused.state is not PublicationState.REJECTED or refused.answer is None:
        return None
    entry, _, reason = refused.answer.removeprefix("entry ").partition(": ")
    return Rejection(refused, entry, reason, suggested_refusals(issue_of(tx, refused), entry, reason))


def propose(services: Services, version: str, refusal: SeenRefusal, person: str, *, replaces: int | None = None) -> int:
    """Ask for a rule; where one person may decide alone, it holds at once. Gives its number.

    Args:
        services: the edges.
        version: the version of the list that the loader refused.
        refusal: the rule.
        person: who asks for it.
        replaces: the rule whose place it takes.

    Raises:
        DecisionRefusedError: it is no rule, or the loader refused no such version; the message is for the person.
        UnreachableError: the store did not answer.
    """
    _check(refusal)
    now = services.clock.now()
    with services.store.transaction() as tx:
        serialize_writers(tx)
        rejected = rejection(tx, version) if replaces is None else None
        before = _in_force(tx, replaces) if replaces is not None else None
        if rejected is None and before is None:
            message = f"The DCC's loader has not refused version {version}."
            raise DecisionRefusedError(message)
        publication = rejected.publication.id if rejected else before.publication if before else 0
        entry = rejected.entry if rejected else before.entry if before else ""
        span = refusal.span
        new = NewLoaderRule(
            refusal.field, refusal.kind.value, refusal.value, span.since or now.date(), span.until, refusal.reason,
            publication, entry, person, replaces,
        )  # fmt: skip
        number = loader_rules.add(tx, new, now)
        happened = LoaderRuleProposed(
            rule=number,
            field=new.field,
            kind=new.kind,
            value=new.value,
            since=new.since.isoformat(),
            until=new.until.isoformat() if new.until else "",
            reason=new.reason,
            version=version,
            entry=entry,
            replaces=replaces or 0,
        )
        events.append(tx, happened, at=now, actor=person)
        if not services.config.review.four_eyes:
            _agree(services, tx, number, person)
    return number


def end(services: Services, number: int, until: date, person: str) -> int:
    """Ask that a rule holds until a day, as the loader takes it now; gives the number of the one in its place.

    Raises:
        DecisionRefusedError: it does not hold, or no such day; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        rule = _in_force(tx, number)
        refused = publications.get(tx, rule.publication)
    ended = replace(refusal_of(rule), span=Span(rule.since, until))
    return propose(services, refused.version if refused else "", ended, person, replaces=number)


def agree(services: Services, number: int, person: str) -> None:
    """Agree to a rule that another person asked for.

    Raises:
        DecisionRefusedError: there is none to agree to, or not for this person; the message is for the person.
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        serialize_writers(tx)
        if _proposed(tx, number).proposed_by == person:
            message = "You asked for this rule, so another person must agree to it."
            raise DecisionRefusedError(message)
        _agree(services, tx, number, person)


def refuse(services: Services, number: int, reason: str, person: str) -> None:
    """Refuse a rule, or take back one's own.

    Raises:
        DecisionRefusedError: there is none to refuse, or no reason is given.
        UnreachableError: the store did not answer.
    """
    if not reason.strip():
        message = "Say why the rule is not made."
        raise DecisionRefusedError(message)
    now = services.clock.now()
    with services.store.transaction() as tx:
        serialize_writers(tx)
        loader_rules.move(tx, _proposed(tx, number), LoaderRuleState.REFUSED, person=person, at=now)
        events.append(tx, LoaderRuleRefused(rule=number, reason=reason.strip()), at=now, actor=person)


def _agree(services: Services, tx: Transaction, number: int, person: str) -> None:
    rule, now = _proposed(tx, number), services.clock.now()
    if rule.replaces is not None:
        loader_rules.move(tx, _in_force(tx, rule.replaces), LoaderRuleState.REPLACED, person=person, at=now)
    loader_rules.move(tx, rule, LoaderRuleState.AGREED, person=person, at=now)
    events.append(tx, LoaderRuleAgreed(rule=number), at=now, actor=person)


def _check(refusal: SeenRefusal) -> None:
    """Check that it is a rule.

    Raises:
        DecisionRefusedError: it is none; the message is for the person.
    """
    counted = refusal.value.isascii() and refusal.value.isdigit() and len(refusal.value) <= _LONGEST_NUMBER
    if refusal.field not in _NAMES:
        message = "Choose the column whose value the loader refused."
    elif not refusal.value.strip() or len(refusal.value) > LONGEST or not refusal.value.isprintable():
        message = "Write the value that the loader refused, as it is printed."
    elif refusal.kind is RefusalKind.LONGER and not counted:
        message = "Write how many bytes the loader takes at most, in digits."
    elif not refusal.reason.strip() or len(refusal.reason) > LONGEST:
        message = f"Say what the loader said, in {LONGEST} characters at most."
    elif refusal.span.since and refusal.span.until and refusal.span.until < refusal.span.since:
        message = "The rule would end before it begins."
    else:
        return
    raise DecisionRefusedError(message)


def _proposed(tx: Transaction, number: int) -> LoaderRule:
    rule = loader_rules.get(tx, number, to_change=True)
    if rule is None or rule.state is not LoaderRuleState.PROPOSED:
        message = "There is no such rule to decide on any more; look at what stands."
        raise DecisionRefusedError(message)
    return rule


def _in_force(tx: Transaction, number: int) -> LoaderRule:
    rule = loader_rules.get(tx, number)
    if rule is None or rule.state is not LoaderRuleState.AGREED:
        message = "This rule does not hold any more; look at what stands."
        raise DecisionRefusedError(message)
    return rule
