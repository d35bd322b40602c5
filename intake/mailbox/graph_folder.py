"""Finding a mail folder at Microsoft Graph: by a name that every mailbox has, or by its path."""

from __future__ import annotations

from intake.errors import UnreachableError
from intake.mailbox.graph_client import GraphClient

_WELL_KNOWN = frozenset({"inbox", "archive", "junkemail", "deleteditems", "sentitems", "drafts", "msgfolderroot"})
_MOST_NAMED = 20


def folder_url(client: GraphClient, path: str) -> str:
    """Find the URL of a folder: `INBOX`, another well-known name, or a path such as `Inbox/CPL/New entries`.

    A path's first name is a well-known one or stands beside the inbox. Case does not count.

    Raises:
        UnreachableError: there is no such folder; the hint names those that are there.
        FaultError, or one of NO_ANSWER.
    """
    first, *rest = [name for name in path.split("/") if name] or ["inbox"]
    if first.lower() in _WELL_KNOWN:
        url = client.url("mailFolders", first.lower())
    else:
        url, rest = client.url("mailFolders", "msgfolderroot"), [first, *rest]
    for name in rest:
        url = _child(client, url, name, path)
    return url


def _child(client: GraphClient, parent: str, name: str, path: str) -> str:
    names: list[str] = []
    for page in client.pages(f"{parent}/childFolders?$select=id,displayName&$top=100"):
        for folder in page["value"]:
            names.append(str(folder.get("displayName")))
            if names[-1].casefold() == name.casefold():
                return client.url("mailFolders", folder["id"])
    there = ", ".join(sorted(names)[:_MOST_NAMED]) or "nothing"
    message = f"{client.what}: the folder {path} is not there: no {name!r} in it"
    raise UnreachableError(message, f"Check mailbox.folder; at that place there is: {there}.")
