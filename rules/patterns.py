"""Long patterns, compiled when they are first looked for: most checks by hand bring no mail to look through."""

from __future__ import annotations

import re
from functools import cached_property


class Alternatives:
    """Alternatives of one pattern, in any case of letters."""

    def __init__(self, *patterns: str) -> None:
        """Name them; nothing is compiled yet."""
        self._patterns = patterns

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Whatever one of them matches."""
        return re.compile("|".join(self._patterns), re.IGNORECASE)
