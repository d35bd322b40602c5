"""The make-believe Microsoft Graph is asked by Microsoft's own client, which nobody here wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from peers.graph_places import GraphPlace, graph_place, graph_tenant
from peers.peers import require

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # in its own generated code
LETTERS = [f"To: secas@example.test\r\nSubject: Entry {n}\r\n\r\nGrüße {n}\r\n".encode() for n in range(7)]
Mailbox = Any
"""The client's builder of requests for one mailbox; it is several hundred generated classes."""


@pytest.fixture
def place() -> Iterator[GraphPlace]:
    require(find_spec("msgraph"), "msgraph-sdk is not installed")
    with graph_tenant() as running, graph_place(running) as place:
        for letter in LETTERS:
            place.put(letter)
        yield place


class _Token:
    """Gives every request the token that the server accepts."""

    async def authenticate_request(self, request: RequestInformation, _context: object = None) -> None:
        request.headers.add("Authorization", "Bearer good token")


def asked(place: GraphPlace, ask: Callable[[Mailbox], Awaitable[Any]]) -> Any:  # noqa: ANN401  # generated classes
    """What Microsoft's client makes of an answer."""
    from msgraph.graph_request_adapter import GraphRequestAdapter  # noqa: PLC0415  # seconds, and not everywhere
    from msgraph.graph_service_client import GraphServiceClient  # noqa: PLC0415  # the same

    async def within_a_loop() -> Any:  # noqa: ANN401  # the same
        adapter = GraphRequestAdapter(_Token())  # type: ignore[arg-type]  # it asks for no more than this
        adapter.base_url = f"http://127.0.0.1:{place.port}/v1.0"
        client = GraphServiceClient(request_adapter=adapter)
        return await ask(client.users.by_user_id(place.exchange.user))

    return asyncio.run(within_a_loop())


def test_it_lists_folders_page_by_page(place: GraphPlace) -> None:
    place.exchange.add_folder("Projects", "inbox")

    async def ask(mailbox: Mailbox) -> tuple[list[str], Any, Any]:
        page = await mailbox.mail_folders.get()
        names = [each.display_name for each in page.value]
        while page.odata_next_link:
            page = await mailbox.mail_folders.with_url(page.odata_next_link).get()
            names += [each.display_name for each in page.value]
        inbox = mailbox.mail_folders.by_mail_folder_id("inbox")
        return names, await inbox.get(), await inbox.child_folders.get()

    names, inbox, below = asked(place, ask)
    assert names == ["Inbox", "Sent Items", "Deleted Items", "Archive", "Drafts", "Junk Email"]
    assert (inbox.display_name, inbox.total_item_count, inbox.child_folder_count) == ("Inbox", 7, 1)
    assert [each.display_name for each in below.value] == ["Projects"]


def test_it_lists_messages_page_by_page(place: GraphPlace) -> None:
    async def ask(mailbox: Mailbox) -> list[str]:
        messages = mailbox.mail_folders.by_mail_folder_id("inbox").messages
        page = await messages.get()
        subjects = [each.subject for each in page.value]
        while page.odata_next_link:
            page = await messages.with_url(page.odata_next_link).get()
            subjects += [each.subject for each in page.value]
        return subjects

    assert asked(place, ask) == [f"Entry {n}" for n in range(7)]


def test_it_follows_changes_and_fetches_the_bytes(place: GraphPlace) -> None:
    async def ask(mailbox: Mailbox) -> tuple[list[bytes], list[str], list[Any]]:
        delta = mailbox.mail_folders.by_mail_folder_id("inbox").messages.delta
        page = await delta.get()
        ids = [each.id for each in page.value]
        while page.odata_next_link:
            page = await delta.with_url(page.odata_next_link).get()
            ids += [each.id for each in page.value]
        place.put(b"Subject: Late\r\n\r\n")
        place.exchange.remove(ids[0])
        later = await delta.with_url(page.odata_delta_link).get()
        bodies = [await mailbox.messages.by_message_id(each).content.get() for each in ids[1:]]
        return bodies, ids, later.value

    bodies, ids, later = asked(place, ask)
    assert bodies == LETTERS[1:]
    assert [each.subject for each in later] == ["Late", None]
    assert (later[1].id in ids, later[1].additional_data) == (False, {"@removed": {"reason": "deleted"}})


def test_it_understands_an_error(place: GraphPlace) -> None:
    from msgraph.generated.models.o_data_errors.o_data_error import ODataError  # noqa: PLC0415  # not everywhere

    with pytest.raises(ODataError) as raised:
        asked(place, lambda mailbox: mailbox.messages.by_message_id("none").get())
    assert raised.value.error is not None
    assert raised.value.error.code == "ErrorItemNotFound"


def test_it_sends(place: GraphPlace) -> None:
    from msgraph.generated.models.body_type import BodyType  # noqa: PLC0415  # not everywhere
    from msgraph.generated.models.email_address import EmailAddress  # noqa: PLC0415  # the same
    from msgraph.generated.models.item_body import ItemBody  # noqa: PLC0415  # the same
    from msgraph.generated.models.message import Message  # noqa: PLC0415  # the same
    from msgraph.generated.models.recipient import Recipient  # noqa: PLC0415  # the same
    from msgraph.generated.users.item.send_mail.send_mail_post_request_body import (  # noqa: PLC0415  # the same
        SendMailPostRequestBody,
    )

    letter = Message(
        subject="By fields",
        body=ItemBody(content_type=BodyType.Text, content="Good day"),
        to_recipients=[Recipient(email_address=EmailAddress(address="ada@example.test"))],
    )
    asked(place, lambda mailbox: mailbox.send_mail.post(SendMailPostRequestBody(message=letter)))
    (sent,) = place.exchange.sent
    assert b"Subject: By fields\r\n" in sent
    assert b"To: ada@example.test\r\n" in sent
    assert b"Good day" in sent
