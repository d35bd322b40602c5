"""What an event of the ledger is: a name, a typed detail, a sentence, and whether it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import ClassVar, TypeVar, cast, dataclass_transform


class DomainEvent:
    """What every event has; its dataclass fields are its detail."""

    name: ClassVar[str]
    """As it is stored: the class's own name in snake case."""
    sentence: ClassVar[str]
    """What the timeline says, with the detail's names in braces."""
    counted: ClassVar[bool]
    """Whether metrics tell of it before the first has happened, so that an alert may ask how many are new."""

    @property
    def detail(self) -> dict[str, object]:
        """The detail as it is stored; what has a default is stored only where it differs from that."""
        told = ((field, getattr(self, field.name)) for field in fields(cast("type[_Detail]", type(self))))
        return {stored.name: value for stored, value in told if stored.default is MISSING or value != stored.default}


@dataclass(frozen=True)
class _Detail(DomainEvent):
    """A dataclass, for the type checker's sake."""


DEFINED: dict[str, type[DomainEvent]] = {}
"""Every event by its name, in the order of its definition."""

_Class = TypeVar("_Class", bound=DomainEvent)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(sentence: str, *, counted: bool = False) -> Callable[[type[_Class]], type[_Class]]:
    """Define an event: its class's name in snake case, the class's annotated names its detail.

    Args:
        sentence: what the timeline says, with the detail's names in braces.
        counted: whether metrics tell of it before the first has happened.
    """

    def define(cls: type[_Class]) -> type[_Class]:
        defined = dataclass(frozen=True, kw_only=True)(cls)
        defined.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        defined.sentence, defined.counted = sentence, counted
        DEFINED[defined.name] = defined
        return defined

    return define
