"""Lines of one value put together: what is certain about how they were cut. A character is five points wide."""

from __future__ import annotations

import pytest

from intake.extract.certificate.wrapping import joined
from intake.extract.page.runs import Run


def lines(*texts: str) -> list[Run]:
    runs = []
    for number, text in enumerate(texts):
        bottom = 700.0 - 12 * number
        box = (300.0, bottom, 300.0 + 5 * len(text), bottom + 10)
        runs.append(Run(text, 1, box, box))
    return runs


CODES: dict[tuple[str, ...], str | None] = {
    ("01:02:05:0A",): "01:02:05:0A",
    (": 01:02:05:0A",): "01:02:05:0A",
    (":",): None,
    ("  ",): None,
    ("ZIG20XX-", "9"): "ZIG20XX-9",
    ("01:02:", "05:0A"): "01:02:05:0A",
    ("02_", "0A"): "02_0A",
    ("AA/", "BB"): "AA/BB",
    ("1.2.", "3"): "1.2.3",
    ("01:", "02:", "03"): "01:02:03",
    ("01:02", ":05:0A"): None,
    ("ZIG20", "24"): None,
    ("01:02", "and later"): None,
    ("GBCS 1 -", "2"): "GBCS 1 - 2",
    ("GBCS 1 /", "2"): "GBCS 1 / 2",
    ("GBCS -", "2"): "GBCS - 2",
    ("30 August", "2023"): "30 August 2023",
    ("30 Au", "gust 2023 and some"): "30 Au gust 2023 and some",
    ("1 Aaaaaaaaaaaaaaaaaaa", "bbbb"): None,
    ("1 Aaaaaaaaaaaaaaaaaaa", "Bbbb"): "1 Aaaaaaaaaaaaaaaaaaa Bbbb",
    ("1 Aaaaaaaaaaaaaaaaaa1", "Bbbb"): None,
    ("1 AaaaaaaaaaaaaaaaaaA", "Bbbb"): None,
    ("1 aaaaaaaaaaaaaaaaaaa", "May"): "1 aaaaaaaaaaaaaaaaaaa May",
    ("1 aaaaaaaaaaaaaaa", "MAY"): "1 aaaaaaaaaaaaaaa MAY",
    ("1 Version", "01:02:05:0A"): "1 Version 01:02:05:0A",
}
PROSE: dict[tuple[str, ...], str | None] = {
    ("Gas Smart Metering", "Equipment"): "Gas Smart Metering Equipment",
    ("Gas", "Smart"): "Gas Smart",
    ("gas", "smart"): None,
    ("Example Meters", "Ltd."): "Example Meters Ltd.",
    ("Example Ltd.", "Dublin"): "Example Ltd. Dublin",
    ("Version 1.", "2 of the scheme"): "Version 1.2 of the scheme",
    ("Version 1.", "Two"): "Version 1. Two",
    ("Ltd.", "2 of them"): "Ltd. 2 of them",
    ("Sub-", "GHz"): "Sub-GHz",
    ("Sub-", "2 GHz"): "Sub-2 GHz",
    ("pre-", "payment"): None,
    ("Example -", "Meters"): "Example - Meters",
    ("Gas/", "electricity"): "Gas/electricity",
    ("Gas /", "oil or electricity"): "Gas / oil or electricity",
    ("Type:", "Gas"): "Type:Gas",
    ("a_", "b"): "a_b",
    ("Aaaaaaaaaaaaaaaaaaaaa", "bbbb"): None,
    ("Aa aaaaaaaaaaaaaaaaaa", "bbbb cc"): None,
    ("Aa aaaaaaaaaa", "bbbb cc dddddddddddddddddddddd"): "Aa aaaaaaaaaa bbbb cc dddddddddddddddddddddd",
}


@pytest.mark.parametrize("texts", CODES)
def test_a_code_is_joined_where_it_is_certain_how_it_was_cut(texts: tuple[str, ...]) -> None:
    assert joined(lines(*texts), prose=False) == CODES[texts]


@pytest.mark.parametrize("texts", PROSE)
def test_words_wrap_at_spaces(texts: tuple[str, ...]) -> None:
    assert joined(lines(*texts), prose=True) == PROSE[texts]


@pytest.mark.parametrize(("widest", "value"), [(11, "1 aaaa bbbb"), (9, "1 aaaa bbbb"), (8, None)])
def test_two_pieces_that_would_have_fitted_were_parted_by_a_space(widest: int, value: str | None) -> None:
    """Eight characters fit in nine tenths of a line of nine, and not in those of one of eight."""
    first, second = lines("1 aaaa", "bbbb")
    left, bottom, _, top = first.box
    wide = (left, bottom, left + 5.0 * widest, top)
    filler = Run("1 " + "a" * 4, 1, first.box, first.box)
    box = (left, bottom - 24, left + 5.0 * widest, top - 24)
    third = Run("Z" * widest, 1, box, wide)
    whole = joined([filler, second, third], prose=True)
    assert (whole is not None and whole.startswith("1 aaaa bbbb")) is (value is not None)
