"""Whom a note names."""

from __future__ import annotations

import pytest

from intake.domain.mention import mentioned

NAMES = ("ada", "Ada Byron", "Ben", "Zoë", "a.b+c", "(x", "")


@pytest.mark.parametrize(
    ("text", "people", "unknown"),
    [
        ("@ada please", {"ada"}, ()),
        ("@ADA, @ben.", {"ada", "Ben"}, ()),
        ("see (@ben)!", {"Ben"}, ()),
        ("@Ada Byron knows", {"Ada Byron"}, ()),
        ("@ada byronne knows", {"ada"}, ()),
        ("@adam knows", set(), ("adam",)),
        ("write to robin@ben and ada@example.test", set(), ()),
        ("@@ada", set(), ()),
        ("@zoe\u0308 and @ZOË", {"Zoë"}, ()),
        ("@a.b+c and @aXb+c", {"a.b+c"}, ("aXb",)),
        ("@(x there", {"(x"}, ()),
        ("@", set(), ()),
        ("@ ada", set(), ()),
        ("@bert, @bert and @carl.", set(), ("bert", "carl")),
        ("\u202e@ada", {"ada"}, ()),
        ("@ben@ada", {"Ben"}, ()),
        ("", set(), ()),
    ],
)
def test_a_name_after_an_at_sign_is_a_mention(text: str, people: set[str], unknown: tuple[str, ...]) -> None:
    assert mentioned(text, NAMES) == (frozenset(people), unknown)


def test_two_people_whose_names_differ_in_case_alone_are_both_named() -> None:
    assert mentioned("@ANNA", ["anna", "Anna"])[0] == {"anna", "Anna"}


def test_where_there_is_nobody_nobody_is_named() -> None:
    assert mentioned("@ada", []) == (frozenset(), ("ada",))


def test_a_long_text_of_signs_takes_no_time() -> None:
    people, unknown = mentioned("@a" * 50_000 + "@" * 50_000, [f"a{'b' * n}" for n in range(50)])
    assert people == {"a"}
    assert unknown == ()
