"""An account at an Exchange on one's own premises: signing in, TLS, and finding a folder. Needs exchangelib.

exchangelib's own patience (FaultTolerance) is left out: it takes a wrong password for a busy server and goes on trying
it, which locks the account, and it sleeps where a shutdown is not heard. Ours is in `intake.mailbox.retry`.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

import requests
from exchangelib import DELEGATE, Account, Configuration, Credentials, EWSTimeZone, FailFast
from exchangelib.folders import SingleFolderQuerySet
from exchangelib.items import SHALLOW
from exchangelib.protocol import BaseProtocol, Protocol

from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.connection import is_this_machine, verifying

ANSWER_SECONDS = 60
USUAL_PATH = "/EWS/Exchange.asmx"
_AUTH_TYPES = {"ntlm": "NTLM", "basic": "basic"}
_WELL_KNOWN = {"inbox": "inbox", "sent items": "sent", "deleted items": "trash", "drafts": "drafts"}
_MOST_NAMED = 20
_PIECE = 64 * 1024

logging.getLogger("exchangelib").setLevel(logging.CRITICAL)  # what goes wrong is told once, by us


@dataclass(frozen=True, slots=True)
class EwsAccount:
    """Whose mailbox it is, and as whom to read it."""

    name: str
    endpoint: str
    """`https://host/EWS/Exchange.asmx`, or without the path."""
    address: str
    """The mailbox's own address."""
    user: str
    """`DOMAIN\\\\account` or an address; it needs full access to the mailbox."""
    password: str = field(repr=False)
    auth: Literal["ntlm", "basic"] = "ntlm"
    context: SSLContext | None = None
    """None: the machine's own list of authorities."""

    def __post_init__(self) -> None:
        """Validate the combination of settings.

        Raises:
            ConfigurationError: no https to another machine.
        """
        parts = urlsplit(self.endpoint)
        local = is_this_machine(parts.hostname or "")
        if not parts.hostname or parts.scheme not in ("https", "http" if local else ""):
            message = f"mailbox {self.name}: endpoint {self.endpoint!r} must be https://host/EWS/Exchange.asmx"
            raise ConfigurationError(message)

    def opened(self) -> Any:  # noqa: ANN401  # exchangelib has no types
        """Build exchangelib's account afresh; nothing is requested yet."""
        origin = urlsplit(self.endpoint).netloc.lower()
        _Adapter.contexts[origin] = self.context or verifying()
        path = "" if urlsplit(self.endpoint).path.strip("/") else USUAL_PATH
        configuration = Configuration(
            service_endpoint=self.endpoint.rstrip("/") + path,
            credentials=Credentials(self.user, self.password),
            auth_type=_AUTH_TYPES[self.auth],
            retry_policy=FailFast(),
            max_connections=1,
        )
        return Account(
            self.address,
            config=configuration,
            autodiscover=False,
            access_type=DELEGATE,
            locale="en",
            default_timezone=EWSTimeZone("UTC"),
        )

    def folder(self, account: Any, path: str) -> Any:  # noqa: ANN401  # exchangelib has no types
        """Give a folder: `INBOX`, another well-known name, or a path such as `Inbox/CPL`; case does not count.

        Raises:
            UnreachableError: there is no such folder; the hint names those that are there.
        """
        first, *rest = [part for part in path.split("/") if part] or ["inbox"]
        if first.lower() in _WELL_KNOWN:
            folder = getattr(account, _WELL_KNOWN[first.lower()])
        else:
            folder, rest = account.msg_folder_root, [first, *rest]
        for part in rest:
            folder = self._child(account, folder, part, path)
        return folder

    def _child(self, account: Any, parent: Any, name: str, path: str) -> Any:  # noqa: ANN401  # exchangelib has no types
        children = list(SingleFolderQuerySet(account=account, folder=parent).depth(SHALLOW).only("name"))
        for child in children:
            if isinstance(child, Exception):
                raise child
            if child.name.casefold() == name.casefold():
                return child
        there = ", ".join(sorted(child.name for child in children)[:_MOST_NAMED]) or "nothing"
        message = f"mailbox {self.name}: the folder {path} is not there: no {name!r} in it"
        raise UnreachableError(message, f"Check mailbox.folder; at that place there is: {there}.")


def forget(account: Any) -> None:  # noqa: ANN401  # exchangelib has no types
    """Close every connection."""
    account.protocol.close()
    with suppress(KeyError):
        del Protocol[account.protocol.config]


class _Adapter(requests.adapters.HTTPAdapter):
    """TLS by our own contexts: requests would believe a list of authorities of its own, not the machine's.

    And answers in pieces: exchangelib would read them byte by byte, which takes a second for a megabyte.
    """

    contexts: ClassVar[dict[str, SSLContext]] = {}
    """By host and port."""

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: Any,  # noqa: ANN401  # requests' own signature
        cert: Any = None,  # noqa: ANN401  # requests' own signature
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Tell which connection to use."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self.contexts[urlsplit(request.url or "").netloc.lower()]}

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ANN401  # requests' own signature
        """Give an answer, to be read in pieces unless a size is asked for."""
        response = super().build_response(req, resp)
        whole: Any = response.iter_content

        def iter_content(chunk_size: int | None = _PIECE, decode_unicode: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002  # likewise
            return whole(chunk_size, decode_unicode)

        response.iter_content = iter_content  # type: ignore[method-assign]  # of this one answer
        return response

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401  # requests' own signature
        """Do nothing, as the context has been given already; nothing may be added to it."""


BaseProtocol.HTTP_ADAPTER_CLS = _Adapter
BaseProtocol.TIMEOUT = ANSWER_SECONDS
