"""Where a person's decision leads, and which moves there are."""

from __future__ import annotations

from itertools import product

import pytest

from intake.domain.review import Action, DecisionRefusedError, state_after
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
