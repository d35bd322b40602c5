"""Tells many sentences that differ in a number alone by their first ones and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SHOWN = 3
"""Sentences of one wording that are told in full where there are more of them."""
_NAMES = re.compile(r"[0-9a-f]{12,}|\([^()]*\)|CPL-\d+|\d+")
"""What tells sentences of one wording apart: digests, what stands in brackets, references and numbers."""


def told_once(sentences: Iterable[str]) -> Iterator[str]:
    """Give the first few of each wording where it first comes, and behind them how many more there are.

    One more alone is told in full: a line saying so would be as long.
    """
    alike: dict[str, list[str]] = {}
    for sentence in sentences:
        alike.setdefault(_NAMES.sub("*", sentence), []).append(sentence)
    for told in alike.values():
        shown = told if len(told) <= SHOWN + 1 else told[:SHOWN]
        yield from shown
        if len(told) > len(shown):
            yield f"  and {len(told) - len(shown):,} more like these, the last: {told[-1]}"
