"""Makes loading our modules cheaper, for a process that lives for a fraction of a second."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def write_methods_when_called() -> bool:
    """Let dataclasses that are defined from now on write each of their methods when it is first called.

    Before 3.13 Python compiles six of them for each class, one after the other, which is a fifth of the time in which
    `check` ends; most are never called. False where Python is another, and writes them as it is used to.
    """
    at_once: Callable[..., Any] | None = getattr(dataclasses, "_create_fn", None)
    if at_once is None:
        return False

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


_OURS = frozenset({"intake", "rules"})


def compile_patterns_when_used() -> None:
    """Let our own modules that are loaded from now on compile each of their expressions when it is first used.

    There are four hundred, of which an ordinary form with its certificates needs a quarter; to compile the others took
    as long as to read these.
    """
    at_once: Callable[[Any, Any], re.Pattern[Any]] = re.compile

    def create(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401  # text or bytes, and what is asked like a pattern
        asking: str = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001  # nothing else tells who asks
        ours = asking.partition(".")[0] in _OURS
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

    def method(self: object, *args: object, **named: object) -> object:
        if not written:
            written.append(write())
            written[0].__qualname__ = method.__qualname__
            for cls in type(self).__mro__:
                if cls.__dict__.get(name) is method:
                    setattr(cls, name, written[0])
        return written[0](self, *args, **named)

    method.__name__ = method.__qualname__ = name
    return method
