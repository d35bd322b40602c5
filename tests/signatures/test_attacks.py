"""No attack on a signed workbook is taken for what was signed, and nothing benign for an attack."""

from __future__ import annotations

from collections import Counter

import pytest
from signatures.attacks.benign import BENIGN
from signatures.attacks.corpus import Attack, attacks
from signatures.judging import is_accepted, verified

from intake.signatures.verified import Verified

ATTACKS = tuple(attacks())


def said(verified_signatures: tuple[Verified, ...]) -> str:
    """The worst that is said: the failure, or that something is left out."""
    statement = [
        verified_signature.failure or verified_signature.reasons[0].partition(":")[0]
        for verified_signature in verified_signatures
        if verified_signature.failure or verified_signature.reasons
    ]
    return statement[0] if statement else "nothing"


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_no_attack_is_accepted_and_each_is_called_by_its_name(attack: Attack) -> None:
    verified_signatures = verified(attack.build())
    assert not is_accepted(verified_signatures)
    assert said(verified_signatures) == attack.said


def test_the_corpus_has_every_class_and_no_attack_twice() -> None:
    assert len({str(attack) for attack in ATTACKS}) == len(ATTACKS)
    groups = Counter(attack.group for attack in ATTACKS)
    assert min(groups.values()) >= 20, groups


@pytest.mark.parametrize("name", BENIGN)
def test_nothing_benign_is_refused(name: str) -> None:
    verified_signatures = verified(BENIGN[name]())
    assert is_accepted(verified_signatures), verified_signatures
    assert said(verified_signatures) == "nothing"
