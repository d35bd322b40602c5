"""Every address, role and method against the table in SECURITY.md: each is asked for, as each role and by strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from web.world import World

from intake.domain.review import Role
from intake.web import app as web_app
from intake.web.people import session

SECURITY = (Path(__file__).parents[2] / ".github/SECURITY.md").read_text("utf-8")
COLUMNS = ("stranger", *(role.value for role in Role))
ROW = re.compile(r"^\| (GET|POST) \| `(/[^`]*)` \| (.*) \|$", re.MULTILINE)
OPEN, SHUT = "yes", "no"
ELSEWHERE = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
ENDS_ITS_SESSION = ("/sign-out", "/account/sign-out-everywhere")


def table() -> dict[tuple[str, str], dict[str, bool]]:
    """Who may do what, as the document says it."""
    rows = {}
    for method, path, cells in ROW.findall(SECURITY):
        said = [cell.strip() for cell in cells.split("|")]
        assert set(said) <= {OPEN, SHUT}, path
        rows[method, path] = {who: cell == OPEN for who, cell in zip(COLUMNS, said, strict=True)}
    return rows


def addresses() -> set[tuple[str, str]]:
    """Every address there is."""
    tables = {"GET": web_app._GET, "POST": web_app._POST}  # noqa: SLF001  # every address there is
    return {(method, path) for method, rows in tables.items() for path, _, _ in rows}


def filled(path: str) -> str:
    values = {"reference": "CPL-000001", "view": "mine", "action": "return", "sha256": "ab" * 32, "rule": "none.such"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: values.get(name[1], "1"), path)


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("rights"))
    made.judged()
    for role in Role:
        made.person(role.value, role, password_hash="")
    yield made
    made.close()


def refused(world: World, who: str, method: str, path: str) -> bool:
    """Ask for a page as somebody whose session has just begun, with its token; tells whether it was not for them."""
    client, form = world.browser(client=("127.0.0.1", 50000)), {}
    if who != "stranger":
        token, known = session.begin(world.services.store, who, world.clock.now())
        client.cookies.set(session.cookie_name(world.services.config.web), token)
        form = {"csrf": known.csrf}
    answer = client.request(method, filled(path), data=form if method == "POST" else None)
    assert answer.status_code < 500, (method, path)
    if answer.status_code == 303 and path not in ENDS_ITS_SESSION:
        return answer.headers["location"].startswith("/sign-in")
    said = ("Your role does not allow this.", "You have been signed out", "did not come from", "earlier session")
    return answer.status_code == 401 or (answer.status_code == 403 and any(text in answer.text for text in said))


def test_the_table_names_every_address_and_no_other() -> None:
    assert set(table()) == addresses()


@pytest.mark.parametrize("who", COLUMNS)
def test_everybody_gets_what_the_table_says_and_nothing_else(peopled: World, who: str) -> None:
    shut = {row for row, allowed in table().items() if not allowed[who]}
    assert {row for row in table() if refused(peopled, who, *row)} == shut


@pytest.mark.parametrize("method", sorted(ELSEWHERE))
def test_no_address_takes_any_other_method(peopled: World, method: str) -> None:
    client = peopled.browser()
    took = [path for _, path in sorted(addresses()) if client.request(method, filled(path)).status_code != 405]
    assert took == []
