"""A mail's own text: which lines are kept, which bodies count, what of HTML is shown."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest

from intake.extract.mail.carried import LONGEST_TEXT
from intake.extract.mail.opening import LINES, LONGEST, MOST_BODIES, MOST_CHARACTERS, Opening, added_lines, text_of
from rules.own_words import CUT, NEXT_PART


def body(text: str, kind: str = "plain", charset: str = "utf-8") -> Message:
    return message_from_bytes(f"Content-Type: text/{kind}; charset={charset}\n\n{text}".encode())


def opened(*texts: str, html: tuple[str, ...] = (), inner: tuple[str, ...] = ()) -> Opening:
    opening = Opening()
    for text in inner:
        opening.offer(body(text), inner=True, shown=False)
    for text in html:
        opening.offer(body(text, "html"), inner=False, shown=True)
    for text in texts:
        opening.offer(body(text), inner=False, shown=False)
    return opening


QUOTATIONS = [
    "> old",
    "  > old",
    "-----Original Message-----",
    "-- Forwarded message --",
    "--- FORWARDED MESSAGE",
    "__________",
    "From: a@b.example",
    "On 1 May 2026, Dora wrote:",
]


@pytest.mark.parametrize("line", QUOTATIONS)
def test_what_is_quoted_is_none_of_its_own_text(line: str) -> None:
    opening = opened(f"First\n\n  second  \n{line}\nold")
    assert opening.lines() == "First\nsecond"
    assert opening.own() == "First\n\n  second  "
    assert opening.text() == f"First\n\n  second  \n{line}\nold"


@pytest.mark.parametrize("line", ["- Original Message", "_________", "from here on", "On us wrote:", "a > b", "--"])
def test_what_only_looks_like_a_quotation_is_its_own(line: str) -> None:
    assert opened(f"First\n{line}\nlast").lines() == f"First\n{line.strip()}\nlast"


def test_some_lines_and_characters_are_kept() -> None:
    many = [f"line {number}" for number in range(LINES + 2)]
    assert opened("\n".join(many)).lines() == "\n".join(many[:LINES])
    assert opened("x" * (LONGEST + 9)).lines() == "x" * LONGEST
    assert opened("x" * LONGEST_TEXT).text() == "x" * LONGEST_TEXT
    assert opened("x" * (LONGEST_TEXT + 1)).text() == "x" * LONGEST_TEXT + f"\n{CUT}"


def test_a_page_with_few_words_says_that_it_goes_on_whatever_was_asked_before() -> None:
    page = "<p>Attached.</p>" + "<br class='wide'>" * MOST_CHARACTERS + "<p>Please wait.</p>"
    opening = opened(html=(page,))
    assert opening.lines() == f"Attached.\n{CUT}"
    assert opening.own().split() == ["Attached.", *CUT.split()]
    assert opening.text() == f"Attached.\n\n{CUT}"


def test_blank_lines_are_folded_to_one() -> None:
    assert opened("\n\na\n\nb\n \n\n\t\nc\n\n").text() == "a\n\nb\n\nc"


BODIES: dict[str, tuple[Opening, str]] = {
    "none": (opened(), ""),
    "a plain one": (opened("a"), "a"),
    "two": (opened("a", "b"), f"a\n\n{NEXT_PART}\nb"),
    "an empty one between": (opened("a", " \n", "b"), f"a\n\n{NEXT_PART}\nb"),
    "the same in HTML": (opened("a b", html=("<p>A &nbsp;B</p>",)), "a b"),
    "more in HTML": (opened("a", html=("<p>a</p><p>b</p>",)), f"a\n\n{NEXT_PART}\nb"),
    "HTML alone": (opened(html=("<p>a</p>",)), "a"),
    "an attached one": (opened(inner=("in", "in too")), "in"),
    "its own before an attached one": (opened("a", inner=("in",)), "a"),
    "an empty one before an attached one": (opened(" ", inner=("in",)), "in"),
    "as many as are read": (
        opened(*[str(number) for number in range(MOST_BODIES + 2)]),
        f"\n\n{NEXT_PART}\n".join(str(number) for number in range(MOST_BODIES)),
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_every_own_body_is_read_and_what_html_adds(case: str) -> None:
    opening, text = BODIES[case]
    assert opening.text() == text


@pytest.mark.parametrize(
    ("text", "shown", "added"),
    [
        ("a b", "a\nb", ""),
        ("a b", "A, b!", ""),
        ("a", "a\n  c  \nb", "c\nb"),
        ("a", "-- \n***", ""),
        ("see", "see https://x.example/a", ""),
        ("see", "see mailto:a@b.example now", "see mailto:a@b.example now"),
        ("write to us", "write to dora@x.example us", ""),
        ("", "a", "a"),
    ],
)
def test_a_line_is_added_where_its_words_are_new(text: str, shown: str, added: str) -> None:
    assert added_lines(text, shown) == added


HTML: dict[str, str] = {
    "<p>a</p><p>b</p>": " a\n  b\n ",
    "a<br>b<BR/>c": "a\n b\n c",
    "<div>a</div>b": " a\n b",
    "<tr><td>a</td></tr>b": "  a \n b",
    "<li>a</li>b": " a\n b",
    "<h1>a</h1>b": " a\n b",
    "Do not pro<b>ce</b>ss <span style='x'>it</span>": "Do not process it",
    "x<sub>2</sub>&lt;3&amp;4": "x2<3&4",
    "a<style>p{}</style>b": "a b",
    "a<SCRIPT>if(1<2){}</script>b": "a b",
    "a<style>b": "a b",
    "1 < 2 and 3 > 2": "1   2",
    "please <s>withdraw<b>ing</b></s> accept": "please   accept",
    "<del>a <del>b</del> c</del>d<strike class='x'>e</strike>": " d ",
    "a <s>b": "a b",
    "a</s> b": "a b",
    "<span style='x'>a</span> <span style='text-decoration:line-through'>b</span> c": "a   c",
    "00:01<sup>2</sup> of the 1<sup>st</sup>": "00:01 2 of the 1st",
    "<summary>a</summary>b": " a b",
}


@pytest.mark.parametrize("html", HTML)
def test_html_is_read_as_it_is_shown(html: str) -> None:
    assert text_of(body(html, "html"), html=True) == HTML[html]
    assert text_of(body(html), html=False) == html


def test_what_cannot_be_seen_is_left_out_and_lines_end_alike() -> None:
    assert text_of(body("a\u200bb\u202ec\xadd\x00e\x1bf"), html=False) == "abcdef"
    assert text_of(message_from_bytes(b"Content-Type: text/plain\n\na\r\nb\rc\td"), html=False) == "a\nb\nc\td"


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("iso-8859-1", b"f\xfcr", "f\u00fcr"),
        ("utf-8", b"f\xc3\xbcr", "f\u00fcr"),
        ("utf-8", b"f\xfcr", "f\ufffdr"),
        ("nonsense", b"f\xc3\xbcr", "f\u00fcr"),
    ],
)
def test_a_body_is_decoded_by_its_charset(charset: str, raw: bytes, text: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    assert text_of(message_from_bytes(head + raw), html=False) == text
    assert text_of(message_from_bytes(b"Content-Transfer-Encoding: 8bit\n\nf\xc3\xbcr"), html=False) == "f\u00fcr"


FLOWED = {
    "the hash is ab12: \n34cd and more  \nwords": "the hash is ab12:34cd and more words",
    "version 0002 \r\n000A. \r\n\r\nNext": "version 0002000A.\n\nNext",
    "withdraw \n from the list": "withdrawfrom the list",
    "Yours\n-- \nDora": "Yours\n-- \nDora",
    "> old \n> words\nnew \n> old \nlast": "> old \n> words\nnew\n> old \nlast",
    " From here": "From here",
    " > no quotation": "> no quotation",
    "": "",
}


@pytest.mark.parametrize("text", FLOWED)
def test_a_line_that_goes_on_is_one_with_the_next(text: str) -> None:
    flowed = body(text, charset="utf-8; format=Flowed; DelSp=Yes")
    assert text_of(flowed, html=False) == FLOWED[text]
    for other in ("format=flowed", "delsp=yes", "format=fixed; delsp=yes"):
        assert text_of(body(text, charset=f"utf-8; {other}"), html=False) == text.replace("\r\n", "\n")
