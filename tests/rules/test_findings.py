"""What submitters read of every kind of fault is what was last read by a person: ``rules/findings.txt``."""

from __future__ import annotations

import pytest
from spoilt import cases, mark, pinned, said

from rules.facts import Dossier

CASES = dict(cases())
PINNED = pinned()


@pytest.mark.parametrize(("name", "dossier"), CASES.items(), ids=[ascii(name).replace("\\", "~") for name in CASES])
def test_the_rules_say_what_was_last_read(name: str, dossier: Dossier) -> None:
    lines = said(dossier)
    assert [mark(line) for line in lines] == PINNED[name], "\n".join(lines)


def test_every_pinned_dossier_is_still_there() -> None:
    assert set(PINNED) == set(CASES)
