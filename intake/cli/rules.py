"""``rules``: the list of rules, and each one's manual page."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from intake.cli.options import format_option
from intake.render.manual import manual_of
from intake.render.words import SEVERITY_MEANS
from rules.catalogue import all_rules
from rules.reference import reference
from rules.rule import Rule
from rules.rulebook import current

WIDTH = 80


@click.command(name="rules")
@click.argument("rule_id", metavar="[ID]", required=False)
@format_option("text", "json")
def command(rule_id: str | None, form: str) -> None:
    """List the rules, or print the manual page of one."""
    if rule_id is None and form == "json":
        _print_json({**_rulebook(), "rules": [_object(rule) for rule in all_rules()]})
    elif rule_id is None:
        click.echo("\n".join(_list()))
    elif form == "json":
        _print_json(_object(_known(rule_id)))
    else:
        click.echo("\n".join(_page(_known(rule_id))))


def _known(rule_id: str) -> Rule:
    by_id = {rule.id: rule for rule in all_rules()}
    if rule_id not in by_id:
        near = [name for name in by_id if rule_id.lower() in name]
        hint = f"; did you mean {', '.join(near)}?" if near else "; `cpl-intake rules` lists them"
        message = f"there is no rule {rule_id!r}{hint}"
        raise click.UsageError(message)
    return by_id[rule_id]


def _rulebook() -> dict[str, object]:
    return {"edition": current().edition, "digest": current().digest, "reference": reference().as_of.isoformat()}


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2))


def _object(rule: Rule) -> dict[str, object]:
    provision, page = current().provisions[rule.id], manual_of(rule)
    since, until = provision.in_force_from, provision.in_force_until
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": provision.severity,
        "citation": rule.citation,
        "in_force_from": None if since is None else since.isoformat(),
        "in_force_until": None if until is None else until.isoformat(),
        "remedy": provision.remedy,
        "summary": page.summary,
        "manual": dict(page.sections),
    }


def _list() -> Iterator[str]:
    """Format every rule in a line or two, folder by folder."""
    width = max(len(rule.id) for rule in all_rules())
    yield f"Rulebook {current().edition}, digest"
    yield current().digest
    yield f"Reference data of {reference().as_of.isoformat()}: device types, versions and what goes with what"
    folder = ""
    for rule in all_rules():
        if rule.id.partition(".")[0] != folder:
            folder = rule.id.partition(".")[0]
            yield ""
        start = f"{rule.id:<{width}}  {current().provisions[rule.id].severity:<6}  "
        yield from textwrap.wrap(rule.title, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))
    yield ""
    for severity, means in SEVERITY_MEANS.items():
        yield f"{severity:<6}  {means}"
    yield "`cpl-intake rules ID` prints a rule's manual page."


def _page(rule: Rule) -> Iterator[str]:
    """Format a rule's manual page: what is demanded, why, examples, and the remedy."""
    provision, page = current().provisions[rule.id], manual_of(rule)
    yield click.style(rule.id, bold=True)
    yield from textwrap.wrap(rule.title, WIDTH)
    yield ""
    yield from _section("Severity", f"{provision.severity}: {SEVERITY_MEANS[provision.severity]}")
    if provision.in_force_from:
        yield from _section("In force", f"from {provision.in_force_from.isoformat()}")
    if provision.in_force_until:
        yield from _section("In force", f"until {provision.in_force_until.isoformat()}")
    yield ""
    yield from textwrap.wrap(page.summary, WIDTH, break_on_hyphens=False)
    for name, text in page.sections:
        yield ""
        yield from _section(name, text[:1].upper() + text[1:])
    yield ""
    yield from _section("Letters say", provision.remedy)


def _section(name: str, text: str) -> list[str]:
    """Format a heading and its indented text."""
    start = f"{name:<12}"
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)
