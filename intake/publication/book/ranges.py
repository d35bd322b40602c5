"""Lets what refers to the list's rows follow them as they grow: areas, and the areas within formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AREA = re.compile(r"(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7})(?::(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7}))?")
_IN_FORMULA = re.compile(
    r'"(?:[^"]|"")*"'  # a text within it
    r"|(?P<tab>'(?:[^']|'')+'!|[^\s'\"!(),;:=<>+*/&^{}-]+!)?"
    r"(?<![A-Za-z0-9_.$])(?P<area>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}:\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?![A-Za-z0-9_.(])"
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Where a tab's entries stood, and where they stand now; rows as a spreadsheet counts them."""

    title: str
    first: int
    before: int
    """The last entry's row before; `first` less one where there was none."""
    after: int

    def area(self, area: str) -> str:
        """Give an area such as ``A7:U735``, grown where it went to the last entry; blanks stand between several."""
        return " ".join(_AREA.sub(self._one, area_part, count=1) for area_part in area.split(" "))

    def filtered(self, area: str) -> str:
        """Give the area of a filter, which may have been the header row alone."""
        match = _AREA.fullmatch(area)
        if match and int(match[4] or match[2]) == self.first - 1 and self.after >= self.first:
            return f"{match[1]}{match[2]}:{match[3] or match[1]}{self.after}"
        return self.area(area)

    def formula(self, formula: str, *, here: bool, filtered: bool = False) -> str:
        """Give a formula whose areas of this tab have grown.

        Args:
            formula: as the part has it.
            here: whether it stands on the tab itself, so that areas without a tab's name are of it.
            filtered: whether it names a filter's area.
        """
        grown = self.filtered if filtered else self.area

        def part(match: re.Match[str]) -> str:
            tab, area = match["tab"], match["area"]
            if area is None:
                return match[0]
            named = tab[:-1].strip("'").replace("''", "'").casefold() == self.title.casefold() if tab else here
            return f"{tab or ''}{grown(area)}" if named else match[0]

        return _IN_FORMULA.sub(part, formula)

    def _one(self, match: re.Match[str]) -> str:
        top, bottom = int(match[2]), int(match[4] or match[2])
        now = self._bottom(top, bottom)
        if now == bottom or now < top:
            return match[0]
        single = match[3] is None
        return match[0] if single and top != self.first else f"{match[1]}{match[2]}:{match[3] or match[1]}{now}"

    def _bottom(self, top: int, bottom: int) -> int:
        if bottom < max(self.first, self.before) or top > max(self.first, self.before):
            return bottom
        return self.after if bottom == self.before else max(bottom, self.after)
