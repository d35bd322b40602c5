"""The shape of a kind's table of labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.extract.text.parted import small
from rules.catalogue import BadCatalogueError
from rules.facts import DocumentKind
from rules.fields import LABELS, NUMBER_LABELS, Label

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NUMBERING = re.compile(
    r"(?:\(?(?:[0-9]{1,2}|[a-z])[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[\u2022\u2023\u25a0\u25aa\u25cf\u00b7*-])\s+(?=[a-z])"
)
"""What stands before a label in a list: `1. `, `3.2 `, `(a) `, a bullet."""
_IN_HEX = re.compile(r"\s*[(\[](?:in )?hex(?:adecimal)?[)\]]")
"""Behind a label: its value is hexadecimal, as values of the form's are in any case."""
_STOPS = " :.*#\uff1a\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
"""What stands behind a label and is none of it: a colon, leaders, the mark of a footnote, a sign for `number`."""

END_WORDINGS = (
    "date of expiry", "expires", "expires on", "expiration date", "expiration", "expiry", "expiry day", "valid until",
    "valid to", "valid till", "valid through", "validity end", "validity ends", "end of validity",
    "certificate valid until", "certificate expiry", "certificate expiry date", "certification expiry date",
    "certificate expires",
)  # fmt: skip
"""How certificates of every scheme word the label of the day until which they are valid."""


def key(text: str) -> str:
    """Normalise a printed label as the tables spell it: lower case, single spaces, no number, colon or mark."""
    plain = text if text.isascii() else _DASHES.sub("-", text)
    words = " ".join(plain.casefold().split())
    if words and not (words[0].isalpha() and words[1:2] not in {".", ")"}):
        words = _NUMBERING.sub("", words, count=1) if _NUMBERING.match(words) else words
    words = words.strip(_STOPS)
    return _IN_HEX.sub("", words) if words.endswith((")", "]")) else words


def squeeze(wording: str) -> str:
    """Remove spaces and hyphens, where a narrow cell may have broken a word."""
    return wording.replace(" ", "").replace("-", "")


@dataclass(frozen=True, slots=True)
class LabelTable:
    """How one kind of certificate is told from other papers, and what its labels are called."""

    kind: DocumentKind
    names: re.Pattern[str]
    """The scheme's own names; the document must speak one of them."""
    spoken: tuple[str, ...]
    """In small letters, words of which each of these names has one."""
    title: re.Pattern[str]
    """A line near the top by which the document calls itself a certificate of this kind."""
    labels: Mapping[Label, tuple[str, ...]]
    """Standard wording of each label, and the other wordings in lower case."""
    own: frozenset[Label]
    """Labels that other papers about a device do not print; at least one must be there."""
    prose: frozenset[Label]
    """Labels whose values are words rather than codes."""
    by_wording: Mapping[str, Label] = field(init=False)
    """Each known wording, as `key` gives it, with its standard label."""
    squeezed: Mapping[str, Label] = field(init=False)
    """The same without spaces, for a narrow cell breaks even words."""
    beginnings: frozenset[str] = field(init=False)
    """How each squeezed wording may begin."""

    def named_in(self, text: str) -> bool:
        """Tell whether a text speaks one of the scheme's names."""
        in_small = small(text)
        return any(word in in_small for word in self.spoken) and self.names.search(text) is not None

    @property
    def number(self) -> Label:
        """The label of the certificate's own number."""
        return NUMBER_LABELS[self.kind]

    def __post_init__(self) -> None:
        """Invert the table of labels.

        Raises:
            BadCatalogueError: it gives other labels than the rules may ask certificates of its kind for.
        """
        if not self.labels.keys() == LABELS[self.kind] >= self.own | self.prose | {self.number}:
            message = f"the reader of a {self.kind} and rules.fields.LABELS do not give the same labels"
            raise BadCatalogueError(message)
        wordings = {key(label): label for label in self.labels}
        wordings |= {key(other): label for label, others in self.labels.items() for other in others}
        object.__setattr__(self, "by_wording", wordings)
        squeezed = {squeeze(wording): label for wording, label in wordings.items()}
        object.__setattr__(self, "squeezed", squeezed)
        begun = frozenset(word[:count] for word in squeezed for count in range(1, len(word) + 1))
        object.__setattr__(self, "beginnings", begun)
