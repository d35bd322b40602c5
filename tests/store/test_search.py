"""Searches by facts on every database: each word begins a fact, all hold, and none costs more than its bound."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update
from store.desk_rows import Case, fill

from intake.domain.search_facts import Fact, FactKind, sought
from intake.store import facts, saved_views, search
from intake.store.engine import Store
from intake.store.saved_views import SavedView, TooManyViewsError
from intake.store.schema import message, outbox

COUNT = 60


@pytest.fixture
def cases(store: Store) -> list[Case]:
    made = fill(store, COUNT)
    told = [(case.id, Fact(FactKind.SUBJECT, word)) for case in made for word in ("all", f"word{case.id}", "äther")]
    with store.transaction() as tx:
        facts.record(tx, told)
        facts.record(tx, [(7, Fact(FactKind.DIGEST, "#abcdef0123")), (8, Fact(FactKind.DECIDED, "ada"))])
    return made


def found(store: Store, text: str) -> list[int]:
    with store.reading() as tx:
        return list(search.find(tx, sought(text)).numbers)


def test_each_word_begins_a_fact_and_all_hold(store: Store, cases: list[Case]) -> None:
    assert sorted(found(store, "all")) == list(range(1, COUNT + 1))
    assert found(store, "WORD7") == [7]
    assert set(found(store, "word1")) == {1, *range(10, 20)}
    assert found(store, "word1")[0] == 1, "what is just what was typed comes first"
    assert set(found(store, "all word1")) == {1, *range(10, 20)}
    assert set(found(store, "word1 ashdown")) == {n for n in found(store, "word1") if cases[n - 1].maker[0] == "10:6C"}
    assert found(store, "all ada") == [8]
    assert found(store, "Äther word9") == [9]
    assert found(store, "AB:CD:EF:01") == [7]
    assert found(store, "abcde") == []
    assert found(store, "word7 word8") == []


def test_a_reference_is_its_own_message_and_digits_are_it_among_others(store: Store, cases: list[Case]) -> None:
    del cases
    assert found(store, "CPL-42") == [42]
    assert found(store, "42")[0] == 42
    assert found(store, "9" * 9) == [999999999]
    assert found(store, "CPL-999999999999") == []


def test_what_matched_is_told(store: Store, cases: list[Case]) -> None:
    del cases
    with store.reading() as tx:
        told = search.matched(tx, sought("word7 all"), [7, 8])
    assert told[7] == [Fact(FactKind.SUBJECT, "all"), Fact(FactKind.SUBJECT, "word7")]
    assert told[8] == [Fact(FactKind.SUBJECT, "all")]


def test_a_search_that_finds_too_much_says_so(store: Store, cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    del cases
    monkeypatch.setattr(search, "MOST", 10)
    with store.reading() as tx:
        many = search.find(tx, sought("all"))
        few = search.find(tx, sought("word7"))
    assert many.more
    assert list(many.numbers) == list(range(COUNT, COUNT - 10, -1)), "the newest"
    assert (few.numbers, few.more) == ((7,), False)
    monkeypatch.setattr(search, "_LOOKED_AT", 10)
    with store.reading() as tx:
        assert search.find(tx, sought("all äther")).more
        assert search.find(tx, sought("all word7")) == search.Found((7,))


def test_of_two_common_words_the_rarer_leads(store: Store, cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    with store.transaction() as tx:
        facts.record(tx, [(case.id, Fact(FactKind.SUBJECT, "seldom")) for case in cases[::4]])
    monkeypatch.setattr(search, "MOST", 10)
    monkeypatch.setattr(search, "_LOOKED_AT", 10)
    newest = tuple(case.id for case in cases[::4][:-11:-1])
    for typed in ("all seldom", "seldom all", "äther all seldom"):
        with store.reading() as tx:
            assert search.find(tx, sought(typed)) == search.Found(newest, more=True)


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "a' OR 1=1", "\u202e", "(", '"', "\U0010ffff", "ß", "İ"])
def test_nothing_that_is_typed_is_more_than_words(store: Store, cases: list[Case], text: str) -> None:
    del cases
    assert found(store, text) in ([], found(store, text))
    assert len(found(store, text)) < COUNT


def test_views_are_kept_by_person_and_name(store: Store) -> None:
    with store.transaction() as tx:
        saved_views.save(tx, "Ada", SavedView("b", "view=mine"))
        saved_views.save(tx, "Ada", SavedView("A", "q=1"))
        saved_views.save(tx, "Ben", SavedView("b", "q=2"))
        saved_views.save(tx, "Ada", SavedView("b", "q=3"))
    with store.transaction() as tx:
        assert saved_views.choices(tx, "Ada").saved == (SavedView("A", "q=1"), SavedView("b", "q=3"))
        assert saved_views.remove(tx, "Ada", "b")
        assert not saved_views.remove(tx, "Ada", "b")
        assert saved_views.choices(tx, "Ben").saved == (SavedView("b", "q=2"),)
        for number in range(saved_views.MOST - 1):
            saved_views.save(tx, "Ada", SavedView(str(number), ""))
        with pytest.raises(TooManyViewsError):
            saved_views.save(tx, "Ada", SavedView("one more", ""))


def test_a_message_is_found_by_its_message_id_and_by_that_of_a_letter_about_it(store: Store, cases: list[Case]) -> None:
    del cases
    with store.transaction() as tx:
        tx.execute(update(message).where(message.c.id == 9).values(message_id="<Q.9@ashdown.example>"))
        letter = {
            "message": 11,
            "kind": "ack",
            "message_id": "<ack.11@secas.example>",
            "recipient": "a@b",
            "content": b"x",
        }
        queued = {"state": "sent", "attempts": 0, "queued_at": datetime(2026, 11, 20, tzinfo=UTC)}
        tx.execute(insert(outbox).values(**letter, **queued))
    assert found(store, "<Q.9@ashdown.example>") == [9]
    assert found(store, "Message-ID: <Q.9@ashdown.example>") == [9]
    assert found(store, "Q.9@ashdown.example") == [9]
    assert found(store, "ack.11@secas.example") == [11]
    assert found(store, "<Q.9@ashdown.exampl>") == []
