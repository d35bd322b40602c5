"""Makes loading our modules cheaper, for a process that lives for a fraction of a second."""

from __future__ import annotations

import dataclasses
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Hide packages that others load wherever they are installed, and can do without; they may be loaded later."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how the import system is told of none
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def stand_in_for(name: str) -> None:
    """Put a package in the place of one that others must load, and that nothing in this process ever calls.

    It has every class that is asked for, and each of them is empty.
    """
    if name not in sys.modules:
        sys.modules[name] = _StandIn(name)


@contextmanager
def standing_in_for(name: str) -> Iterator[None]:
    """Do so for a while; afterwards whoever asks for the package gets it itself."""
    absent = name not in sys.modules
    stand_in_for(name)
    try:
        yield
    finally:
        if absent:
            del sys.modules[name]


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def hash_by_python() -> bool:
    """Let `hashlib` do with the digests that Python brings itself, where it does.

    To load OpenSSL takes as long as these take longer for two megabytes, and a submission has less.
    """
    for own in ("_sha2", "_sha256"):  # of 3.12 and later, and before
        with suppress(ImportError):
            import_module(own)
            with without("_hashlib"):
                import_module("hashlib")
            return True
    return False


def write_methods_when_called() -> bool:
    """Let dataclasses that are defined from now on write each of their methods when it is first called.

    Before 3.13 Python compiles six of them for each class, one after the other, which is a fifth of the time in which
    `check` ends; most are never called, and most classes have a few instances only, which are filled without the
    method. A class without a docstring does not get one made of its parameters either. False where Python is another,
    and writes them as it is used to.
    """
    at_once: Callable[..., Any] | None = getattr(dataclasses, "_create_fn", None)
    if at_once is None:
        return False
    dataclasses.inspect = _Undocumented  # type: ignore[attr-defined]  # what its own module imports

    def create(  # the parameters of what it stands in for
        name: str,
        args: Sequence[str],
        body: Sequence[str],
        *,
        locals: Mapping[str, object] | None = None,  # noqa: A002  # its name there
        **told: object,
    ) -> Callable[..., Any]:
        return _when_called(name, lambda: at_once(name, args, body, locals=dict(locals or {}), **told))

    dataclasses._create_fn = create  # type: ignore[attr-defined]  # noqa: SLF001  # there is no public way
    return True


class _Undocumented:
    @staticmethod
    def signature(_: object) -> object:
        return ""  # an error would be none of a class in later releases of 3.11 alone


_OURS = frozenset({"intake", "rules"})
_LIKE_OURS = frozenset({"gettext", "logging", "platform", "string", "textwrap", "tomllib", "xml"})
"""Of the standard library, what has many expressions and asks them nothing but methods."""


def compile_patterns_when_used() -> None:
    """Let our own modules that are loaded from now on compile each of their expressions when it is first used.

    There are four hundred, of which an ordinary form with its certificates needs a quarter; to compile the others took
    as long as to read these. So it is with some of the standard library's.
    """
    at_once: Callable[[Any, Any], re.Pattern[Any]] = re.compile

    def create(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401  # text or bytes, and what is asked like a pattern
        asking: str = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001  # nothing else tells who asks
        ours = asking.partition(".")[0] in _OURS | _LIKE_OURS
        return _Expression(lambda: at_once(pattern, flags)) if ours else at_once(pattern, flags)

    re.compile = create


class _Expression:
    """Stands in for an expression; every method is its own from the first time on that it is asked for."""

    def __init__(self, compiled: Callable[[], re.Pattern[Any]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self._compiled(), name)  # the second time out of the cache of `re`
        setattr(self, name, value)
        return value


def _when_called(name: str, write: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """Stand in for a method until it is called; then the class gets the method itself."""
    written: list[Callable[..., Any]] = []

    calls = itertools.count()

    def method(self: object, *args: object, **named: object) -> object:
        if not written:
            owners = [cls for cls in type(self).__mro__ if cls.__dict__.get(name) is method]
            if name == "__init__" and owners and next(calls) < _FEW and _filled(self, owners[0], args, named):
                return None
            written.append(write())
            written[0].__qualname__ = method.__qualname__
            for cls in owners:
                setattr(cls, name, written[0])
        return written[0](self, *args, **named)

    method.__name__ = method.__qualname__ = name
    return method


_FEW = 6
"""So many instances cost less filled one by one than their method written."""


def _filled(instance: object, owner: type, args: Sequence[object], named: Mapping[str, object]) -> bool:
    """Fill an instance as its written method would; False, and nothing done, where a field or the call is unusual."""
    fields: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(owner)
    if len(fields) < len(vars(owner)["__dataclass_fields__"]) or any(not f.init or f.kw_only for f in fields):
        return False
    values: dict[str, object] = dict(zip((field.name for field in fields), args, strict=False))
    if len(values) < len(args) or values.keys() & named:
        return False
    values |= named
    for field in fields:
        if field.name not in values:
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                return False
            values[field.name] = field.default
    if len(values) > len(fields):
        return False
    for field in fields:
        value = values[field.name]
        if value is dataclasses.MISSING and field.default_factory is not dataclasses.MISSING:
            value = field.default_factory()
        object.__setattr__(instance, field.name, value)
    after = getattr(instance, "__post_init__", None)
    if after is not None:
        after()
    return True
