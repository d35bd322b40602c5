"""What makes loading cheaper changes nothing of what is loaded."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from programs import environment

from intake.demo import products
from intake.demo.samples import submission

_TRIAL = """
    import dataclasses, sys
    from intake.sandbox import light
    if "lazily" in sys.argv:
        assert light.write_methods_when_called() is hasattr(dataclasses, "_create_fn")

    @dataclasses.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = dataclasses.field(default=2, compare=False)
        tags: list[str] = dataclasses.field(default_factory=list, hash=False)

    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Named(Point):
        name: str = "n"

        def __post_init__(self) -> None:
            assert self.name

    @dataclasses.dataclass(slots=True)
    class Open:
        inner: object = None

    @dataclasses.dataclass
    class Odd:
        first: int
        kept: dataclasses.InitVar[int] = 3
        second: list[int] = dataclasses.field(init=False, default_factory=lambda: [1])
        third: int = dataclasses.field(default=4, kw_only=True)

        def __post_init__(self, kept: int) -> None:
            self.first += kept

    before = Point.__dict__["__init__"]
    many = [Point(number, *[number] * (number % 2)) for number in range(5)]
    print(many, many[0].tags is many[2].tags, Odd(1), Odd(1, 2, third=5), file=sys.stdout)
    print(Point.__dict__["__init__"] is before, file=sys.stderr)
    point, named, open_ = Point(1, tags=["a"]), Named(1, 3), Open()
    open_.inner = open_
    print(point, named, open_, point == Point(1, 5, ["a"]), point == Point(2), point != named)
    print(hash(Named(1)) == hash(Named(1)))
    print(named < Named(2), dataclasses.replace(named, name="m"), dataclasses.asdict(named), Point.__match_args__)
    for change in (lambda: setattr(point, "x", 2), lambda: delattr(point, "x"), lambda: Point(), lambda: Point(1, z=2),
                   lambda: Open(1, 2), lambda: Named(1, x=2), lambda: Named(y=2)):
        try:
            change()
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)
    print(Open.__hash__)
    print(Point.__dict__["__init__"] is before, file=sys.stderr)
"""


def tried(*words: str) -> tuple[str, str]:
    command = [sys.executable, "-c", textwrap.dedent(_TRIAL), *words]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout, done.stderr
    return done.stdout, done.stderr


def test_classes_whose_methods_are_written_when_called_behave_as_ever() -> None:
    assert tried("lazily")[0] == tried()[0]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python writes all methods of a class at once")
def test_a_method_is_written_by_its_first_call_and_not_before() -> None:
    assert tried("lazily")[1] == "True\nFalse\n"  # the first few instances are filled without it
    assert tried()[1] == "True\nTrue\n"


def test_a_command_that_writes_log_lines_loads_nothing_for_tracebacks() -> None:
    load = "import sys; from intake.cli.program import program; program.get_command(None, 'run')"
    command = [sys.executable, "-c", f"{load}; print('structlog' in sys.modules, 'rich' in sys.modules); import rich"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["True", "False"], done.stderr
    assert done.returncode == 0


def test_what_verifies_signatures_is_loaded_without_the_clients_of_the_network() -> None:
    load = """
import sys
from intake.sandbox.light import stand_in_for
stand_in_for("aiohttp")
from intake.extract.reader import WHAT_SIGNATURES_NEED
[__import__(name) for name in WHAT_SIGNATURES_NEED]
print([name for name in ("aiohttp.client", "yarl", "requests", "pyhanko.sign.timestamps") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", load], env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "['pyhanko.sign.timestamps']", done.stderr


_EXPRESSIONS = """
    import re, sys
    from intake.sandbox import light
    light.compile_patterns_when_used()
    asked = re._compiler.compile
    def counted(pattern, flags=0):
        sys.stderr.write(str(pattern) + "\\n")
        return asked(pattern, flags)
    re._compiler.compile = counted
    def expression(module, pattern):
        names = {"__name__": module, "re": re, "pattern": pattern}
        exec("made = re.compile(pattern, re.IGNORECASE)", names)
        return names["made"]
    ours, rule = expression("intake.some.part", r"(?P<word>o+)urs"), expression("rules.shapes", rb"never")
    other = expression("elsewhere", "other")
    sys.stderr.write("used\\n")
    print(ours.pattern, ours.search("yOOurs")["word"], ours.sub("x", "ours"), ours.flags == other.flags, ours.groups)
    print([ours.fullmatch(text) is None for text in ("oours", "yours")], type(other).__name__)
"""


def test_our_own_expressions_are_compiled_when_they_are_first_used() -> None:
    command = [sys.executable, "-c", textwrap.dedent(_EXPRESSIONS)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["(?P<word>o+)urs OO x True 1", "[False, True] Pattern"]
    assert done.stderr.splitlines() == ["other", "used", "(?P<word>o+)urs"]


_LATE = """
    import sys
    from intake.cli import late
    if "late" in sys.argv:
        late.put_off("inspect", "textwrap", "bz2", "json")
    import bz2, dataclasses, inspect, textwrap
    print([name for name in ("ast", "inspect", "bz2", "_bz2") if hasattr(sys.modules.get(name), "__file__")])
    from textwrap import dedent
    print(dedent("  a\\n  b"), bz2.decompress(bz2.compress(b"abc")))
    docs = ("  one line ", "", " ", " two\\n    lines\\n  of text\\n\\n", "a\\tb", "\\n  x")
    print([inspect.cleandoc(doc) for doc in docs], inspect.isfunction(dedent), inspect.signature(dedent))
    import json
    from inspect import *
    print(json.dumps([1]), isclass(dict), sys.modules["inspect"].isclass is isclass)
    for wrong in (lambda: inspect.nothing, lambda: __import__("bz2").__path__):
        try:
            wrong()
        except AttributeError as error:
            print(type(error).__name__)
"""


def test_modules_that_are_put_off_answer_as_ever() -> None:
    said = {}
    for words in ((), ("late",)):
        command = [sys.executable, "-S", "-c", textwrap.dedent(_LATE), *words]
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=True)
        said[words] = done.stdout.splitlines()
    assert said[("late",)][1:] == said[()][1:]
    assert said[("late",)][0] == "[]"
    assert said[()][0] == "['ast', 'inspect', 'bz2', '_bz2']"


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the dataclasses of Python 3.13 load what takes Python apart")
def test_a_check_loads_nothing_that_takes_python_apart(tmp_path: Path) -> None:
    for name, content in submission(products.faultless_form(products.SINGLE, on=date(2026, 11, 20))).items():
        (tmp_path / name).write_bytes(content)
    run = """
import os, sys
sys.argv[1:] = ["check", sys.argv[1], "--at", "2026-11-20"]
unwanted = ["_hashlib", "ast", "bz2", "dis", "intake.config", "pkgutil", "random", "selectors", "shutil", "subprocess",
            "traceback"]
leave = os._exit
def tell(code):
    print([name for name in unwanted if hasattr(sys.modules.get(name), "__file__")], code, file=sys.stderr, flush=True)
    leave(code)
os._exit = tell
from intake.cli import main
main()
"""
    command = [sys.executable, "-c", run, str(tmp_path)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "[] 0\n", done.stdout


_HASHED = """
    import sys
    if "python" in sys.argv:
        from intake.sandbox import light
        assert light.hash_by_python()
    import hashlib
    print("_hashlib" in sys.modules)
    import hmac
    for name in sorted(hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}):
        print(name, hashlib.new(name, b"message").hexdigest(), getattr(hashlib, name)(b"message").hexdigest())
        print(*(hmac.new(b"key", b"message", kind).hexdigest() for kind in (name, getattr(hashlib, name))))
"""


def test_digests_are_the_same_whoever_makes_them() -> None:
    said = {}
    for words in ((), ("python",)):
        command = [sys.executable, "-c", textwrap.dedent(_HASHED), *words]
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=True)
        said[words] = done.stdout.splitlines()
    assert (said[()][0], said[("python",)][0]) == ("True", "False")
    assert said[("python",)][1:] == said[()][1:]
    assert len(said[()]) > 20
