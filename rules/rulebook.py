"""How grave a rule is, since when, and what the submitter is told: ``rulebook.toml``, no code."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rules.finding import Severity


@dataclass(frozen=True, slots=True)
class Provision:
    """What the rulebook says of one rule."""

    severity: Severity
    remedy: str
    in_force_from: date | None = None
    in_force_until: date | None = None
    """The last day."""

    def in_force(self, day: date) -> bool:
        """Tell whether the rule is in force on the day."""
        return (self.in_force_from or date.min) <= day <= (self.in_force_until or date.max)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """An edition of the rulebook."""

    edition: str
    digest: str
    """SHA-256 over every file of this package: rulebook, profiles and code."""
    provisions: Mapping[str, Provision]


def digest_of_the_rules() -> str:
    """Give the SHA-256 over name and content of every rule, profile and table, in order of their names."""
    contents: dict[str, bytes] = {}

    def gather(folder: object, prefix: str) -> None:
        for item in folder.iterdir():  # type: ignore[attr-defined]  # Traversable, which has no public protocol before 3.11's importlib.resources.abc
            if item.is_dir() and item.name != "__pycache__":
                gather(item, f"{prefix}{item.name}/")
            elif item.name.endswith((".py", ".toml")):
                contents[f"{prefix}{item.name}"] = item.read_bytes()

    gather(files("rules"), "")
    whole = hashlib.sha256()
    for name in sorted(contents):
        whole.update(f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


@cache
def current() -> Rulebook:
    """Give the rulebook this program carries."""
    table = tomllib.loads(files("rules").joinpath("rulebook.toml").read_text("utf-8"))
    provisions = {
        rule: Provision(
            severity=Severity(entry["severity"]),
            remedy=entry["remedy"],
            in_force_from=entry.get("in_force_from"),
            in_force_until=entry.get("in_force_until"),
        )
        for rule, entry in table["rules"].items()
    }
    return Rulebook(edition=table["edition"], digest=digest_of_the_rules(), provisions=provisions)
