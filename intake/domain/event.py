"""What an event of the ledger is: a name, a typed detail, a sentence, and whether it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import ClassVar, TypeVar, dataclass_transform

import msgspec


class _EventMeta(msgspec.StructMeta):
    """Makes every event frozen and its fields keywords.

    A struct, for there are more than a hundred and every command defines them all: a dataclass takes fifty
    times as long.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object], **_options: bool) -> _EventMeta:
        return super().__new__(cls, name, bases, namespace, frozen=True, kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class DomainEvent(msgspec.Struct, frozen=True, metaclass=_EventMeta):
    """What every event has; its fields are its detail."""

    name: ClassVar[str]
    """As it is stored: the class's own name in snake case."""
    sentence: ClassVar[str]
    """What the timeline says, with the detail's names in braces."""
    counted: ClassVar[bool]
    """Whether metrics tell of it before the first has happened, so that an alert may ask how many are new."""

    @property
    def detail(self) -> dict[str, object]:
        """The detail as it is stored; what has a default is stored only where it differs from that."""
        told, defaults = msgspec.structs.asdict(self), _defaults(type(self))
        return {name: value for name, value in told.items() if name not in defaults or value != defaults[name]}


@cache
def _defaults(kind: type[DomainEvent]) -> Mapping[str, object]:
    defaults = kind.__struct_defaults__
    return dict(zip(kind.__struct_fields__[len(kind.__struct_fields__) - len(defaults) :], defaults, strict=True))


DEFINED: dict[str, type[DomainEvent]] = {}
"""Every event by its name, in the order of its definition."""

_Class = TypeVar("_Class", bound=DomainEvent)


def event(sentence: str, *, counted: bool = False) -> Callable[[type[_Class]], type[_Class]]:
    """Define an event: its class's name in snake case, the class's annotated names its detail.

    Args:
        sentence: what the timeline says, with the detail's names in braces.
        counted: whether metrics tell of it before the first has happened.
    """

    def define(cls: type[_Class]) -> type[_Class]:
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.sentence, cls.counted = sentence, counted
        DEFINED[cls.name] = cls
        return cls

    return define
