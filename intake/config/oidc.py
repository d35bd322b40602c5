"""How people sign in by their organisation's own provider (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from intake.config.section import Filled, Section

_MANY_TENANTS = frozenset({"common", "organizations", "consumers"})


class OidcConfig(Section, frozen=True):
    """Whom the program believes about who people are, and what they may do."""

    issuer: Filled
    """As the provider's own metadata says it, e.g. https://login.microsoftonline.com/TENANT/v2.0."""
    client_id: Filled
    redirect_uri: Filled
    """Where the provider sends people back: the review page's own address, and behind it /sign-in/back."""
    secret_file: str = ""
    kind: Literal["standard", "entra"] = "standard"
    """entra: a person is tenant and object id, not `sub`, which is another for each application."""
    label: str = "your own account"
    """Behind the words *Sign in with*."""
    scope: str = "openid profile email"
    name_claims: tuple[str, ...] = ("preferred_username", "email", "name")
    """Of which the first that is there names a person who comes for the first time."""
    roles_claim: str = "roles"
    """Where the roles stand; dots lead into objects."""
    roles: Mapping[str, Literal["analyst", "approver", "auditor", "ssc", "admin"]] = msgspec.field(default_factory=dict)
    """What each of the provider's roles is here; the first that somebody has counts, and without one nobody enters."""
    passwords: bool = True
    """Whether people may sign in by a password, too."""
    tls_ca: str = ""
    """The only authority to believe when asking the provider, PEM; default: those of this machine."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of a provider or an address that cannot be trusted."""
        for name in ("issuer", "redirect_uri"):
            if not _safe(getattr(self, name)):
                yield f"{place} {name} must begin with https:// (http:// on this machine alone)"
        if not urlsplit(self.redirect_uri).path.endswith("/sign-in/back"):
            yield f"{place} redirect_uri must end with /sign-in/back"
        if self.kind == "entra" and _MANY_TENANTS & set(urlsplit(self.issuer).path.split("/")):
            yield f"{place} issuer must name one tenant, or anybody's directory could say who people are"
        if not self.roles:
            yield f"{place} roles is empty, so nobody could enter"


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme != "http" or not parts.hostname:
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:
        return False
