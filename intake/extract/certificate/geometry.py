"""How printed text is measured: every distance by which letters make words, words cells, and cells pairs.

Distances are in heights of a line of the text that stands first, unless they say points. The height of a line comes
from the font's size alone (`LINE_HEIGHT`), for what a producer says of its font's ascent and descent is anything.
"""

from __future__ import annotations

LINE_HEIGHT = 1.17
"""Height of a line in ems of its font."""
DESCENT = 0.22
"""Of it below the baseline, in ems."""

CELL_GAP = 0.7
"""A gap as wide as this parts two cells; the space of a monospaced face is half of a line's height."""
WORD_GAP = 0.2
"""A gap as wide as this parts two words, where no space is printed between them."""
LINE_SHIFT = 0.4
"""Characters whose baselines are so far apart stand on two lines."""
OVERLAP = 0.5
"""A character may begin so far before the end of the one before it, as in kerned pairs."""
SMALL = 0.85
"""Of the height of its neighbour: a character that is no higher, and raised, is the mark of a footnote."""
RAISED = 0.08
"""Its baseline is so much higher."""
COLUMN = 2
"""So many pieces of text with one left edge are a column."""

ROW = 0.45
"""What stands on one row shares at least this much of its height."""
EDGE = 2.0
"""Points: left edges that are no further apart are one."""
LABEL_EDGE = 3.0
"""Points: the same of the lines of a label, which are set in bold or centred more often."""
LINE_GAP = 0.5
"""Lines of one cell are at most this far apart."""
LABEL_LINE_GAP = 0.6
"""The next line of a label is at most this far below."""
LINE_OVERLAP = 0.3
"""Lines that are set tightly overlap by at most this much."""
SAME_SIZE = 0.15
"""Lines of one cell are printed in sizes that differ by no more."""
BELOW_GAP = 1.8
"""A value below its label is at most this far away."""
CLOSER = 0.6
"""Of the gap to what stands below a label: what stands so much closer above it is the label's own value."""
TIGHT = 0.1
"""Lines with a smaller gap are set as tightly as lines can be."""
MOST_INDENT = 72.0
"""Points by which a value below its label is indented at most."""
FEWEST_INDENTED = 3
"""So many values with one indent are a list of terms."""
MORE_GAP = 2.6
"""A further value of the same column, or a label that reads like a value, is at most this far below."""
NEIGHBOUR = 2.0
"""Another piece of text so close behind a value may belong to it."""
NEARBY = 6.0
"""Labels of one form, or two mentions of a label that belong together, are at most this far apart."""
