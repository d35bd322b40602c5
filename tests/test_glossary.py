"""The glossary and the code agree: a word that is a class's name is a class, and one word has one row."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (\*\*.*?) \| (.*) \|$", re.MULTILINE)
TERM = re.compile(r"\*\*(.+?)\*\*")
CLASS = re.compile(r"(?:[A-Z][a-z]+){2,}")
FUNCTION = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")


def rows() -> list[tuple[str, str]]:
    return ROW.findall((ROOT / ".github/GLOSSARY.md").read_text("utf-8"))


def defined(kind: type[ast.ClassDef | ast.FunctionDef]) -> Iterator[str]:
    """The names of all classes, or all functions, of the program."""
    for room in ("intake", "rules"):
        for file in (ROOT / room).rglob("*.py"):
            yield from (node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, kind))


def test_a_word_that_is_written_like_a_class_is_one() -> None:
    named = {word for row in rows() for word in TERM.findall(row[0]) if CLASS.fullmatch(word)}
    assert len(named) > 5
    assert named - {*defined(ast.ClassDef)} == set()


def test_a_function_that_the_glossary_names_is_there() -> None:
    named = {name for row in rows() for name in FUNCTION.findall(row[1])}
    assert named
    assert named - {*defined(ast.FunctionDef)} == set()


def test_one_word_has_one_row_and_every_row_says_something() -> None:
    words = [word.casefold() for row in rows() for word in TERM.findall(row[0])]
    assert len(words) > 40
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert all(meaning.strip() for _, meaning in rows())
