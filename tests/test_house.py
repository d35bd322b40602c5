"""What can drift is tested: the README, the configuration, the packaging, the names we own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from programs import cpl_intake

from intake.cli.program import COMMANDS
from intake.config import Config, load
from intake.resources import example_config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SOURCES = sorted(file for room in ("intake", "rules", "tests") for file in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("name", ["intake", "rules"])
def test_nobody_else_owns_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, ())) <= {"cpl-intake"}  # an editable install lists no modules


def test_the_example_configuration_names_every_key() -> None:
    text = example_config()

    def keys(kind: type[msgspec.Struct]) -> set[str]:
        actual = set()
        for field in msgspec.structs.fields(kind):
            actual |= {field.encode_name}.union(*(keys(section) for section in sections_in(field.type)))
        return actual

    def sections_in(kind: object) -> list[type[msgspec.Struct]]:
        inner = [section for part in getattr(kind, "__args__", ()) for section in sections_in(part)]
        return [kind] if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else inner

    for key in keys(Config) - {"folder"}:
        assert re.search(rf"\[{key}\]|^#? ?{key} = ", text, re.MULTILINE), f"{key} is not in config.example.toml"


def test_the_example_configuration_says_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(example_config())
    loaded = load(file)
    plain = load_text(tmp_path, "")
    for section in (
        "outgoing",
        "store",
        "evidence",
        "limits",
        "acknowledgement",
        "authentication",
        "calendar",
        "signing",
        "review",
        "web",
        "log",
    ):
        assert getattr(loaded, section) == getattr(plain, section)


def load_text(folder: Path, text: str) -> Config:
    file = folder / "other.toml"
    file.write_text(text)
    return load(file)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_readme_names_every_command(command: str) -> None:
    assert re.search(rf"cpl-intake {command}\b", README)


def test_readme_s_help_is_the_program_s_own() -> None:
    blocks = re.findall(r"```\n\$ cpl-intake ([\w -]*--help)\n(.*?)```", README, re.DOTALL)
    assert blocks
    for words, text in blocks:
        assert cpl_intake(*words.split()).out.strip() == text.strip()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    for requirement in project["dependencies"]:
        line = next(line for line in text.splitlines() if requirement in line)
        name = re.split(r"[<>=\[]", requirement)[0]
        assert "#" in line or name == "tzdata", f"{requirement} stands without a reason"


def test_the_wheel_holds_the_program_and_its_files(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"intake/templates/mail/acknowledgement.txt", "intake/config.example.toml", "rules/rulebook.toml"} <= names
    assert {"intake/store/migrations/env.py", "intake/store/migrations/versions/0001_first_schema.py"} <= names
    assert "intake/extract/own_message.eml" in names  # without it no reading process would begin
    assert not [name for name in names if name.startswith(("tests/", "deploy/"))]


def test_no_file_names_a_machine_or_an_index() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is no git checkout")
    words = re.compile(r"(?<![\w.-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me)/\w|pypi\." + r"org|pythonho" + r"sted")
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in {".png", ".pdf", ".xlsx"} or not path.is_file():
            continue
        assert not words.search(path.read_text("utf-8", "replace")), name


def repetitions(source: str) -> list[int]:
    """The lines at which the statements that have just been said are said again."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        for _, block in ast.iter_fields(node):
            if not isinstance(block, list) or not all(isinstance(part, ast.stmt) for part in block):
                continue
            said = [ast.dump(statement) for statement in block]
            lines += [
                block[start + length].lineno
                for length in range(1, len(said) // 2 + 1)
                for start in range(len(said) - 2 * length + 1)
                if said[start : start + length] == said[start + length : start + 2 * length]
            ]
    return sorted(lines)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a = 1\nb = 2\n", []),
        ("go()\nwait()\ngo()\n", []),
        ("for _ in range(2):\n    go()\n", []),
        ("if here:\n    go()\nelse:\n    go()\n", []),
        ("go()\ngo()\n", [2]),
        ("a = 1\na = 1\n", [2]),
        ("def f():\n    go()\n    go( )\n", [3]),
        ("try:\n    pass\nfinally:\n    go()\n    go()\n", [5]),
        ("a = f()\nb = g(a)\na = f()\nb = g(a)\n", [3]),
        ("with x:\n    a()\n    b()\n    c()\n    a()\n    b()\n    c()\n", [5]),
    ],
)
def test_a_repeated_statement_is_found(source: str, lines: list[int]) -> None:
    assert repetitions(source) == lines


def test_no_statement_stands_twice_one_after_the_other() -> None:
    """What is done twice on purpose stands in a loop, which says so."""
    twice = [f"{file.relative_to(ROOT)}:{line}" for file in SOURCES for line in repetitions(file.read_text("utf-8"))]
    assert twice == []


def vague(source: str) -> list[str]:
    """Local variables whose names say when their value came, or that it is one of several, and not what it is."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    names = (node for function in functions for node in ast.walk(function) if isinstance(node, ast.Name))
    return [
        name.id for name in names if isinstance(name.ctx, ast.Store) and name.id in {"each", "found", "known", "one"}
    ]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(letters):\n    return [each.id for each in letters]", ["each"]),
        ("def f(letters):\n    found = letters[0]\n    return found", ["found"]),
        ("def f(letters):\n    first = letters[0]\n    return first.known", []),
        ("class Loader:\n    known: tuple[str, ...]", []),
    ],
)
def test_a_vague_name_is_found(source: str, names: list[str]) -> None:
    assert vague(source) == names


def test_local_variables_say_what_they_hold() -> None:
    ours = [file for file in SOURCES if file.relative_to(ROOT).parts[0] != "tests"]
    told = {str(file): names for file in ours if (names := vague(file.read_text("utf-8")))}
    assert not told


NO_VERB = re.compile(
    r"`|(?:the|an?|its|their|wh(?:ether|ere|at|ich|o|y|en)|how|every|each|all|any|those|these|it|of|by|in)\b",
    re.IGNORECASE,
)
"""How a docstring begins that says what something is, not what it does."""


def orderless(source: str) -> list[str]:
    """The public functions whose docstring does not begin with a verb; a property's says what it is."""
    return [
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and not function.name.startswith("_")
        and not any("property" in ast.unparse(decorator) for decorator in function.decorator_list)
        and NO_VERB.match(ast.get_docstring(function) or "")
    ]


@pytest.mark.parametrize(
    ("docstring", "name"),
    [("The day.", ["day"]), ("Whether it is over.", ["day"]), ("``1 day``.", ["day"]), ("Give the day.", [])],
)
def test_a_docstring_without_a_verb_is_found(docstring: str, name: list[str]) -> None:
    assert orderless(f'def day():\n    """{docstring}"""') == name
    assert orderless(f'@property\ndef day(self):\n    """{docstring}"""') == []


def test_public_docstrings_begin_with_a_verb() -> None:
    files = [file for room in ("intake", "rules") for file in sorted((ROOT / room).rglob("*.py"))]
    assert [f"{file.relative_to(ROOT)}: {name}" for file in files for name in orderless(file.read_text("utf-8"))] == []


def test_london_s_zone_is_named_in_one_place() -> None:
    named = [
        file.name for file in SOURCES if file.parts[len(ROOT.parts)] != "tests" and 'ZoneInfo("' in file.read_text()
    ]
    assert named == ["days.py"]


WAIVER = re.compile(
    r"# (ruff: )?(noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\])"
    r"(  # (noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\]))*  # (?!noqa|type: ignore)\S"
)
"""Codes, two spaces, and the reason as a comment of its own."""


def unexplained(source: str) -> Iterator[int]:
    """The lines at which a linter or the type checker is waived without a reason, or with one written otherwise."""
    for token in tokenize.generate_tokens(StringIO(source).readline):
        waives = token.type == tokenize.COMMENT and re.search(r"\bnoqa\b|type:\s*ignore", token.string)
        if waives and not WAIVER.search(token.string):
            yield token.start[0]


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# noqa: S101  # our own mistake", True),
        ("# noqa: ANN401, N802  # aiosmtpd's words", True),
        ("# type: ignore[arg-type]  # the test names the facts", True),
        ("# type: ignore[method-assign,assignment]  # the seam", True),
        ("# type: ignore[attr-defined]  # noqa: SLF001  # the documented way", True),
        ("# ruff: noqa: T201  # printing is what it is for", True),
        ("# an ordinary comment", True),
        ("# noqa", False),
        ("# noqa: S101", False),
        ("# noqa: S101  #", False),
        ("# noqa: S101 # one space", False),
        ("# noqa: S101 - another notation", False),
        ("# noqa:S101  # no space", False),
        ("# type: ignore", False),
        ("# type: ignore  # no code", False),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type] # one space", False),
        ("# type: ignore[attr-defined]  # noqa: SLF001", False),
        ("# ruff: noqa", False),
    ],
)
def test_a_waiver_without_its_reason_is_found(comment: str, explained: bool) -> None:
    assert list(unexplained(f"x = 1  {comment}\n")) == ([] if explained else [1])
    assert list(unexplained(f"x = {comment!r}\n")) == []


def test_every_waiver_says_why_on_its_line() -> None:
    bare = [f"{file.relative_to(ROOT)}:{line}" for file in SOURCES for line in unexplained(file.read_text("utf-8"))]
    assert bare == []


CLASS_OF_CHARACTERS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
POSSESSIVE = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def unsteady(source: str) -> list[int]:
    """The lines of texts in which a group is repeated possessively.

    Python 3.11.0 to 3.11.3, such as Debian 12 has, keeps there what a last round has read that failed.
    """
    texts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text.lineno for text in texts if POSSESSIVE.search(CLASS_OF_CHARACTERS.sub("x", str(text.value)))]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (r"'(?:a|b)*+c'", [1]),
        (r"'(?:a|b){0,3}+c'", [1]),
        (r"b'(?:a|b)?+c'", [1]),
        (r"'(?>(?:a|b)*)c'", []),
        (r"f'{x}(?:a|{y})++c'", [1]),
        (r"'[ab]*+c'", []),
        (r"'[()*+,;]c'", []),
        (r"'(?:a|b)?[ab]+c'", []),
        (r"'(?:a|b)*c+'", []),
        (r"'\\)*+'", []),
    ],
)
def test_a_group_repeated_possessively_is_found(written: str, lines: list[int]) -> None:
    assert unsteady(written) == lines


def test_no_group_is_repeated_possessively() -> None:
    named = [file for file in SOURCES if file.parts[len(ROOT.parts)] != "tests"]
    assert [f"{file.relative_to(ROOT)}:{line}" for file in named for line in unsteady(file.read_text("utf-8"))] == []
