"""The shape of a kind's table of labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.facts import DocumentKind

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_STOPS = " :.*\uff1a"


def key(text: str) -> str:
    """A printed label as the tables spell it: lower case, single spaces, no colon at its end."""
    return " ".join(_DASHES.sub("-", text).casefold().split()).strip(_STOPS)


@dataclass(frozen=True, slots=True)
class LabelTable:
    """How one kind of certificate is told from other papers, and what its labels are called."""

    kind: DocumentKind
    names: re.Pattern[str]
    """The scheme's own names; the document must speak one of them."""
    title: re.Pattern[str]
    """A line near the top by which the document calls itself a certificate of this kind."""
    labels: Mapping[str, tuple[str, ...]]
    """Standard wording of each label, and the other wordings in lower case."""
    own: frozenset[str]
    """Labels that other papers about a device do not print; at least one must be there."""
    prose: frozenset[str]
    """Labels whose values are words rather than codes."""
    by_wording: Mapping[str, str] = field(init=False)
    """Each known wording, as `key` gives it, with its standard label."""
    beginnings: frozenset[str] = field(init=False)
    """The first word, or words, of each wording."""

    def __post_init__(self) -> None:
        """Turn the table round."""
        wordings = {key(label): label for label in self.labels}
        wordings |= {key(other): label for label, others in self.labels.items() for other in others}
        object.__setattr__(self, "by_wording", wordings)
        words = [wording.split() for wording in wordings]
        begun = frozenset(" ".join(some[:count]) for some in words for count in range(1, len(some) + 1))
        object.__setattr__(self, "beginnings", begun)
