"""``rules``: the list of rules, and each one's manual page."""

from __future__ import annotations

import textwrap

import click

from rules.catalogue import all_rules, manual
from rules.rulebook import current


@click.command(name="rules")
@click.argument("rule_id", metavar="[ID]", required=False)
def command(rule_id: str | None) -> None:
    """List the rules, or print the manual page of one."""
    book, known = current(), {rule.id: rule for rule in all_rules()}
    if rule_id is None:
        click.echo(f"Rulebook {book.edition}, digest {book.digest}\n")
        width = max(map(len, known))
        for rule in known.values():
            click.echo(f"{rule.id:<{width}}  {book.provisions[rule.id].severity:<6}  {rule.title}")
        return
    if rule_id not in known:
        near = [name for name in known if rule_id.lower() in name]
        hint = f"; did you mean {', '.join(near)}?" if near else "; `cpl-intake rules` lists them"
        message = f"there is no rule {rule_id!r}{hint}"
        raise click.UsageError(message)
    rule, provision = known[rule_id], book.provisions[rule_id]
    click.echo(f"{click.style(rule.id, bold=True)}: {rule.title}\n")
    click.echo(f"Severity   {provision.severity}")
    click.echo(f"Source     {rule.citation}")
    if provision.in_force_from:
        click.echo(f"In force   from {provision.in_force_from.isoformat()}")
    if provision.in_force_until:
        click.echo(f"In force   until {provision.in_force_until.isoformat()}")
    click.echo(f"\n{manual(rule)}\n")
    click.echo(textwrap.fill(f"What to do: {provision.remedy}", 100))
