"""What a person may do with a message besides deciding on it, as its page offers it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.pipeline.review.dispose import SETTLED, no_close, no_reply
from intake.pipeline.review.hand_over import no_handing_over, no_taking_back
from intake.pipeline.review.refile import KINDS, no_mark
from intake.pipeline.review.regroup import no_join, no_split
from intake.pipeline.review.reopen import no_reopening
from intake.store.submissions import Submission
from intake.web.page_request import PageRequest


@dataclass(frozen=True, slots=True)
class Disposals:
    """What is open to this person on this message; the pipeline checks it again."""

    close: bool = False
    reply: bool = False
    """With which it is closed."""
    reply_afterwards: bool = False
    """It is settled, and stays so."""
    kinds: tuple[MessageKind, ...] = ()
    """What it may be marked as."""
    join: bool = False
    split: bool = False
    reopen: bool = False
    hand_over: bool = False
    take_back: bool = False
    told: str = ""
    """Why an approved one is not reopened; empty otherwise."""

    @property
    def anything(self) -> bool:
        """Tell whether there is something to show."""
        single = (self.close, self.join, self.split, self.reopen, self.hand_over, self.take_back)
        return any(single) or self.reply or self.reply_afterwards or bool(self.kinds or self.told)


def disposals(page_request: PageRequest, submission: Submission) -> Disposals:
    """List what is open to this person."""
    if not page_request.decides:
        return Disposals()
    markable, may_reply = no_mark(submission) is None, no_reply(submission) is None
    return Disposals(
        close=no_close(submission) is None,
        reply=may_reply and submission.state not in SETTLED,
        reply_afterwards=may_reply and submission.state in SETTLED,
        kinds=tuple(kind for kind in KINDS if markable and kind != submission.kind),
        join=no_join(submission) is None,
        split=no_split(submission) is None,
        reopen=no_reopening(submission) is None,
        hand_over=no_handing_over(submission) is None,
        take_back=no_taking_back(submission) is None,
        told=no_reopening(submission) or "" if submission.state is State.APPROVED else "",
    )
