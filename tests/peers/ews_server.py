"""An Exchange Web Services on 127.0.0.1: what exchangelib asks of a mailbox, and Exchange's failures on demand."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from peers.exchange import Change, Exchange, Item, heading, written
from peers.faults import Cut, Fault, take
from peers.ntlm import NtlmGate
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
_NAMES = {"s": SOAP, "m": MESSAGES, "t": TYPES}
_EWS_LETTERS = str.maketrans("-_", "+/")
_OUR_LETTERS = str.maketrans("+/", "-_")
PASSWORD = "secret"


@dataclass
class Ews:
    """The server's state and its ASGI application."""

    exchange: Exchange = field(default_factory=Exchange)
    user: str = "EXAMPLE\\svc"
    ntlm: NtlmGate | None = None
    """Instead of asking for a password."""
    faults: list[Fault] = field(default_factory=list)
    most_changes: int = 3
    """In one answer, whatever is asked for."""
    asked: list[str] = field(default_factory=list)
    generation: int = 0

    def expire(self) -> None:
        """Every sync state ends."""
        self.generation += 1

    def count(self, operation: str) -> int:
        return self.asked.count(operation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = self._answer(request, await request.body())
        await answer(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        turned_away = self._turned_away(request)
        if turned_away is not None:
            return turned_away
        (operation,) = etree.fromstring(body).find("s:Body", _NAMES)
        name = etree.QName(operation).localname
        self.asked.append(name)
        fault = take(self.faults, name)
        if fault is not None and fault.cut is None:
            return _faulty(name, fault)
        perform = getattr(self, f"_{name}", None)
        if perform is None:
            return _faulty(name, Fault(name, status=500, code="ErrorSchemaValidation"))
        with self.exchange.lock:
            messages = list(perform(operation))
        answer = _enveloped(f"<m:{name}Response><m:ResponseMessages>{''.join(messages)}</m:ResponseMessages>"
                            f"</m:{name}Response>")  # fmt: skip
        return answer if fault is None else Cut(answer, fault)

    def _turned_away(self, request: Request) -> Response | None:
        if self.ntlm is not None:
            return self.ntlm.turned_away(request)
        expected = base64.b64encode(f"{self.user}:{PASSWORD}".encode()).decode()
        if request.headers.get("authorization") == f"Basic {expected}":
            return None
        return Response("", 401, {"WWW-Authenticate": 'Basic realm="ews"'})

    def _ConvertId(self, _: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        """What exchangelib asks to learn the server's version."""
        yield _error("ConvertId", "ErrorInvalidIdMalformed")

    def _GetFolder(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        for wanted in operation.find("m:FolderIds", _NAMES):
            folder = self._folder_of(wanted)
            if folder is None:
                yield _error("GetFolder", "ErrorFolderNotFound")
            else:
                yield _success("GetFolder", f"<m:Folders>{self._folder(folder)}</m:Folders>")

    def _FindFolder(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        parent = self._folder_of(operation.find("m:ParentFolderIds", _NAMES)[0])
        view = operation.find("m:IndexedPageFolderView", _NAMES)
        start, most = int(view.get("Offset")), min(int(view.get("MaxEntriesReturned")), self.most_changes)
        there = [
            folder.id for folder in self.exchange.folders.values() if folder.parent == parent and folder.id != parent
        ]
        rows = "".join(self._folder(each) for each in there[start : start + most])
        yield _success("FindFolder", _root_folder(start + most, len(there), f"<t:Folders>{rows}</t:Folders>"))

    def _SyncFolderItems(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        folder = self._folder_of(operation.find("m:SyncFolderId", _NAMES)[0])
        state = operation.findtext("m:SyncState", "", _NAMES)
        if folder is None:
            yield _error("SyncFolderItems", "ErrorSyncFolderNotFound", _NO_STATE)
            return
        generation, position = (state or f"{self.generation}.0").split(".")
        if int(generation) != self.generation:
            yield _error("SyncFolderItems", "ErrorInvalidSyncStateData", _NO_STATE)
            return
        most = min(int(operation.findtext("m:MaxChangesReturned", "", _NAMES)), self.most_changes)
        changes = self.exchange.changes
        own = [number for number in range(int(position), len(changes)) if changes[number].folder == folder]
        rows = "".join(self._change(changes[number], known_before=number) for number in own[:most])
        end, last = (own[most - 1] + 1, "false") if own[most:] else (len(changes), "true")
        body = f"<m:SyncState>{self.generation}.{end}</m:SyncState>"
        body += f"<m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange><m:Changes>{rows}</m:Changes>"
        yield _success("SyncFolderItems", body)

    def _change(self, change: Change, known_before: int) -> str:
        item = self.exchange.items.get(change.immutable_id)
        item_id = f'<t:ItemId Id="{change.id.translate(_EWS_LETTERS)}" ChangeKey="K{known_before}"/>'
        if not change.here or item is None or item.id != change.id:
            return f"<t:Delete>{item_id}</t:Delete>"
        if any(earlier.id == change.id for earlier in self.exchange.changes[:known_before]):
            return f"<t:ReadFlagChange>{item_id}<t:IsRead>true</t:IsRead></t:ReadFlagChange>"
        return f"<t:Create><t:Message>{item_id}{_arrived(item)}</t:Message></t:Create>"

    def _GetItem(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        for wanted in operation.find("m:ItemIds", _NAMES):
            item = self.exchange.find(wanted.get("Id").translate(_OUR_LETTERS))
            if item is None or item.id.translate(_EWS_LETTERS) != wanted.get("Id"):
                yield _error("GetItem", "ErrorItemNotFound", "<m:Items/>")
                continue
            mime = f'<t:MimeContent CharacterSet="UTF-8">{base64.b64encode(item.raw).decode()}</t:MimeContent>'
            actual = f"{mime if _wants_mime(operation) else ''}{_described(item)}"
            yield _success("GetItem", f"<m:Items><t:Message>{actual}</t:Message></m:Items>")

    def _FindItem(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        folder = self._folder_of(operation.find("m:ParentFolderIds", _NAMES)[0])
        if folder is None:
            yield _error("FindItem", "ErrorFolderNotFound")
            return
        view = operation.find("m:IndexedPageItemView", _NAMES)
        there = self.exchange.within(folder)
        start = int(view.get("Offset"))
        end = start + min(int(view.get("MaxEntriesReturned")), self.most_changes)
        rows = "".join(f"<t:Message>{_described(item)}</t:Message>" for item in there[start:end])
        yield _success("FindItem", _root_folder(end, len(there), f"<t:Items>{rows}</t:Items>"))

    def _DeleteItem(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        assert operation.get("DeleteType") == "HardDelete"
        for wanted in operation.find("m:ItemIds", _NAMES):
            item = self.exchange.find(wanted.get("Id").translate(_OUR_LETTERS))
            if item is None or item.id.translate(_EWS_LETTERS) != wanted.get("Id"):
                yield _error("DeleteItem", "ErrorItemNotFound")
                continue
            self.exchange.remove(item.immutable_id)
            yield _success("DeleteItem", "")

    def _CreateItem(self, operation: etree._Element) -> Iterator[str]:  # noqa: N802  # the operation's name
        for message in operation.find("m:Items", _NAMES):
            self.exchange.send(_raw(message, self.exchange.user))
            yield _success("CreateItem", "<m:Items/>")

    def _folder_of(self, element: etree._Element) -> str | None:
        address = element.findtext("t:Mailbox/t:EmailAddress", self.exchange.user, _NAMES)
        if address != self.exchange.user:
            return None
        known = element.get("Id").translate(_OUR_LETTERS)
        return known if known in {"root", *self.exchange.folders} else None

    def _folder(self, folder_id: str) -> str:
        folder = self.exchange.folders.get(folder_id)
        name, parent = (folder.name, folder.parent) if folder else ("Root", "root")
        children = sum(mail_folder.parent == folder_id for mail_folder in self.exchange.folders.values())
        return (
            f'<t:Folder><t:FolderId Id={quoteattr(folder_id.translate(_EWS_LETTERS))} ChangeKey="K"/>'
            f"<t:ParentFolderId Id={quoteattr(parent.translate(_EWS_LETTERS))}/><t:FolderClass>IPF.Note</t:FolderClass>"
            f"<t:DisplayName>{escape(name)}</t:DisplayName><t:TotalCount>{len(self.exchange.within(folder_id))}"
            f"</t:TotalCount><t:ChildFolderCount>{children}</t:ChildFolderCount></t:Folder>"
        )


_NO_STATE = "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"


def _root_folder(end: int, total: int, rows: str) -> str:
    """A page of what lies in a folder, which ends there and is so much as a whole."""
    last = "false" if end < total else "true"
    attributes = f'IndexedPagingOffset="{end}" TotalItemsInView="{total}" IncludesLastItemInRange="{last}"'
    return f"<m:RootFolder {attributes}>{rows}</m:RootFolder>"


def _wants_mime(operation: etree._Element) -> bool:
    shape = operation.find("m:ItemShape", _NAMES)
    fields = [each.get("FieldURI") for each in shape.iterfind("t:AdditionalProperties/t:FieldURI", _NAMES)]
    return "item:MimeContent" in fields or shape.findtext("t:IncludeMimeContent", "", _NAMES) == "true"


def _described(item: Item) -> str:
    """What is known of an item, in the order of the schema."""
    item_id = f'<t:ItemId Id="{item.id.translate(_EWS_LETTERS)}" ChangeKey="K"/>'
    subject = f"<t:Subject>{escape(heading(item.raw, 'Subject'))}</t:Subject>"
    message_id = f"<t:InternetMessageId>{escape(heading(item.raw, 'Message-ID'))}</t:InternetMessageId>"
    return f"{item_id}{subject}{_arrived(item)}{message_id}"


def _raw(message: etree._Element, user: str) -> bytes:
    """A letter as it is sent: the bytes that were given, or written of what was given field by field."""
    mime = message.findtext("t:MimeContent", "", _NAMES)
    if mime:
        return base64.b64decode(mime, validate=True)
    recipients = [each.text for each in message.iterfind("t:ToRecipients/t:Mailbox/t:EmailAddress", _NAMES)]
    subject, text = (message.findtext(f"t:{name}", "", _NAMES) for name in ("Subject", "Body"))
    return written(user, subject, text, recipients)


def _arrived(item: Item) -> str:
    moment = item.arrived.isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"<t:DateTimeReceived>{moment}</t:DateTimeReceived>"


def _success(name: str, body: str) -> str:
    message = f"{name}ResponseMessage"
    return f'<m:{message} ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{body}</m:{message}>'


def _error(name: str, code: str, body: str = "") -> str:
    message, text = f"{name}ResponseMessage", f"<m:MessageText>This is {code}.</m:MessageText>"
    code_and_key = f"<m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
    return f'<m:{message} ResponseClass="Error">{text}{code_and_key}{body}</m:{message}>'


def _enveloped(body: str, status: int = 200) -> Response:
    version = 'MajorVersion="15" MinorVersion="2" MajorBuildNumber="1118" MinorBuildNumber="7" Version="V2017_07_11"'
    names = f'xmlns:s="{SOAP}" xmlns:m="{MESSAGES}" xmlns:t="{TYPES}" xmlns:e="{ERRORS}"'
    header = f"<s:Header><t:ServerVersionInfo {version}/></s:Header>"
    text = f'<?xml version="1.0" encoding="utf-8"?><s:Envelope {names}>{header}<s:Body>{body}</s:Body></s:Envelope>'
    return Response(text, status, media_type="text/xml; charset=utf-8")


def _faulty(name: str, fault: Fault) -> Response:
    """An answer that is no SOAP, a SOAP fault (status 500), or an ordinary answer that says an error."""
    if fault.body is not None:
        return Response(fault.body, fault.status, fault.headers, "text/html")
    if fault.status == 500:
        back_off = fault.headers.get("BackOffMilliseconds")
        more = f'<t:MessageXml><t:Value Name="BackOffMilliseconds">{back_off}</t:Value></t:MessageXml>'
        detail = f"<e:ResponseCode>{fault.code}</e:ResponseCode><e:Message>This is {fault.code}.</e:Message>"
        what = f"<faultcode>a:{fault.code}</faultcode><faultstring>{fault.code}</faultstring>"
        return _enveloped(f"<s:Fault>{what}<detail>{detail}{more if back_off else ''}</detail></s:Fault>", 500)
    wrapped = _error(name, fault.code, _NO_STATE if name == "SyncFolderItems" else "")
    response = f"<m:{name}Response><m:ResponseMessages>{wrapped}</m:ResponseMessages></m:{name}Response>"
    return _enveloped(response)


@dataclass
class ExchangeServer:
    """Many mailboxes at one server, by the account that reads them."""

    mailboxes: dict[str, Ews] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        anchor = Request(scope).headers.get("x-anchormailbox", "")
        user = base64.b64decode(Request(scope).headers.get("authorization", " ").split(" ", 1)[1]).decode()
        ews = self.mailboxes.get(anchor) or next(
            (mailbox for mailbox in self.mailboxes.values() if user.startswith(f"{mailbox.user}:")), None
        )
        await (ews or Response("", 401))(scope, receive, send)
