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
COLUMN = 2
"""So many pieces of text with one left edge are a column."""
