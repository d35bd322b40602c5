"""What a report says of a letter, and which letter it may mean."""

from __future__ import annotations

import pytest

from intake.domain.bounce import Bounce, Fate, bounce_address, fate_of, our_ids_in, our_tags_in, without_comments
from intake.domain.letter import message_id

ID = message_id("ack", "0" * 64, "list.example")
NAME = ID.strip("<>").partition("@")[0]


@pytest.mark.parametrize(
    ("actions", "fate"),
    [
        (["failed"], Fate.FAILED),
        (["Delayed"], Fate.DELAYED),
        (["delivered", "failed"], Fate.FAILED),
        ([" relayed "], Fate.RELAYED),
        (["expanded", "delayed"], Fate.DELAYED),
        (["eaten"], None),
        ([], None),
    ],
)
def test_the_gravest_action_counts(actions: list[str], fate: Fate | None) -> None:
    assert fate_of(actions) is fate


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        (f"Message-ID: {ID}", (NAME,)),
        (f"{ID} and {ID}", (NAME,)),
        (ID.replace("ack", "return"), (NAME.replace("ack", "return"),)),
        ("<1@list.example>", ()),
        (NAME, ()),
    ],
)
def test_our_message_ids_are_told_by_their_shape(text: str, actual: tuple[str, ...]) -> None:
    assert our_ids_in(text) == actual


def test_of_very_many_names_the_first_are_told() -> None:
    names = [f"ack.{at:032x}" for at in range(30)]
    assert our_ids_in(" ".join(f"<{name}@list.example>" for name in names)) == tuple(names[:20])
    assert our_tags_in(" ".join(names)) == tuple(names[:20])


@pytest.mark.parametrize(
    "text", [f"{NAME}@list.example", f"<bounces+{NAME}@list.example>", f"{NAME}+40list.example", NAME, NAME.upper()]
)
def test_our_names_are_found_in_what_comes_back(text: str) -> None:
    assert our_tags_in(text) == (NAME,)


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("secas@list.example", "secas@list.example"),
        ("bounces+{id}@list.example", f"bounces+{NAME}@list.example"),
        ("{id}@bounces.example", f"{NAME}@bounces.example"),
        ("<>", ""),
    ],
)
def test_the_bounce_address_can_tell_the_letter(template: str, address: str) -> None:
    assert bounce_address(template, ID) == address


@pytest.mark.parametrize(
    ("bounce", "reason"),
    [
        (
            Bounce(Fate.FAILED, (NAME,), "jane@maker.example", "5.1.1", "550 unknown"),
            "jane@maker.example: 5.1.1 550 unknown",
        ),
        (Bounce(Fate.FAILED, (NAME,)), "no reason is given"),
        (Bounce(Fate.FAILED, (NAME,), "jane@maker.example"), "jane@maker.example: no reason is given"),
        (Bounce(Fate.FAILED, (NAME,), status="5.1.1"), "5.1.1"),
        (Bounce(Fate.FAILED, (NAME,), said="550 unknown"), "550 unknown"),
    ],
)
def test_the_reason_is_one_line(bounce: Bounce, reason: str) -> None:
    assert bounce.reason == reason


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("failed", "failed"),
        ("failed (for good)", "failed"),
        ("(so) failed  (for (ever (and ever)))", "failed"),
        ("5.1.1(unknown)5.1.2", "5.1.1 5.1.2"),
        ("failed (no end", "failed (no end"),
        ("()", ""),
        ("((((()))))", ""),
        ("(" * 7 + ")" * 7, "(( ))"),  # deeper than anybody writes
    ],
)
def test_a_field_is_read_without_its_comments(value: str, plain: str) -> None:
    assert without_comments(value) == plain


def test_the_gravest_action_is_read_beside_a_comment() -> None:
    assert fate_of(["delayed (not Failed)"]) is Fate.DELAYED
