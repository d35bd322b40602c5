"""How the program signs in to a mail server as itself."""

from __future__ import annotations

from collections.abc import Iterator

from intake.config.section import Section


class OauthConfig(Section, frozen=True):
    """How the program signs in as itself (client credentials), with a certificate or a secret."""

    tenant: str
    client_id: str
    certificate_file: str = ""
    secret_file: str = ""
    scope: str = ""
    """Empty: the usual one of the server's kind."""
    authority: str = ""
    """Empty: Microsoft's public one."""
    tls_ca: str = ""

    def faults(self, place: str) -> Iterator[str]:
        """Tell where it is not clear what to sign in with."""
        if bool(self.certificate_file) == bool(self.secret_file):
            yield f"{place}: oauth needs either a certificate_file or a secret_file"


def sign_in_faults(place: str, oauth: OauthConfig | None, password_file: str) -> Iterator[str]:
    """Tell what is wrong where a password and oauth are both possible."""
    if oauth is not None:
        if password_file:
            yield f"{place} names both a password_file and oauth"
        yield from oauth.faults(place)
