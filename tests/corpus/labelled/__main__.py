"""Prints the corpus's figures: ``cd tests && python -m corpus.labelled``."""

from __future__ import annotations

from collections import Counter

from corpus.labelled.figures import Figures
from corpus.labelled.parts import judge_all


def main() -> None:
    """Judge every case and say how it went."""
    figures = Figures(judge_all())
    for line in figures.lines():
        print(line)  # noqa: T201  # printing figures is what it is for
    for mistake in figures.mistakes:
        print(mistake)  # noqa: T201  # likewise
    for name, number in sorted(Counter(judged.edition for judged in figures.judged).items()):
        print(f"  {name}: {number}")  # noqa: T201  # likewise


if __name__ == "__main__":
    main()
