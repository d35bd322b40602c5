"""Views of a message's documents: asked together, and whatever kills a child costs one of them."""

from __future__ import annotations

import zlib
from email.message import EmailMessage
from hashlib import sha256

from extract.frames import framed
from extract.handmade import document, stream
from extract.hostile import deflated, pdf

from intake.extract.reader import sandbox
from intake.extract.viewing import views
from intake.extract.views import Wanted
from intake.limits import ReadingLimits

GOOD = framed("plain", 0)
ENDLESS = pdf(deflated(b"0 0 m 9 900 900 9 612 792 c 5 5 5 5 5 5 c S\n   " * 16, 100))
WITHIN = pdf(zlib.compress(b"/X Do"))
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 99 99]"
DOUBLING = document(
    "/X Do",
    resources="/XObject<</X 6 0 R>>",
    objects=[stream(b"/N Do /N Do", f"{FORM}/Resources<</XObject<</N {n} 0 R>>>>") for n in range(7, 47)]
    + [stream(b"0 0 m 9 9 l S", FORM)],
)
"""Forms that call each other twice, forty deep."""
LINES = "\n".join(f"line {number}" for number in range(1, 30)).encode()


def message(*contents: bytes) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "CPL submission"
    mail.set_content("Attached.")
    for number, content in enumerate(contents):
        name = f"{number}.txt" if content is LINES else f"{number}.pdf"
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def page(content: bytes, number: int = 1) -> Wanted:
    return Wanted(sha256(content).hexdigest(), page=number)


def test_a_document_that_ends_its_child_costs_its_own_view_alone() -> None:
    limits = ReadingLimits(document_seconds=2, message_seconds=20)
    documents = [page(content) for content in (GOOD, ENDLESS, DOUBLING, WITHIN)]
    wanted = [*documents, page(GOOD, 2), Wanted(sha256(LINES).hexdigest(), line=10)]
    with sandbox(limits) as box:
        seen = dict(views(box, message(GOOD, ENDLESS, DOUBLING, WITHIN, LINES), wanted, limits))
    assert list(seen) == wanted
    good, endless, doubling, within, beyond, lines = seen.values()
    assert good.image.startswith(b"RIFF")
    for view in (endless, doubling):
        assert (view.image, view.lasting) == (b"", False)
        assert view.trouble.startswith("It cannot be shown. ")
    assert within.image
    assert (beyond.image, beyond.pages, beyond.trouble) == (b"", 1, "")
    assert lines.lines[0] == (6, "line 6")
    assert lines.lines[-1] == (14, "line 14")
    assert not any(view.faults for view in seen.values())


def test_lines_at_the_edges_of_a_text_and_beyond_it() -> None:
    limits, digest = ReadingLimits(), sha256(LINES).hexdigest()
    wanted = [Wanted(digest, line=line) for line in (1, 29, 1_000, 10**15)]
    with sandbox(limits) as box:
        seen = dict(views(box, message(LINES), wanted, limits))
    numbers = [[number for number, _ in view.lines] for view in seen.values()]
    assert numbers == [[1, 2, 3, 4, 5], [25, 26, 27, 28, 29], [], []]


def test_what_the_message_does_not_hold_or_has_no_such_view_is_said() -> None:
    limits = ReadingLimits()
    wanted = [page(b"of another message"), page(LINES), Wanted(sha256(GOOD).hexdigest(), line=1)]
    with sandbox(limits) as box:
        seen = list(views(box, message(GOOD, LINES), wanted, limits))
    assert [bool(view.trouble) for _, view in seen] == [True, True, True]
    assert not any(view.faults for _, view in seen)
