"""Changes the workbook's own part: names of areas follow the rows, and nothing tells of its makers."""

from __future__ import annotations

from collections.abc import Sequence

from intake.publication.book.nodes import Edits, Node, parse
from intake.publication.book.ranges import Growth


def main_part(content: bytes, where: str, growths: Sequence[Growth], *, computed: bool) -> bytes:
    """Change the part.

    Args:
        content: as it is.
        where: its name.
        growths: of the tabs that are written anew.
        computed: whether formulas are to be computed anew when it is opened.
    """
    root, edits = parse(content, where), Edits(content)
    for node in root.every("definedName"):
        _follow(node, growths, edits)
    for path in root.every("absPath"):
        edits.drop(_alternatives(path))
    for sharing in root.every("fileSharing"):
        edits.unset(sharing, "userName")
    for settings in root.every("calcPr") if computed else ():
        edits.set(settings, "fullCalcOnLoad", "1")
    return edits.done()


def _follow(node: Node, growths: Sequence[Growth], edits: Edits) -> None:
    text, filtered = node.text, node.attributes.get("name") == "_xlnm._FilterDatabase"
    for growth in growths:
        text = growth.formula(text, here=False, filtered=filtered)
    edits.say(node, text)


def _alternatives(path: Node) -> Node:
    """What to take out for a folder's path: its whole AlternateContent where nothing else is in it."""
    choice = path.parent
    around = choice.parent if choice else None
    alone = around is not None and around.name == "AlternateContent" and len(around.children) == 1
    return around if alone and around is not None and choice and len(choice.children) == 1 else path


def numbers_of_tabs(content: bytes, where: str) -> dict[str, str]:
    """Give the id of each tab, by its title."""
    return {
        sheet.attributes.get("name", ""): sheet.attributes.get("sheetId", "")
        for sheet in parse(content, where).every("sheet")
    }


def table_part(content: bytes, where: str, growth: Growth) -> bytes:
    """Let a table follow the rows; the row of totals that it may have had is an entry's now."""
    root, edits = parse(content, where), Edits(content)
    edits.set(root, "ref", growth.filtered(root.attributes.get("ref", "")))
    if root.attributes.get("totalsRowCount", "0") != "0":
        edits.unset(root, "totalsRowCount")
    for node in root.children:
        if node.name == "autoFilter":
            edits.set(node, "ref", growth.filtered(node.attributes.get("ref", "")))
            for child in node.children:
                edits.drop(child)
        elif node.name == "sortState":
            edits.drop(node)
    return edits.done()
