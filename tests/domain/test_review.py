"""Where a person's decision leads, and which moves there are."""

from __future__ import annotations

from itertools import product

import pytest

from intake.domain.review import (
    NUMBER_TO_COME,
    Action,
    Decision,
    DecisionRefusedError,
    EntryDecision,
    alike,
    entries_in,
    entry_code,
    made_of,
    placeholder_in,
    state_after,
    with_numbers,
)
from intake.domain.submission import DECIDABLE, MOVES, WAITING_FOR_A_PERSON, WORKABLE, State, may_move


@pytest.mark.parametrize(
    ("action", "now", "proposed_by", "four_eyes", "after"),
    [
        (Action.RETURN, State.IN_REVIEW, None, True, State.RETURNED),
        (Action.RETURN, State.PROPOSED, "ada", True, State.RETURNED),
        (Action.ASK, State.IN_REVIEW, None, False, State.ASKED),
        (Action.ASK, State.PROPOSED, "ada", True, State.ASKED),
        (Action.APPROVE, State.IN_REVIEW, None, False, State.APPROVED),
        (Action.APPROVE, State.PROPOSED, "ada", False, State.APPROVED),
        (Action.APPROVE, State.IN_REVIEW, None, True, State.PROPOSED),
        (Action.APPROVE, State.ASKED, None, True, State.PROPOSED),
        (Action.APPROVE, State.PROPOSED, "ben", True, State.APPROVED),
    ],
)
def test_a_decision_leads_on(
    action: Action, now: State, proposed_by: str | None, four_eyes: bool, after: State
) -> None:
    assert state_after(action, now=now, proposed_by=proposed_by, person="ada", four_eyes=four_eyes) is after


def test_nobody_confirms_their_own_proposal() -> None:
    with pytest.raises(DecisionRefusedError, match="another person must confirm"):
        state_after(Action.APPROVE, now=State.PROPOSED, proposed_by="ada", person="ada", four_eyes=True)


def test_every_decision_from_every_decidable_state_is_a_move_that_the_store_allows() -> None:
    for action, now, four_eyes in product(Action, DECIDABLE, (True, False)):
        after = state_after(action, now=now, proposed_by="ben", person="ada", four_eyes=four_eyes)
        assert may_move(now, after), (action, now, four_eyes)


def test_an_approval_stands_and_what_was_returned_or_closed_only_comes_back_to_a_person() -> None:
    assert not any(may_move(State.APPROVED, new) for new in State)
    for old in (State.RETURNED, State.CLOSED):
        assert {new for new in State if may_move(old, new)} <= {State.IN_REVIEW, State.RECEIVED}


def test_every_state_either_is_worked_on_waits_or_has_come_to_rest() -> None:
    at_rest = {State.FILED, State.APPROVED, State.RETURNED, State.CLOSED}
    assert set(State) == WORKABLE | WAITING_FOR_A_PERSON | {State.ASKED} | at_rest
    assert set(MOVES) == set(State)


def test_only_an_approver_s_word_is_final_where_only_approvers_may_confirm() -> None:
    for four_eyes, proposed_by in ((True, "ben"), (False, None)):
        with pytest.raises(DecisionRefusedError, match="Only an approver"):
            state_after(
                Action.APPROVE, now=State.PROPOSED, proposed_by=proposed_by, person="ada", four_eyes=four_eyes,
                may_confirm=False,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "now", "after"),
    [
        (Action.APPROVE, State.IN_REVIEW, State.PROPOSED),
        (Action.RETURN, State.PROPOSED, State.RETURNED),
        (Action.ASK, State.PROPOSED, State.ASKED),
    ],
)
def test_who_may_confirm_nothing_may_propose_return_and_ask(action: Action, now: State, after: State) -> None:
    actual = state_after(action, now=now, proposed_by="ada", person="ada", four_eyes=True, may_confirm=False)
    assert actual is after


APPROVED, RETURNED, ASKED = Action.APPROVE, Action.RETURN, Action.ASK


def decision(action: Action, *entries: tuple[int, Action]) -> Decision:
    return Decision(action, "ada", "aa", "Dear Jane", entries=tuple(EntryDecision(*entry) for entry in entries))


@pytest.mark.parametrize(
    ("decided", "count", "of_each"),
    [
        (decision(APPROVED), 3, [APPROVED] * 3),
        (decision(RETURNED), 2, [RETURNED] * 2),
        (decision(APPROVED, (0, APPROVED), (1, RETURNED)), 2, [APPROVED, RETURNED]),
        (decision(APPROVED, (1, RETURNED), (0, APPROVED)), 2, [APPROVED, RETURNED]),
        (decision(RETURNED, (1, RETURNED), (0, RETURNED)), 2, [RETURNED] * 2),
        (decision(APPROVED), 1, []),
        (decision(APPROVED), 0, []),
        (decision(ASKED), 3, []),
        (decision(ASKED, (0, RETURNED)), 3, []),  # a question is asked about the whole message
    ],
)
def test_a_decision_is_one_on_each_entry_in_order(decided: Decision, count: int, of_each: list[Action]) -> None:
    assert decided.of_each(count) == tuple(EntryDecision(entry, action) for entry, action in enumerate(of_each))


@pytest.mark.parametrize(
    ("decided", "why"),
    [
        (decision(APPROVED, (0, APPROVED)), "Say of every entry"),
        (decision(APPROVED, (0, APPROVED), (0, RETURNED)), "Say of every entry"),
        (decision(APPROVED, (0, APPROVED), (2, APPROVED)), "Say of every entry"),
        (decision(APPROVED, (0, APPROVED), (1, APPROVED), (1, APPROVED)), "Say of every entry"),
        (decision(APPROVED, (0, RETURNED), (1, RETURNED)), "is not to approve the submission"),
        (decision(RETURNED, (0, APPROVED), (1, RETURNED)), "is not to return the submission"),
        (decision(APPROVED, (0, APPROVED), (1, ASKED)), "is not to approve the submission"),
    ],
)
def test_decisions_on_entries_that_do_not_make_up_the_whole_are_refused(decided: Decision, why: str) -> None:
    with pytest.raises(DecisionRefusedError, match=why):
        decided.of_each(2)


@pytest.mark.parametrize(
    ("actions", "whole"),
    [
        ([APPROVED, APPROVED], APPROVED),
        ([APPROVED, RETURNED], APPROVED),
        ([RETURNED, RETURNED], RETURNED),
        ([], APPROVED),
    ],
)
def test_only_where_all_return_the_whole_is_returned(actions: list[Action], whole: Action) -> None:
    assert made_of(EntryDecision(entry, action) for entry, action in enumerate(actions)) is whole


def test_entries_are_decided_alike_each_by_its_number() -> None:
    assert alike(RETURNED, 2) == (EntryDecision(0, RETURNED), EntryDecision(1, RETURNED))


@pytest.mark.parametrize(
    ("numbers", "letter"),
    [
        (["17"], "Your entry is 17, once more 17."),
        (["17", "18"], "Your entry is 17, once more 18."),
        (["17", "18", "19"], "Your entry is 17, 18, 19, once more 17, 18, 19."),
        ([], "Your entry is will follow, once more will follow."),
    ],
)
def test_an_approval_s_letter_says_the_numbers_that_it_gave(numbers: list[str], letter: str) -> None:
    assert with_numbers(f"Your entry is {NUMBER_TO_COME}, once more {NUMBER_TO_COME}.", numbers) == letter


@pytest.mark.parametrize(
    ("letter", "placeholder"),
    [
        ("Dear Jane,\n\nall is well.", None),
        ("We ask: [say here what you ask].", "[say here what you ask]"),
        ("We ask: [ Say\n  HERE\nwhat ].", "[ Say HERE what ]"),
        ("[say here", "[say here"),
        (f"[say here {'x ' * 60}]", f"[say here {'x ' * 23}x …]"),
        ("[say hereafter]", None),
        ("say here what you ask", None),
        (f"It is {NUMBER_TO_COME}.", None),
    ],
)
def test_a_placeholder_that_nobody_wrote_over_is_told(letter: str, placeholder: str | None) -> None:
    assert placeholder_in(letter) == placeholder


def test_decisions_of_entries_are_written_in_a_letter_each() -> None:
    decided = (EntryDecision(0, Action.APPROVE), EntryDecision(1, Action.RETURN))
    assert entry_code(decided) == "ar"
    assert entries_in("ar") == decided
    assert entries_in("") == ()
