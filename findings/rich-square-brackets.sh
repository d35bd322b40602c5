#!/usr/bin/env bash
# rich 15.0.0 leaves out what stands in square brackets: a table's cell "[withdrawn]" is empty, "Model [gsme]" is "Model".
#
# Expected: print and Table show the text that they are given, or say that it is no markup that they know.
# Seen:     a word in small letters in brackets is taken for a style, and an unknown one is left out in silence; [GSME] and [1]
#           stay, so it is found with somebody else's data. "[/old]" raises. A backslash before a bracket goes as well.
# Caller:   rich.markup.escape() for everything that comes from outside, or Text(...); markup=False on print does not help
#           within a table.
. "$(dirname "$0")/lib.sh"
pip_packages rich==15.0.0
observe python - <<'PYTHON'
import io
from rich.box import ASCII
from rich.console import Console
from rich.errors import MarkupError
from rich.markup import escape
from rich.table import Table


def shown(thing, **ways):
    console = Console(file=io.StringIO(), width=60)
    try:
        console.print(thing, **ways)
    except MarkupError as error:
        return f"MarkupError: {error}"
    return console.file.getvalue().rstrip()


for text in ("Model [gsme] 2", "Model [GSME] 2", "see [1], [a1]", "image[/old]", r"C:\[x]", escape("Model [gsme] 2")):
    print(text, "->", shown(text))
for ways in ({}, {"markup": False}):
    table = Table("status", box=ASCII, show_edge=False)
    table.add_row("[withdrawn]")
    table.add_row(escape("[withdrawn]"))
    print(ways, [line.strip() for line in shown(table, **ways).splitlines()])
PYTHON
seen <<'SEEN'
Model [gsme] 2 -> Model  2
Model [GSME] 2 -> Model [GSME] 2
see [1], [a1] -> see [1],
image[/old] -> MarkupError: closing tag '[/old]' at position 5 doesn't match any open tag
C:\[x] -> C:[x]
Model \[gsme] 2 -> Model [gsme] 2
{} ['status', '-------------', '', '[withdrawn]']
{'markup': False} ['status', '--------------', '[withdrawn]', '\\[withdrawn]']
SEEN
