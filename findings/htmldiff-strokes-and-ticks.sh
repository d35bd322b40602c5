#!/usr/bin/env bash
# lxml 6.1.3's htmldiff marks no change where a version is no longer struck out, or a tick is taken away.
#
# Expected: what compares two pages for people marks what they would see to have changed.
# Seen:     it compares words: "<s>0002000A</s>" and "0002000A" are one, a box with and without `checked` too, and so
#           are two choices from a list; there is no mark at all. A word is marked. xmldiff 3.0 tells of each.
# Caller:   use it for texts that have no such states; compare the trees for "nothing was changed".
. "$(dirname "$0")/lib.sh"
pip_packages lxml==6.1.3 xmldiff==3.0
observe python - <<'PYTHON'
from lxml.html.diff import htmldiff
from xmldiff.main import diff_texts

PAIRS = {
    "stroke": ("<p>Version <s>0002000A</s></p>", "<p>Version 0002000A</p>"),
    "tick": ('<p><input type="checkbox" checked="checked"/> CPA</p>', '<p><input type="checkbox"/> CPA</p>'),
    "choice": (
        '<select><option>ESME</option><option selected="selected">GSME</option></select>',
        '<select><option selected="selected">ESME</option><option>GSME</option></select>',
    ),
    "word": ("<p>Version 0002000A</p>", "<p>Version 0002000B</p>"),
}
for name, (before, after) in PAIRS.items():
    marked = htmldiff(before, after)
    print(f"{name}: htmldiff marks", marked.count("<ins>") + marked.count("<del>"), "xmldiff tells", len(diff_texts(before, after)))
PYTHON
seen <<'SEEN'
stroke: htmldiff marks 0 xmldiff tells 2
tick: htmldiff marks 0 xmldiff tells 1
choice: htmldiff marks 0 xmldiff tells 3
word: htmldiff marks 2 xmldiff tells 1
SEEN
