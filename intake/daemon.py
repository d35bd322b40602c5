"""The daemon: a loop a mailbox, one for letters, and workers; any may stumble, none takes the others down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from threading import Event, Thread

import structlog

from intake.errors import ConfigurationError, IntakeError, UnreachableError, safe_message, source_location
from intake.mailbox.base import Mailbox, Postman
from intake.mailbox.retry import patiently, seconds_asked
from intake.notify import Notifier, Watch
from intake.pipeline.arrival.poll import poll
from intake.pipeline.case.summarise import catch_up, catch_up_names
from intake.pipeline.checks.check_mail import answer_checks
from intake.pipeline.heartbeat import Heartbeat
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.list.keep_list import keep_list
from intake.pipeline.list.notify import notify_on_working_days
from intake.pipeline.outgoing.deliver import archive_letters, deliver
from intake.pipeline.people import closed_days
from intake.pipeline.reading.refresh import refresh
from intake.pipeline.ready import strangers
from intake.pipeline.retention.carry_out import carry_out
from intake.pipeline.services import Services
from intake.pipeline.work import claim_one, work_through
from intake.store import leases, mailboxes, outbox, submissions
from intake.store.engine import Transaction

AGAIN = 0.0
"""What a turn gives that has found something to do."""
WORKERS = len(os.sched_getaffinity(0))
"""One a core that this process may use."""
_LIST_SECONDS = 60.0
_IDLE_SECONDS = 1.0
_GATHER_SECONDS = 0.2
"""So long letters gather while there is work, so that many are claimed in one commit."""
_CAUGHT_UP_AT_A_TIME = 50
_NOTICES_SECONDS = 900.0
"""Between two looks for notices that are due: they are by the day, but whom they go to may become known at any time."""
_AFTER_TROUBLE_SECONDS = 5.0
_CHECKPOINT_SECONDS = 60.0
"""So often it is looked whether the day has its checkpoint."""
_DISPOSAL_SECONDS = 900.0
"""Between two looks for what is to be disposed of: nobody waits for it."""
_LONGEST_REST = 3600.0
"""Of an edge that asks to be left alone."""
_TROUBLES_WHEN_ONCE = 3
_LONGEST_WAIT_WHEN_ONCE = 10.0

log = structlog.get_logger()

Turn = Callable[[], float | None]
"""Does one piece of work; gives the seconds to wait before the next, or None where nothing is left to do."""


class Stage(Enum):
    """In which order loops end, with `once`: what one stage has left, the next finishes."""

    POLL = "poll"
    WORK = "work"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Loop:
    """Turn after turn of one kind, in a thread of its own."""

    name: str
    turn: Turn
    stage: Stage | None
    """None: it goes on while the daemon lives, and nobody waits for its end."""


@dataclass(slots=True)
class Daemon:
    """All loops of the process; setting `stopping` ends them between steps."""

    services: Services
    mailboxes: Sequence[tuple[Mailbox, float]]
    """Each with the seconds between two polls."""
    postman: Postman
    once: bool = False
    stopping: Event = field(default_factory=Event)
    troubles: list[str] = field(default_factory=list)
    """Edges that could not be reached, of a run that ends by itself."""
    misconfigured: list[str] = field(default_factory=list)
    """What was not done as the configuration names something that cannot be used, likewise."""
    notifier: Notifier = field(default_factory=Notifier)
    checks: Sequence[tuple[Mailbox, float, Postman]] = ()
    """Mailboxes for checks, each with the seconds between two looks and who takes its answers away."""

    def run(self) -> int:
        """Work until stopped or, with `once`, until nothing is left to do; gives the exit code."""
        with self.services.store.transaction() as tx:
            leases.release_those_of_the_dead(tx)
        self._look_around()
        heartbeat = Heartbeat(self.services).start()
        ended = {stage: Event() for stage in Stage}
        threads = [(loop.stage, self._thread(loop)) for loop in self._loops(ended)]
        watch = Watch(self.notifier, self.services.pulse)
        watch.begin(f"Mailboxes: {', '.join(mailbox.name for mailbox, _ in self.mailboxes)}; workers: {WORKERS}.")
        for stage in Stage:
            self._join([thread for of_stage, thread in threads if of_stage is stage], watch)
            ended[stage].set()
        heartbeat.stop()
        watch.end()
        self._let_go()
        return self._code()

    def _code(self) -> int:
        """The exit code; what may come right by itself goes before what a person has to set right."""
        if self.stopping.is_set():
            return 0
        return 1 if self.troubles else 2 if self.misconfigured else 0

    def _look_around(self) -> None:
        """Tell of what works, and yet is not what it was; acknowledgements are made all the same."""
        with suppress(UnreachableError):  # a loop that needs it will tell
            doubt = strangers(self.services.store, self.services.archive)
            if doubt is not None:
                log.error("strangers", error=str(doubt), hint=doubt.hint)

    def _loops(self, ended: Mapping[Stage, Event]) -> Iterator[Loop]:
        """Every loop there is; a new one is a line here."""
        for mailbox, every in self.mailboxes:
            yield Loop(f"poll {mailbox.name}", self._poll(mailbox, every), Stage.POLL)
        for mailbox, every, postman in self.checks:
            yield Loop(f"check {mailbox.name}", self._checks(mailbox, every, postman), Stage.POLL)
        for number in range(WORKERS):
            yield Loop(f"work {number}", self._work(ended[Stage.POLL]), Stage.WORK)
        yield Loop("notices", self._notices, Stage.WORK)
        yield Loop("letters", self._letters(ended[Stage.WORK]), Stage.LETTERS)
        yield Loop("checkpoint", self._checkpoint(ended[Stage.POLL]), Stage.WORK)
        yield Loop("summaries", self._catch_up(), Stage.LETTERS if self.once else None)
        yield Loop("list", self._list, Stage.LETTERS if self.once else None)
        if not self.once:
            yield Loop("disposal", self._dispose, None)
        if not self.once and self.services.config.trust.refresh_minutes:
            yield Loop("revocation", self._refresh, None)

    def _thread(self, loop: Loop) -> Thread:
        thread = Thread(target=self._loop, args=(loop.name, loop.turn), name=loop.name, daemon=True)
        thread.start()
        return thread

    def _loop(self, name: str, turn: Turn) -> None:
        """Run one loop until stopped; log each failure in one line and try again."""
        failures, pulse = 0, self.services.pulse
        while not self.stopping.is_set():
            pulse.expect()
            try:
                wait, failures = turn(), 0
            except Exception as error:  # noqa: BLE001  # our bug stops this turn; the daemon lives
                failures += 1
                wait = self._stumbled(name, error, failures)
            if wait is None:
                break
            pulse.expect(wait)
            self.stopping.wait(wait)
        pulse.leave()

    def _stumbled(self, name: str, error: Exception, failures: int) -> float | None:
        hint = error.hint if isinstance(error, IntakeError) else ""
        log.error(_kind(error), loop=name, error=safe_message(error), hint=hint, attempt=failures, **_where(error))
        if not self.once:
            return max(min(failures, 12) * _AFTER_TROUBLE_SECONDS, min(seconds_asked(error), _LONGEST_REST))
        if isinstance(error, ConfigurationError):
            self.misconfigured.append(f"{name}: {error}")
            return None
        over = failures >= _TROUBLES_WHEN_ONCE
        if over or isinstance(error, UnreachableError):  # patience has been had where it happened
            self.troubles.append(f"{name}: {safe_message(error)}")
        return None if over else 1.0

    def _poll(self, mailbox: Mailbox, every: float) -> Turn:
        def turn() -> float | None:
            try:
                done = patiently(lambda: poll(self.services, mailbox, self.stopping), self.stopping, complain=complain)
            except UnreachableError as error:
                with self.services.store.transaction() as tx:
                    mailboxes.failed(tx, mailbox.name, str(error))
                if not self.once:
                    raise
                self._stumbled(f"poll {mailbox.name}", error, 1)
                return None
            except Exception as error:
                self._tell_of_a_fault(mailbox, error)
                raise
            if self.once:
                self.troubles += [done.withheld] if done and done.withheld else []
                return None
            self.services.pulse.expect(every)
            mailbox.wait(every, self.stopping)
            return AGAIN

        def complain(error: UnreachableError, attempt: int) -> None:
            mailbox.close()
            log.warning("retrying", loop=f"poll {mailbox.name}", error=str(error), attempt=attempt)

        return self._holding(mailbox, turn)

    def _checks(self, mailbox: Mailbox, every: float, postman: Postman) -> Turn:
        def turn() -> float | None:
            try:
                answer_checks(self.services, mailbox, postman, self.stopping)
            except UnreachableError as error:
                mailbox.close()
                with self.services.store.transaction() as tx:
                    mailboxes.failed(tx, mailbox.name, str(error))
                raise
            except Exception as error:
                self._tell_of_a_fault(mailbox, error)
                raise
            if self.once:
                return None
            self.services.pulse.expect(every)
            mailbox.wait(every, self.stopping)
            return AGAIN

        return self._holding(mailbox, turn)

    def _tell_of_a_fault(self, mailbox: Mailbox, error: Exception) -> None:
        """Say at the mailbox, too, that our own program fails over it: it is not read, whoever is to blame."""
        mailbox.close()
        said = f"mailbox {mailbox.name}: a fault in this program keeps it from being read: {safe_message(error)}"
        with self.services.store.transaction() as tx:
            mailboxes.failed(tx, mailbox.name, said)

    def _holding(self, mailbox: Mailbox, turn: Turn) -> Turn:
        """Renew our lease on the mailbox during a turn; after a failure it runs out and a peer may try."""

        def held() -> float | None:
            with self.services.in_hand.working_on(leases.MAILBOXES, [mailbox.name]):
                return turn()

        return held

    def _work(self, polled: Event) -> Turn:
        """Run a worker; with `once` it ends when every mailbox has been read and nothing is left to claim."""

        def turn() -> float | None:
            last_look = polled.is_set()
            submission = claim_one(self.services)
            if submission is not None:
                work_through(self.services, submission, self.stopping)
                return AGAIN
            if self.once and last_look:
                return self._until(submissions.next_work_at)
            return 0.02 if self.once else _IDLE_SECONDS

        return turn

    def _letters(self, worked: Event) -> Turn:
        def turn() -> float | None:
            last_look = worked.is_set()
            if deliver(self.services, self.postman, self.stopping) or archive_letters(self.services):
                return AGAIN
            if self.once and last_look:
                return self._until(outbox.next_letter_at)
            return _GATHER_SECONDS if self.once else _IDLE_SECONDS

        return turn

    def _checkpoint(self, polled: Event) -> Turn:
        """Make the day's checkpoint; with `once`, of what was found in the mailboxes, too."""

        def turn() -> float | None:
            if self.once and not polled.is_set():
                return 0.02
            day_s_checkpoint(self.services)
            return None if self.once else _CHECKPOINT_SECONDS

        return turn

    def _catch_up(self) -> Turn:
        """Write what lists show of messages that an earlier release took in, some at a time; with `once`, some."""
        last = 0

        def turn() -> float | None:
            nonlocal last
            reached = catch_up(self.services, after=last, limit=_CAUGHT_UP_AT_A_TIME)
            more = reached is not None or catch_up_names(self.services, limit=_CAUGHT_UP_AT_A_TIME)
            if not more or self.once:
                return None
            last = last if reached is None else reached
            return _GATHER_SECONDS

        return turn

    def _list(self) -> float | None:
        """Keep the list: amendments whose day has come end, and the published folder leads to the newest version."""
        closed_days.refresh(self.services)
        keep_list(self.services)
        return None if self.once else _LIST_SECONDS

    def _notices(self) -> float | None:
        """Queue the notices that are due today in London; with `once`, once, before the last letters leave."""
        notify_on_working_days(self.services)
        return None if self.once else _NOTICES_SECONDS

    def _dispose(self) -> float:
        """Carry out what two people agreed to dispose of; with `once` a command does that."""
        carry_out(self.services)
        return _DISPOSAL_SECONDS

    def _refresh(self) -> float:
        """Refresh revocation lists for as long as the daemon lives; no other loop waits for its end."""
        refresh(self.services, self.stopping)
        return self.services.config.trust.refresh_minutes * 60.0

    def _until(self, next_at: Callable[[Transaction], datetime | None]) -> float | None:
        """With `once`, give the seconds until the next postponed work; None where none falls due soon."""
        with self.services.store.reading() as tx:
            due = next_at(tx)
        if due is None:
            return None
        seconds = (due - self.services.clock.now()).total_seconds()
        return None if seconds > _LONGEST_WAIT_WHEN_ONCE else max(seconds, 0.02)

    def _join(self, threads: Sequence[Thread], watch: Watch) -> None:
        """Join the threads, waking often enough to handle signals and feed the watchdog."""
        for thread in threads:
            while thread.is_alive():
                watch.look(stopping=self.stopping.is_set())
                thread.join(timeout=0.2)

    def _let_go(self) -> None:
        for mailbox, _ in self.mailboxes:
            mailbox.close()
        for mailbox, _, postman in self.checks:
            mailbox.close()
            postman.close()
        self.postman.close()
        try:
            with self.services.store.transaction() as tx:
                mailboxes.release(tx, self.services.owner)
        except UnreachableError as error:
            log.error("unreachable", loop="end", error=str(error), hint=error.hint, attempt=1)  # noqa: TRY400  # one line, no traceback


def _kind(error: Exception) -> str:
    """Whom a failed turn is about: the world, how we were set up, or ourselves."""
    match error:
        case UnreachableError():
            return "unreachable"
        case ConfigurationError():
            return "misconfigured"
        case _:
            return "stumbled"


def _where(error: Exception) -> dict[str, str]:
    return {} if isinstance(error, IntakeError) else {"where": source_location(error)}
