"""What comes on a day: submissions good, faulty and mended, answers, automatic mail, reports, and what is hostile."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import reports
from benchmarks.mail import messages
from hostile.mails import MAILS
from hostile.mutations import mutation
from pki import Holder
from signatures.test_check_signed import documents

from intake.demo import products
from intake.demo.form_rows import DEVICE_TYPES
from intake.demo.samples import Sample, submission

FIRST_HOUR, LAST_HOUR = 6, 20
"""Mail comes in between; what is left of the day is for what is still to be done."""
_DECK = {
    "good": 9, "faulty": 5, "again": 3, "automatic": 3, "signed": 2, "thanks": 2, "report": 2, "newsletter": 2,
    "question": 1, "form alone": 1, "hostile": 1, "mutated": 1,
}  # fmt: skip
"""How many of each kind there are in so many messages; shuffled, and all dealt before any is dealt again."""


@dataclass(frozen=True)
class Posted:
    """A message as it was put into the mailbox."""

    kind: str
    raw: bytes
    sender: str = ""
    number: int = 0
    letter: str = ""
    """The Message-ID that its acknowledgement has, once it lies in the mailbox."""
    answered: bool | None = None
    """Whether an acknowledgement is due; None where that depends on how a hostile one is read."""
    reports_on: str = ""
    """The Message-ID of our letter that came back."""


@dataclass
class Traffic:
    """The same mail for the same seed, but for signatures, and the Message-IDs of some of the hostile ones."""

    draw: random.Random
    signers: Sequence[Holder]
    number: int = 0
    known: list[Posted] = field(default_factory=list)
    """What came on the days before, which is by now acknowledged."""
    _deck: list[str] = field(default_factory=list)
    _hostile: list[str] = field(default_factory=list)

    def moments(self, day: datetime, count: int) -> list[datetime]:
        """So many moments of the day (its midnight is given) at which something happens, in their order."""
        span = timedelta(hours=LAST_HOUR - FIRST_HOUR).total_seconds()
        first = datetime.combine(day, time(FIRST_HOUR), UTC)
        return sorted(first + timedelta(seconds=self.draw.uniform(0, span)) for _ in range(count))

    def message(self, at: datetime) -> Posted:
        """The next message."""
        if not self._deck:
            self._deck = [kind for kind, times in _DECK.items() for _ in range(times)]
            self.draw.shuffle(self._deck)
        kind = self._deck.pop()
        if kind == "hostile":
            return self.hostile()
        self.number += 1
        made = _MAKERS[kind](self, at)
        return replace(made or _good(self, at), number=self.number)

    def earlier(self, *kinds: str) -> Posted | None:
        """One of the messages of the days before."""
        posteds = [posted for posted in self.known if posted.kind in kinds]
        return self.draw.choice(posteds) if posteds else None

    def hostile(self) -> Posted:
        """Each kind once before any comes twice."""
        if not self._hostile:
            self._hostile = sorted(MAILS)
            self.draw.shuffle(self._hostile)
        self.number += 1
        raw = b"X-Number: %d\r\n" % self.number + MAILS[self._hostile.pop()]()
        return Posted("hostile", raw, number=self.number)


def _sample(traffic: Traffic, subject: str, **known: object) -> Sample:
    return replace(Sample(f"steady-{traffic.number}", "", subject), **known)  # type: ignore[arg-type]  # its own fields


def _sender(number: int) -> str:
    return f"Desk {number % 12} <desk@maker-{number % 12}.example>"


def _values(at: datetime, number: int) -> products.Values:
    return products.faultless_form(DEVICE_TYPES[number % len(DEVICE_TYPES)], on=at.date(), serial=number % 5000)


def _good(traffic: Traffic, _at: datetime) -> Posted:
    return Posted("good", messages(1, first=traffic.number)[0], answered=True)


def _faulty(traffic: Traffic, at: datetime) -> Posted:
    values = _values(at, traffic.number)
    files = submission(values | {"Device_Model.firmware_version": "01:02:05:0a", "Device_Model.model_identifier": "F"})
    files.popitem()  # the last certificate, too
    sender = _sender(traffic.number)
    sample = _sample(traffic, f"CPL submission {traffic.number}", documents=files, sender=sender)
    return Posted("faulty", sample.message(at), sender, answered=True)


def _again(traffic: Traffic, at: datetime) -> Posted | None:
    """An answer to our letter, with everything mended."""
    before = traffic.earlier("faulty")
    if before is None:
        return None
    files = submission(_values(at, before.number))
    thread = {"In-Reply-To": before.letter, "References": before.letter}
    subject = f"Re: CPL submission {before.number}"
    sample = _sample(traffic, subject, documents=files, sender=before.sender, headers=thread)
    return Posted("again", sample.message(at), before.sender, answered=True)


def _thanks(traffic: Traffic, at: datetime) -> Posted | None:
    before = traffic.earlier("faulty", "again")
    if before is None:
        return None
    thread = {"In-Reply-To": before.letter}
    subject = f"Re: CPL submission {before.number}"
    sample = _sample(traffic, subject, body="Thank you!\n", sender=before.sender, headers=thread)
    return Posted("thanks", sample.message(at), before.sender, answered=True)


def _signed(traffic: Traffic, at: datetime) -> Posted:
    files = documents(traffic.draw.choice(traffic.signers))
    sample = _sample(traffic, f"CPL update {traffic.number}", documents=files)
    return Posted("signed", sample.message(at), answered=True)


def _form_alone(traffic: Traffic, at: datetime) -> Posted:
    """Acknowledged when the form has been found."""
    sample = _sample(traffic, "Documents as discussed", documents=submission(_values(at, traffic.number)))
    return Posted("form alone", sample.message(at), answered=True)


def _automatic(traffic: Traffic, at: datetime) -> Posted:
    before = traffic.earlier("faulty", "good")
    headers = {"Auto-Submitted": "auto-replied"} | ({"In-Reply-To": before.letter} if before else {})
    sample = _sample(traffic, "Automatic reply: Re: CPL submission", body="I am out.\n", headers=headers)
    return Posted("automatic", sample.message(at), answered=False)


def _report(traffic: Traffic, _at: datetime) -> Posted | None:
    """One of our letters comes back, told in one of the ways in which mail systems tell it."""
    before = traffic.earlier("faulty", "again", "good")
    if before is None:
        return None
    raw = traffic.draw.choice(sorted(reports.FAILURES.items()))[1](before.letter)
    raw = raw.replace(b"Subject: ", b"X-Number: %d\r\nSubject: " % traffic.number, 1)
    return Posted("report", raw, answered=False, reports_on=before.letter)


def _newsletter(traffic: Traffic, at: datetime) -> Posted:
    headers = {"List-Id": "<news.metering-weekly.example>", "List-Unsubscribe": "<https://metering-weekly.example/out>"}
    sender = "Metering Weekly <news@metering-weekly.example>"
    sample = _sample(traffic, f"Metering Weekly {traffic.number}", sender=sender, headers=headers, body="Tariffs.\n")
    return Posted("newsletter", sample.message(at), answered=False)


def _question(traffic: Traffic, at: datetime) -> Posted:
    sample = _sample(traffic, "Lunch on Thursday?", sender=_sender(traffic.number), body="At one?\n")
    return Posted("question", sample.message(at), answered=False)


def _mutated(traffic: Traffic, _at: datetime) -> Posted:
    return Posted("mutated", mutation(traffic.draw.randrange(1 << 30), traffic.number) or b"x")


_MAKERS: dict[str, Callable[[Traffic, datetime], Posted | None]] = {
    "good": _good,
    "faulty": _faulty,
    "again": _again,
    "automatic": _automatic,
    "signed": _signed,
    "thanks": _thanks,
    "report": _report,
    "newsletter": _newsletter,
    "question": _question,
    "form alone": _form_alone,
    "mutated": _mutated,
}
"""One that answers what has not come yet gives None."""
