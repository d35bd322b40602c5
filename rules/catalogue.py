"""Finds every rule by walking the folders."""

from __future__ import annotations

import importlib
from functools import cache
from importlib.resources import files
from types import ModuleType

from rules.fields import FormField, FormGroup
from rules.profile import editions, profile
from rules.rule import Rule

FOLDERS = ("format", "completeness", "alignment", "signature", "register")
"""In the order of a report."""


class BadCatalogueError(Exception):
    """Two rules share an id, a rule's id is not its file's name, or code asks for what nothing states."""


def _modules(folder: str) -> list[ModuleType]:
    package = importlib.import_module(f"rules.{folder}")
    names = sorted(item.name.removesuffix(".py") for item in files(package).iterdir() if _states_a_rule(item.name))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _states_a_rule(file: str) -> bool:
    return file.endswith(".py") and not file.startswith("_")


def _rule_of(module: ModuleType) -> Rule:
    rule: Rule = module.RULE
    if f"rules.{rule.id}" != module.__name__:
        message = f"rule {rule.id} stands in {module.__name__}"
        raise BadCatalogueError(message)
    return rule


def _known_to_a_form() -> None:
    """Hold every name of `rules.fields` against the editions of the form, lest a rule ask for what no form has."""
    strange: set[str] = {*FormField, *FormGroup}
    for edition in editions():
        strange -= {name for field in profile(edition).fields for name in (field.name, field.group)}
        if not strange:  # as with the newest, so that nobody reads the others
            return
    message = f"no edition of the form has {', '.join(sorted(strange))}"
    raise BadCatalogueError(message)


@cache
def all_rules() -> tuple[Rule, ...]:
    """List every rule, folder by folder, by name.

    Raises:
        BadCatalogueError: where an id is not the file's own name, which also rules out doubles; where a name of
            `rules.fields` is no form's.
    """
    _known_to_a_form()
    return tuple(_rule_of(module) for folder in FOLDERS for module in _modules(folder))


def manual(rule: Rule) -> str:
    """Give the rule's manual page: its module's docstring."""
    return (importlib.import_module(f"rules.{rule.id}").__doc__ or "").strip()
