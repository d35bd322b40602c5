"""What is made of a recogniser's answers: places, confidence, and values that look otherwise than they are read.

The recogniser itself is an optional extra; here it says what the test wants.
"""

from __future__ import annotations

import resource
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from extract import papers
from PIL import Image

from intake.extract.page import ocr
from intake.extract.page.pdf import Pdf
from intake.extract.page.runs import Box, Run
from intake.extract.unreadable import PICTURE_LARGE, UnreadableError

Corner = tuple[float, float]


class Boxes(list[list[Corner]]):
    """Corners, as the recogniser's array gives them."""

    def tolist(self) -> list[list[Corner]]:
        return list(self)


class Engine:
    """A recogniser that remembers what it was shown, and how it was asked."""

    def __init__(self, *lines: tuple[str, float], boxes: Sequence[Sequence[Corner]] | None = None) -> None:
        self.txts = tuple(text for text, _ in lines)
        self.scores = tuple(score for _, score in lines)
        self.boxes = None if boxes is None else Boxes([list(corners) for corners in boxes])
        self.seen: list[tuple[tuple[int, int], dict[str, bool]]] = []

    def __call__(self, image: Any, **how: bool) -> Engine:  # noqa: ANN401  # a PIL image
        self.seen.append((image.size, how))
        return self


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    recogniser = Engine(
        ("Firmware", 0.99),
        ("01:02", 0.8),
        ("faint", 0.79),
        ("  ", 0.99),
        boxes=[[(10, 20), (60, 20), (60, 30), (10, 30)], [(70, 40), (99, 42), (98, 50), (69, 49)]] * 2,
    )
    monkeypatch.setattr(ocr, "_engine", lambda: recogniser)
    return recogniser


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_s_lines_stand_in_pixels_counted_from_below(engine: Engine) -> None:
    recognised = ocr.recognise_picture(png(200, 100))
    assert recognised.pages == ("Firmware\n01:02",)
    assert [(run.text, run.page, run.box, run.shown) for run in recognised.runs] == [
        ("Firmware", 1, (10, 70, 60, 80), (10, 70, 60, 80)),
        ("01:02", 1, (69, 50, 99, 60), (69, 50, 99, 60)),
    ]
    assert recognised.confidence == 0.8
    assert engine.seen == [((200, 100), {})]


def test_a_scan_s_lines_stand_in_points_page_by_page(engine: Engine) -> None:
    with Pdf(papers.joined(*[papers.picture()] * 3)) as pdf:
        width, height = pdf.size(1)
        recognised = ocr.recognise_pdf(pdf)
    pixels = 200 / 72
    assert recognised.pages == ("Firmware\n01:02",) * 2
    assert [run.page for run in recognised.runs] == [1, 1, 2, 2]
    left, bottom, right, top = recognised.runs[0].box
    shown = engine.seen[0][0]
    assert shown == pytest.approx((width * pixels, height * pixels), abs=1)
    assert (left, right) == pytest.approx((10 / pixels, 60 / pixels))
    assert (bottom, top) == pytest.approx(((shown[1] - 30) / pixels, (shown[1] - 20) / pixels))


def test_where_nothing_is_recognised_nothing_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", Engine)
    assert ocr.recognise_picture(png(20, 10)) == ocr.Recognised(("",), (), 0.0)


def test_a_picture_far_larger_than_a_page_or_damaged_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "MAX_PIXELS", 200)
    assert ocr.recognise_picture(png(20, 10)).pages
    for content in (png(67, 3), b"no picture", png(20, 10)[:40]):
        with pytest.raises(UnreadableError, match=PICTURE_LARGE):
            ocr.recognise_picture(content)
    assert len(engine.seen) == 1


@pytest.mark.parametrize(
    ("limit", "room"),
    [
        (resource.RLIM_INFINITY, True),
        (ocr.MEMORY_MB << 20, True),
        ((ocr.MEMORY_MB << 20) - 1, False),
    ],
)
def test_there_is_room_where_enough_memory_may_be_used(limit: int, room: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", {resource.RLIMIT_AS: (limit, 1)}.__getitem__)
    assert ocr.room() is room


PLACE: Box = (100.0, 200.0, 160.0, 210.0)


def value(text: str = "01:02", box: Box = PLACE, shown: Box = PLACE) -> Run:
    return Run(text, 1, box, shown)


UPRIGHT: dict[str, tuple[Box, bool]] = {
    "in its place": (PLACE, True),
    "two points aside": ((102.0, 200.0, 162.0, 210.0), True),
    "further at the left": ((102.1, 200.0, 162.0, 210.0), False),
    "further at the right": ((102.0, 200.0, 162.1, 210.0), False),
    "further left": ((97.9, 200.0, 158.0, 210.0), False),
    "further left at the right": ((98.0, 200.0, 157.9, 210.0), False),
}


@pytest.mark.parametrize("case", UPRIGHT)
def test_only_values_that_stand_upright_are_looked_at(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, looked_at = UPRIGHT[case]
    monkeypatch.setattr(ocr, "_engine", lambda: Engine(("other", 1.0)))
    with Pdf(papers.prose(["x"])) as pdf:
        run = value(shown=shown)
        assert ocr.misread(pdf, 1, [run]) == ([run] if looked_at else [])


@pytest.mark.parametrize(
    ("read", "seen", "score", "misread"),
    [
        ("01:02", "01:02", 1.0, False),
        ("01:02", "O1.O2", 1.0, False),
        ("01:02", "QI 0Z", 1.0, False),
        ("5B", "S8", 1.0, False),
        ("1L", "l1", 1.0, False),
        ("01:02", "01:03", 1.0, True),
        ("01:02", "01:03", 0.95, True),
        ("01:02", "01:03", 0.94, False),
        ("letters", "others 1", 1.0, False),
    ],
)
def test_a_value_is_misread_where_another_is_surely_seen(
    read: str, seen: str, score: float, misread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser = Engine((seen, score))
    monkeypatch.setattr(ocr, "_engine", lambda: recogniser)
    with Pdf(papers.prose(["x"])) as pdf:
        run = value(read)
        assert ocr.misread(pdf, 1, [run]) == ([run] if misread else [])
    how = {"use_det": False, "use_cls": False, "use_rec": True}
    scale = 250 / 72
    size = (round(161.5 * scale) - round(98.5 * scale), 40)
    assert [asked for _, asked in recogniser.seen] == ([] if read == "letters" else [how])
    assert all(shown == pytest.approx(size, abs=1) for shown, _ in recogniser.seen)


def test_no_more_values_than_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = Engine(("other", 1.0))
    monkeypatch.setattr(ocr, "_engine", lambda: recogniser)
    with Pdf(papers.prose(["x"])) as pdf:
        assert len(ocr.misread(pdf, 1, [value()] * 25)) == ocr.MOST_VALUES
        monkeypatch.setattr(ocr, "_engine", Engine)
        assert ocr.misread(pdf, 1, [value()]) == []
        assert ocr.misread(pdf, 1, []) == []
