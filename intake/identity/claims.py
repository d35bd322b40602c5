"""What a provider says of a person, without the provider: no network, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class IdentityRefusedError(Exception):
    """The provider did not say who somebody is; the message says why, for the record."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, by their provider's word."""

    issuer: str
    subject: str
    """Never used again by the provider for anybody else: `sub`, or at Entra tenant and object id."""
    name: str
    """What the provider calls them; empty where it does not say. It identifies nobody."""
    roles: tuple[str, ...]
    """The provider's own."""


def subject_of(claims: Mapping[str, object], *, entra: bool) -> str:
    """Say by which words the provider means this person and never another.

    At Entra `sub` is another for each application, and e-mail addresses can be set by whoever keeps a directory.

    Raises:
        IdentityRefusedError: they are not there.
    """
    parts = [claims.get(name) for name in (("tid", "oid") if entra else ("sub",))]
    if not all(isinstance(part, str) and part for part in parts):
        message = "the provider names no tenant and object id" if entra else "the provider names no subject"
        raise IdentityRefusedError(message)
    return "/".join(str(part) for part in parts)


def name_of(claims: Mapping[str, object], wanted: Iterable[str]) -> str:
    """Find the first of these claims that is a text; empty where none is."""
    told = (claims.get(name) for name in wanted)
    return next((text.strip() for text in told if isinstance(text, str) and text.strip()), "")


def roles_of(claims: Mapping[str, object], path: str) -> tuple[str, ...] | None:
    """Read the provider's roles, a list or one text; None where the claims do not speak of them."""
    here: object = claims
    for step in [path] if path in claims else path.split("."):
        if not isinstance(here, Mapping) or step not in here:
            return None
        here = here[step]
    if isinstance(here, str):
        return (here,)
    return tuple(text for text in here if isinstance(text, str)) if isinstance(here, list | tuple) else ()
