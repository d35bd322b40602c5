"""A Microsoft Graph on 127.0.0.1, as far as mail goes, with Exchange's known ways and failures on demand."""

from __future__ import annotations

import asyncio
import base64
import binascii
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from peers.exchange import Exchange, Item, MailFolder, heading, written
from peers.faults import Cut, Fault, take
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

AT_ONCE = 4
"""Requests that Graph bears from one application at one mailbox."""
_USER = "/v1.0/users/{user}"
IMMUTABLE = 'idtype="immutableid"'


@dataclass
class Round:
    """A delta round that is being handed out page by page."""

    rows: list[dict[str, Any]]
    end: int


@dataclass
class Graph:
    """The server's state and its ASGI application."""

    exchange: Exchange = field(default_factory=Exchange)
    accepts: Callable[[str], bool] = "good token".__eq__
    """Which access tokens."""
    faults: list[Fault] = field(default_factory=list)
    page_size: int = 3
    """The most that it puts into a page, whatever is preferred."""
    seconds: float = 0.0
    """How long an answer takes."""
    foreign_links: str = ""
    """Links lead to this host instead."""
    writes_anew: bool = False
    """Every time a message is asked for its bytes are a little different."""
    asked: list[str] = field(default_factory=list)
    without_immutable: list[str] = field(default_factory=list)
    most_at_once: int = 0
    now: int = 0
    generation: int = 0
    rounds: dict[str, Round] = field(default_factory=dict)
    tokens: itertools.count[int] = field(default_factory=itertools.count)

    def expire(self) -> None:
        """Every delta link ends."""
        self.generation += 1

    def count(self, part: str) -> int:
        """How many requests there were whose path or query holds this."""
        return sum(part in path for path in self.asked)

    def __post_init__(self) -> None:
        handlers = {
            "mailFolders/{folder}/messages/delta": self._delta,
            "mailFolders/{folder}/messages/delta()": self._delta,
            "mailFolders/{folder}/messages": self._messages,
            "mailFolders/{folder}/childFolders": self._children,
            "mailFolders": self._top_folders,
            "mailFolders/{folder}": self._one_folder,
            "messages/{id}": self._message,
            "messages/{id}/$value": self._value,
        }
        routes = [Route(f"{_USER}/{path}", self._gated(handler)) for path, handler in handlers.items()]
        routes.append(Route(f"{_USER}/sendMail", self._gated(self._send_mail), methods=["POST"]))
        deletes = self._gated(self._permanent_delete)
        routes.append(Route(f"{_USER}/messages/{{id}}/permanentDelete", deletes, methods=["POST"]))
        self._application = Starlette(routes=routes, exception_handlers={404: _no_such_resource})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope, receive, send)

    def _gated(self, handler: Callable[[Request, bytes], Response]) -> Callable[[Request], Any]:
        async def gate(request: Request) -> Response:
            path = f"{request.url.path}?{request.url.query}"
            self.asked.append(path)
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
            try:
                return await self._answer(request, path, handler)
            finally:
                self.now -= 1

        return gate

    async def _answer(self, request: Request, path: str, handler: Callable[[Request, bytes], Response]) -> Response:
        body = await request.body()
        if self.now > AT_ONCE:
            return _error(429, "ApplicationThrottled", {"Retry-After": "1"})
        await asyncio.sleep(self.seconds)
        if IMMUTABLE not in request.headers.get("prefer", "").lower():
            self.without_immutable.append(path)
        fault = take(self.faults, path)
        if fault is not None and fault.cut is None:
            return _faulty(fault)
        scheme, token = request.headers.get("authorization", " ").split(" ", 1)
        if scheme != "Bearer" or not self.accepts(token):
            return _error(401, "InvalidAuthenticationToken")
        with self.exchange.lock:
            answer = handler(request, body)
        return answer if fault is None else Cut(answer, fault)

    def _id(self, request: Request, item: Item) -> str:
        immutable = IMMUTABLE in request.headers.get("prefer", "").lower()
        return item.immutable_id if immutable else item.id

    def _delta(self, request: Request, _: bytes) -> Response:
        folder = request.path_params["folder"]
        if folder not in self.exchange.folders:
            return _error(404, "ErrorItemNotFound")
        token, start = str(request.query_params.get("$skiptoken", "")).partition(".")[::2]
        if not token:
            token = f"r{next(self.tokens)}"
            since = request.query_params.get("$deltatoken")
            if since is None:
                rows = [self._row(request, item) for item in self.exchange.within(folder)]
            else:
                generation, position = since.partition(".")[::2]
                if int(generation) != self.generation:
                    return _error(410, "SyncStateNotFound")
                rows = self._since(request, folder, int(position))
            self.rounds[token] = Round(rows, len(self.exchange.changes))
        return self._page(request, token, int(start or 0))

    def _since(self, request: Request, folder: str, position: int) -> list[dict[str, Any]]:
        """What has changed; an item that left is said to have gone, even where it has come back meanwhile."""
        changed = [change for change in self.exchange.changes[position:] if change.folder == folder]
        rows = []
        for uid in dict.fromkeys(change.immutable_id for change in changed):
            item = self.exchange.items.get(uid)
            if item is None or any(change.immutable_id == uid and not change.here for change in changed):
                rows.append({"id": uid, "@removed": {"reason": "deleted"}})
            else:
                rows.append(self._row(request, item))
        return rows

    def _row(self, request: Request, item: Item) -> dict[str, Any]:
        known = {
            "receivedDateTime": item.arrived.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "subject": heading(item.raw, "Subject"),
            "internetMessageId": heading(item.raw, "Message-ID"),
        }
        chosen = request.query_params.get("$select")
        wanted = known if chosen is None else {key: known[key] for key in chosen.split(",") if key in known}
        return {"@odata.type": "#microsoft.graph.message", "id": self._id(request, item), **wanted}

    def _page(self, request: Request, token: str, start: int) -> Response:
        wanted = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("prefer", ""))
        size = min(self.page_size, int(wanted[1]) if wanted else 10)
        current = self.rounds[token]
        rows = current.rows[start : start + size]
        base = f"{self.foreign_links or request.url.replace(path='', query='')}{request.url.path}"
        if current.rows[start + size :]:
            link = {"@odata.nextLink": f"{base}?$skiptoken={token}.{start + size}"}
        else:
            link = {"@odata.deltaLink": f"{base}?$deltatoken={self.generation}.{current.end}"}
        return JSONResponse({"value": rows, **link})

    def _messages(self, request: Request, _: bytes) -> Response:
        folder = request.path_params["folder"]
        if folder not in self.exchange.folders:
            return _error(404, "ErrorItemNotFound")
        return self._part(request, [self._row(request, item) for item in self.exchange.within(folder)])

    def _part(self, request: Request, rows: list[dict[str, Any]]) -> Response:
        """A page of a list that is counted by $skip and $top."""
        skip, top = (
            int(parse_qs(request.url.query).get(key, [usual])[0]) for key, usual in (("$skip", "0"), ("$top", "10"))
        )
        end = skip + min(top, self.page_size)
        answer: dict[str, Any] = {"value": rows[skip:end]}
        if rows[end:]:
            answer["@odata.nextLink"] = str(request.url.include_query_params(**{"$skip": end}))
        return JSONResponse(answer)

    def _top_folders(self, request: Request, _: bytes) -> Response:
        return self._part(request, self._below("msgfolderroot"))

    def _below(self, parent: str) -> list[dict[str, Any]]:
        folders = self.exchange.folders.values()
        return [self._folder(folder) for folder in folders if folder.parent == parent and folder.id != parent]

    def _folder(self, folder: MailFolder) -> dict[str, Any]:
        known = {"id": folder.id, "displayName": folder.name, "parentFolderId": folder.parent}
        return known | {
            "childFolderCount": len(self._below(folder.id)),
            "totalItemCount": len(self.exchange.within(folder.id)),
        }

    def _one_folder(self, request: Request, _: bytes) -> Response:
        folder = request.path_params["folder"]
        mail_folder = self.exchange.folders.get(folder)
        return JSONResponse(self._folder(mail_folder)) if mail_folder else _error(404, "ErrorItemNotFound")

    def _children(self, request: Request, _: bytes) -> Response:
        return self._part(request, self._below(request.path_params["folder"]))

    def _found(self, request: Request) -> Item | None:
        item = self.exchange.find(request.path_params["id"])
        return item if item and request.path_params["id"] == self._id(request, item) else None

    def _message(self, request: Request, _: bytes) -> Response:
        item = self._found(request)
        return JSONResponse(self._row(request, item)) if item else _error(404, "ErrorItemNotFound")

    def _value(self, request: Request, _: bytes) -> Response:
        item = self._found(request)
        if item is None:
            return _error(404, "ErrorItemNotFound")
        raw = f"X-Written: {len(self.asked)}\r\n".encode() + item.raw if self.writes_anew else item.raw
        return Response(raw, media_type="text/plain")

    def _permanent_delete(self, request: Request, _: bytes) -> Response:
        item = self._found(request)
        if item is None:
            return _error(404, "ErrorItemNotFound")
        self.exchange.remove(item.immutable_id)
        return Response(status_code=204)

    def _send_mail(self, request: Request, body: bytes) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0]
        try:
            raw = _READ[kind](self.exchange.user, body)
        except KeyError:
            return _error(400, "ErrorInvalidRequest")
        except binascii.Error:
            return _error(400, "ErrorMimeContentInvalidBase64String")
        if re.search(rb"(?mi)^To:.*@nowhere\.invalid", raw):
            return _error(400, "ErrorInvalidRecipients")
        self.exchange.send(as_exchange_sends(raw, self.exchange.user))
        return Response(status_code=202)


def _of_mime(_: str, body: bytes) -> bytes:
    return base64.b64decode(body, validate=True)


def _of_json(user: str, body: bytes) -> bytes:
    """A letter given field by field.

    Raises:
        KeyError: it lacks one.
    """
    given = {key.lower(): value for key, value in json.loads(body).items()}  # an action's parameters have no case
    message = given["message"]
    recipients = [each["emailAddress"]["address"] for each in message["toRecipients"]]
    return written(user, message["subject"], message["body"]["content"], recipients)


_READ = {"text/plain": _of_mime, "application/json": _of_json}


def as_exchange_sends(raw: bytes, user: str) -> bytes:
    """Auto-Submitted goes, Return-Path is Exchange's own."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = re.split(rb"\r\n(?![ \t])", head)
    kept = [line for line in lines if not re.match(rb"(?i)(auto-submitted|return-path):", line)]
    return b"\r\n".join([b"Return-Path: " + user.encode(), *kept]) + b"\r\n\r\n" + body


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> Response:
    content = {"error": {"code": code, "message": f"This is {code}.", "innerError": {}}}
    return JSONResponse(content, status, {"request-id": "0000-1111", **(headers or {})})


def _no_such_resource(_request: Request, _error_raised: Exception) -> Response:
    return _error(400, "BadRequest")


def _faulty(fault: Fault) -> Response:
    if fault.body is not None:
        return Response(fault.body, fault.status, fault.headers, "text/html")
    return _error(fault.status, fault.code, fault.headers)


@dataclass
class Tenant:
    """Many mailboxes at one server."""

    mailboxes: dict[str, Graph] = field(default_factory=dict)

    def add(self, graph: Graph) -> None:
        self.mailboxes[graph.exchange.user] = graph

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = scope["path"].split("/")[3]
        await self.mailboxes.get(user, _error(404, "ErrorInvalidUser"))(scope, receive, send)
