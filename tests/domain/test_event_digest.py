"""What an event's digest is over: the whole event and nothing else, and a salt that hides what is not public."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from intake.domain.event_digest import GENESIS, detail_sha256, detail_text, link, plain_sha256, salted_sha256

SALT = bytes(range(16))
HARD = {"z": 'a "quoted" \\ word', "a": "Zähler \ud800 \N{GRINNING FACE}", "list": ["x", 1, None]}


@pytest.mark.parametrize(
    ("actor", "message", "entry", "detail"),
    [
        ("ada", 7, "17", {"reason": "so"}),
        ("ada", None, None, {}),
        ('a "b" \\ c', 7, None, HARD),
        ("Zähler \ud800", None, 'e"', HARD),
    ],
)
def test_the_hidden_part_is_digested_as_json_with_sorted_keys_behind_the_salt(
    actor: str, message: int | None, entry: str | None, detail: dict[str, object]
) -> None:
    whole = json.dumps({"message": message, "entry": entry, "detail": detail, "actor": actor}, sort_keys=True)
    expected = sha256(SALT + whole.encode()).hexdigest()
    assert detail_sha256(SALT, detail_text(detail), actor=actor, message=message, entry=entry) == expected


def test_every_part_of_what_is_hidden_counts() -> None:
    digests = {
        detail_sha256(salt, detail, actor=actor, message=message, entry=entry)
        for salt, detail, actor, message, entry in (
            (SALT, "{}", "ada", 7, "17"),
            (SALT[::-1], "{}", "ada", 7, "17"),
            (SALT, '{"a": 1}', "ada", 7, "17"),
            (SALT, "{}", "ben", 7, "17"),
            (SALT, "{}", "ada", 8, "17"),
            (SALT, "{}", "ada", None, "17"),
            (SALT, "{}", "ada", 7, "18"),
            (SALT, "{}", "ada", 7, None),
            (SALT, "{}", "ada", 7, ""),
        )
    }
    assert len(digests) == 9


def test_a_changed_detail_with_a_lone_surrogate_is_digested_and_not_refused() -> None:
    assert detail_sha256(SALT, '{"a": "\ud800"}', actor="ada", message=7, entry=None)


def test_an_event_is_digested_from_its_public_head_and_its_detail_s_digest() -> None:
    head = {"seq": 3, "at": "2026-11-20T12:00:00Z", "name": "received", "detail_sha256": "ab" * 32}
    expected = sha256(json.dumps(head, sort_keys=True).encode()).hexdigest()
    assert salted_sha256(3, "2026-11-20T12:00:00Z", "received", "ab" * 32) == expected
    assert salted_sha256(3, "\ud800", "received", "ab" * 32) != expected  # a row that was changed


def test_the_form_without_a_salt_is_over_the_canonical_whole() -> None:
    assert plain_sha256({"b": "ä", "a": [1, None]}) == sha256(b'{"a":[1,null],"b":"\\u00e4"}').hexdigest()
    assert plain_sha256({"a": 1, "b": 2}) == plain_sha256({"b": 2, "a": 1})


def test_the_chain_hangs_on_what_came_before() -> None:
    first = link(GENESIS, "ab" * 32)
    assert first == sha256(b"0" * 64 + b"ab" * 32).hexdigest()
    assert link(first, "cd" * 32) != link(GENESIS, "cd" * 32)


def test_a_detail_is_stored_in_ascii_with_its_keys_sorted() -> None:
    assert detail_text({"b": "ä", "a": 1}) == '{"a": 1, "b": "\\u00e4"}'
