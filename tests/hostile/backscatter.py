"""Mail that must never be answered with a check, drawn from a seed: forged, automatic, returned, posted by lists."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import reports
from helpers import mail

SERVER = "mx.example.test"
"""Whose word on a sender counts."""
_PASS = f"Authentication-Results: {SERVER}; dmarc=pass header.from=ashdown.example\r\n".encode()
_UNPROVEN = (
    b"",
    f"Authentication-Results: {SERVER}; dmarc=fail header.from=ashdown.example\r\n".encode(),
    f"Authentication-Results: {SERVER}; dmarc=none\r\n".encode(),
    f"Authentication-Results: {SERVER}; spf=pass; dkim=pass\r\n".encode(),
    f"Authentication-Results: {SERVER}; dmarc=pass header.from=elsewhere.example\r\n".encode(),
    b"Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=ashdown.example\r\n",
)
_MARKS = (
    {"Auto-Submitted": "auto-generated"},
    {"Auto-Submitted": "auto-replied (vacation)"},
    {"Precedence": "list"},
    {"Precedence": "bulk"},
    {"List-Id": "<talk.lists.example>"},
    {"List-Unsubscribe": "<mailto:leave@lists.example>"},
    {"X-Loop": "tickets@ashdown.example"},
    {"X-Autoreply": "yes"},
    {"X-Auto-Response-Suppress": "All"},
    {"Return-Path": "<>"},
    {"X-Spam-Flag": "YES"},
    {"X-CPL-Intake": "check"},
)
_MACHINES = ("MAILER-DAEMON@ashdown.example", "no-reply@ashdown.example", "postmaster@ashdown.example")
_SUBJECTS = (
    "CPL submission: AML-E5",
    "Would this do?",
    "Re: [check, not submitted] CPL submission",
    "[#4711] received",
)
_OURS = "<check.{:032x}@example.test>"


def drawn(seed: int, count: int) -> Iterator[bytes]:
    """Give so many mails, each of other bytes; the same for the same seed."""
    chance = random.Random(seed)
    kinds = (_forged, _automatic, _of_a_machine, _returned, _answering)
    for number in range(count):
        make: Callable[[random.Random, int], bytes] = kinds[number % len(kinds)]
        yield make(chance, number)


def _forged(chance: random.Random, number: int) -> bytes:
    return chance.choice(_UNPROVEN) + mail(chance.choice(_SUBJECTS), body=f"{number}\n")


def _automatic(chance: random.Random, number: int) -> bytes:
    return _PASS + mail(chance.choice(_SUBJECTS), body=f"{number}\n", headers=chance.choice(_MARKS))


def _of_a_machine(chance: random.Random, number: int) -> bytes:
    return _PASS + mail(chance.choice(_SUBJECTS), sender=chance.choice(_MACHINES), body=f"{number}\n")


def _returned(chance: random.Random, number: int) -> bytes:
    made = chance.choice(list(reports.FAILURES.values()))(_OURS.format(number))
    return _PASS + made


def _answering(chance: random.Random, number: int) -> bytes:
    """A ticket system without any mark answers our answer."""
    header = chance.choice(("In-Reply-To", "References"))
    return _PASS + mail(f"[#{number}] received", body=f"{number}\n", headers={header: _OURS.format(number)})
