"""Puts off modules of the standard library that others import and a short command seldom asks anything of.

`dataclasses` imports `inspect`, and with it the tools that take Python apart, for classes that have no docstring;
`zipfile` imports two compressions that no workbook uses; `socket` can wait for many sockets at once; and no program is
started where the reader was forked.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

SELDOM_ASKED = (
    *("base64", "bz2", "inspect", "ipaddress", "locale", "lzma", "selectors", "shutil", "subprocess", "tempfile"),
    *("textwrap", "traceback"),
)


def put_off(*names: str) -> None:
    """Let these be loaded when anything is asked of them; those that are loaded already stay."""
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = _Late(name)


class _Late(ModuleType):
    """Stands for a module; whoever holds it goes on asking it, and it the module."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name != "__all__":  # what the import system asks of every module
            raise AttributeError(name)
        if (self.__name__, name) == ("inspect", "cleandoc"):  # of every option's help
            return _cleaned
        value: object = getattr(_loaded(self.__name__), name)
        setattr(self, name, value)
        return value


def _loaded(name: str) -> ModuleType:
    if isinstance(sys.modules.get(name), _Late):
        del sys.modules[name]
    return import_module(name)


def _cleaned(doc: str) -> str:
    """Clean a docstring up as `inspect` does, which is not needed for one line of it."""
    if "\n" not in doc and "\t" not in doc:
        return doc.lstrip()
    cleaned: str = vars(_loaded("inspect"))["cleandoc"](doc)
    return cleaned
