"""Connections to mail servers: TLS is verified always and left out on this machine alone; what to do when one fails."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from pathlib import Path

from intake.errors import ConfigurationError, reason


def verifying(authority: Path | None = None) -> ssl.SSLContext:
    """Build a TLS context that checks the server's certificate and name.

    It believes the machine's own list of authorities, or only those in the PEM file `authority`.

    Raises:
        ConfigurationError: the file cannot be read, or holds no certificate.
    """
    try:
        return ssl.create_default_context(cafile=authority)
    except OSError as error:  # ssl's own errors are among them
        message = f"tls_ca: the authority {authority} cannot be used: {reason(error, authority)}"
        raise ConfigurationError(message, "It must be a file of certificates in PEM.") from error


def refuse_clear_password(what: str, host: str) -> None:
    """Refuse to send a password without TLS to any machine but this one.

    Raises:
        ConfigurationError: the host is another machine.
    """
    if not is_this_machine(host):
        message = f"{what}: the password would travel to {host} unencrypted"
        raise ConfigurationError(message, "Leave tls on; it may be off for localhost alone.")


def is_this_machine(host: str) -> bool:
    """Tell whether a host name or address never leaves this machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


_NOT_YET_VALID, _EXPIRED = 9, 10
"""Of OpenSSL's reasons (X509_V_ERR_…) those that neither our host nor our authority has to do with."""


def _certificate_hint(error: ssl.SSLCertVerificationError, otherwise: str) -> str:
    """Give the hint for a certificate that was not accepted; `otherwise` where it is its name or its authority."""
    if error.verify_code == _EXPIRED:
        return "The server's certificate has expired: its operator must renew it. Is this machine's clock right?"
    if error.verify_code == _NOT_YET_VALID:
        return "The server's certificate is not valid yet. Is this machine's clock right?"
    return otherwise


def connection_hint(error: Exception, section: str) -> str:
    """Give the hint for a failed connection; `section` is the configuration's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        where = f"known to this machine, or to {section}.tls_ca where that is set"
        return _certificate_hint(
            error, f"Is {section}.host the name in the server's certificate, and is its authority {where}?"
        )
    if isinstance(error, ssl.SSLError):
        return f"Is {section}.port the one for TLS?"
    if isinstance(error, socket.gaierror):
        return f"Check {section}.host, and that this machine can look up names."
    if isinstance(error, ConnectionRefusedError):
        return f"Check {section}.host and {section}.port, and that the server is running."
    if isinstance(error, TimeoutError):
        return "The server did not answer in time. Is a firewall in between?"
    return "It will be tried again. If it stays so, look into the mail server's log."


def why_no_connection(error: BaseException | None) -> OSError | None:
    """Extract the operating system's reason from a library's connection error; None if there is none.

    Libraries wrap it several times over.
    """
    while error is not None:
        if isinstance(error, (ssl.SSLError, socket.gaierror, ConnectionError, TimeoutError)):
            return error
        error = error.__cause__ or error.__context__
    return None


def endpoint_hint(error: OSError | None, endpoint: str) -> str:
    """Give the hint for a URL whose server does not answer; `endpoint` is the configuration's key."""
    if isinstance(error, ssl.SSLError):
        otherwise = (
            f"Is {endpoint}'s host the name in the server's certificate, and its authority known here or in tls_ca?"
        )
        return _certificate_hint(error, otherwise) if isinstance(error, ssl.SSLCertVerificationError) else otherwise
    if isinstance(error, socket.gaierror):
        return f"Check {endpoint}, and that this machine can look up names."
    if isinstance(error, ConnectionRefusedError):
        return f"Check {endpoint}. Is a proxy or a firewall in between?"
    if isinstance(error, TimeoutError):
        return "It did not answer in time. Is a proxy or a firewall in between?"
    return f"It will be tried again. If it stays so, check {endpoint} and what lies between."
