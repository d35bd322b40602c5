"""A document's page as a picture: who gets it, how browsers keep it, and what hostile documents give instead."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from extract.handmade import document, stream
from extract.hostile import deflated, pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from web.pictured import digest, faultless, received
from web.world import World

from intake.config import Config, WebConfig
from intake.demo import products
from intake.domain.review import Role
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.evidence.view_cache import ViewCache

CERTIFICATE = "ZigBee certificate.pdf"


def address(number: int, sha256: str, page: object = 1) -> str:
    return f"/submissions/CPL-{number:06d}/documents/{sha256}/pages/{page}.webp"


def certificate(world: World) -> str:
    """The address of a certificate's page."""
    number = received(world, faultless())
    return address(number, digest(world, number, CERTIFICATE))


def test_the_page_is_a_picture_that_a_browser_may_keep_for_its_person_alone(world: World) -> None:
    browser, at = world.signed_in(), certificate(world)
    answer = browser.client.get(at)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(answer.content)).width == 1000
    assert answer.headers["cache-control"] == "private, no-cache"
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = browser.client.get(at, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert browser.client.get(at, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_larger_picture_is_there_to_look_at_alone_and_no_other_size(world: World) -> None:
    browser, at = world.signed_in(), certificate(world)
    widths = {
        query: Image.open(BytesIO(browser.client.get(f"{at}{query}").content)).width
        for query in ("", "?size=large", "?size=99999", "?width=9000")
    }
    assert widths == {"": 1000, "?size=large": 2000, "?size=99999": 1000, "?width=9000": 1000}


@pytest.mark.parametrize(("role", "status"), [(Role.ANALYST, 200), (Role.AUDITOR, 200), (Role.ADMIN, 403)])
def test_pictures_are_for_whoever_may_take_documents_away(world: World, role: Role, status: int) -> None:
    at = certificate(world)
    assert world.signed_in(role=role).client.get(at).status_code == status
    assert world.browser().get(at).headers["location"].startswith("/sign-in")


def test_another_submissions_document_is_not_shown_by_this_ones_address(world: World) -> None:
    browser = world.signed_in()
    one, other = received(world, faultless()), received(world, faultless(serial=2))
    sha256 = digest(world, other, CERTIFICATE)
    assert browser.client.get(address(other, sha256)).status_code == 200
    assert browser.client.get(address(one, sha256)).status_code == 404


@pytest.mark.parametrize("page", [0, 2, 100_000, 10**7, "9" * 5000, "-1", "1e3", "²", "one", "1.5", "%00"])
def test_a_page_that_is_not_there_is_not_found(world: World, page: object) -> None:
    number = received(world, faultless())
    browser = world.signed_in()
    assert browser.client.get(address(number, digest(world, number, CERTIFICATE), page)).status_code == 404


def test_a_document_without_pages_says_so(world: World) -> None:
    number = received(world, faultless())
    page = world.signed_in().get(address(number, digest(world, number, "CPL New Entry.xlsx")), status=422)
    assert "No picture can be made of a document of this kind." in page


def test_the_second_look_asks_no_child(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, at = world.signed_in(), certificate(world)
    first = browser.client.get(at).content
    monkeypatch.setattr(world.services.sandbox, "run", _never)
    assert browser.client.get(at).content == first


def _never(*_: object) -> object:
    raise AssertionError


def test_what_another_release_kept_is_drawn_anew(world: World) -> None:
    browser, at = world.signed_in(), certificate(world)
    first = browser.client.get(at).content
    (kept,) = (world.folder / "var" / "views").iterdir()
    kept.write_bytes(b"of another shape")
    assert browser.client.get(at).content == first


def test_a_folder_that_cannot_be_written_costs_no_page(world: World) -> None:
    at = certificate(world)
    (world.folder / "var").write_text("no folder")
    assert world.signed_in().client.get(at).status_code == 200


# ---- hostile documents -----------------------------------------------------------------------------------------


def many_pages(count: int) -> bytes:
    out = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    out += b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (count, kids)
    body = b"".join(
        b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" % number for number in range(3, count + 3)
    )
    return out + body + b"trailer<</Root 1 0 R>>\n"


def of_size(width: float, height: float) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.drawString(10, 10, "small")
    canvas.save()
    return out.getvalue()


def endless() -> bytes:
    """A page of a hundred megabytes of curves."""
    return pdf(deflated(b"0 0 m 9 900 900 9 612 792 c 5 5 5 5 5 5 c S\n   " * 16, 100))


def enormous_picture() -> bytes:
    """A page that is a picture of ten thousand million pixels, packed into a thousand octets."""
    picture = zlib.compress(bytes(1_000_000), 9)
    image = "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return document(
        "600 0 0 700 0 0 cm /X Do",
        resources="/XObject<</X 6 0 R>>",
        objects=[stream(picture, f"{image}/Filter/FlateDecode")],
    )


def of_scripts() -> bytes:
    """A PDF that would run, open and submit things if anybody let it."""
    action = b"<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:9/');this.submitForm('http://127.0.0.1:9/'))>>"
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction " + action + b"/AA<</WC " + action + b">>>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/AA<</O "
        + action
        + b">>>>endobj\ntrailer<</Root 1 0 R>>\n"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a hundred thousand pages": lambda: many_pages(100_000),
    "two hundred inches": lambda: of_size(14_400, 14_400),
    "a ribbon": lambda: of_size(14_400, 3),
    "a hundred megabytes of curves": endless,
    "a picture of ten thousand million pixels": enormous_picture,
    "scripts": of_scripts,
    "a page within itself": lambda: pdf(zlib.compress(b"/X Do")),
    "cut short": lambda: faultless()[CERTIFICATE][:900],
    "pages in a circle": lambda: pdf(zlib.compress(b""), pages="[2 0 R 3 0 R]"),
    "nothing but a name": lambda: b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_gives_a_picture_or_a_sentence_within_the_limits(world: World, name: str) -> None:
    limits = ReadingLimits(document_seconds=3, message_seconds=8, memory_mb=384)
    _limited(world, limits)
    number = received(world, {**faultless(), "hostile.pdf": HOSTILE[name]()})
    browser = world.signed_in()
    started = time.monotonic()
    answer = browser.client.get(address(number, digest(world, number, "hostile.pdf")))
    assert time.monotonic() - started < 20
    assert answer.status_code in {200, 404, 422}
    if answer.status_code == 200:
        picture = Image.open(BytesIO(answer.content))
        assert picture.width * picture.height <= 6_100_000
    if answer.status_code == 422:
        assert "This page cannot be shown" in answer.text
        assert "Traceback" not in answer.text
    beside = browser.client.get(address(number, digest(world, number, CERTIFICATE)))
    assert beside.status_code == 200


def test_the_last_of_a_hundred_thousand_pages_is_there_and_the_next_is_not(world: World) -> None:
    number = received(world, {**faultless(products.PPMID), "hostile.pdf": HOSTILE["a hundred thousand pages"]()})
    browser, sha256 = world.signed_in(), digest(world, number, "hostile.pdf")
    assert browser.client.get(address(number, sha256, 100_000)).status_code == 200
    assert browser.client.get(address(number, sha256, 100_001)).status_code == 404


def test_a_document_that_ends_its_child_is_not_tried_at_every_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _limited(world, ReadingLimits(document_seconds=1, message_seconds=2))
    number = received(world, {**faultless(products.PPMID), "hostile.pdf": HOSTILE["a hundred megabytes of curves"]()})
    browser, sha256 = world.signed_in(), digest(world, number, "hostile.pdf")
    first = browser.get(address(number, sha256), status=422)
    assert "It cannot be shown." in first
    monkeypatch.setattr(world.services.sandbox, "run", _never)
    assert "It cannot be shown." in browser.get(address(number, sha256), status=422)


def _limited(world: World, limits: ReadingLimits) -> None:
    """Give the world's sandbox other limits."""
    world.services.sandbox.close()
    config = Config(limits=limits, folder=world.folder)
    world.services = replace(world.services, config=config, sandbox=sandbox(limits))


# ---- what is kept ----------------------------------------------------------------------------------------------


def test_what_was_longest_not_looked_at_goes_first(tmp_path: Path) -> None:
    cache = ViewCache(tmp_path / "views", 250)
    for name in ("first", "second"):
        cache.put(name, bytes(100), lasting=True)
        time.sleep(0.02)
    assert cache.get("first") == bytes(100)
    time.sleep(0.02)
    cache.put("third", bytes(100), lasting=True)
    assert cache.get("second") is None
    assert (cache.get("first"), cache.get("third")) == (bytes(100), bytes(100))
    assert oct((tmp_path / "views" / "third").stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("name", ["../outside", "a/b", ".hidden", "A"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ViewCache(tmp_path, 1).get(name)


def test_the_folder_stands_beside_the_store_unless_another_is_named(tmp_path: Path) -> None:
    assert ViewCache.of(Config(folder=tmp_path)).folder == tmp_path / "var" / "views"
    other = Config(folder=tmp_path, web=WebConfig(views="elsewhere", views_mb=1))
    assert ViewCache.of(other) == ViewCache(tmp_path / "elsewhere", 1 << 20)
