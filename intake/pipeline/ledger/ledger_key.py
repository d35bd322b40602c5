"""The ledger's key as the configuration names it."""

from __future__ import annotations

from intake.config import Config
from intake.errors import ConfigurationError
from intake.ledger.keys import KeyFaultError, SigningKey, VerifierKey, read_private_key, read_verifier_key

_HINT = "Make one with: cpl-intake evidence key FILE, and name it in [ledger] key_file."


def origin(config: Config) -> str:
    """Give the log's name."""
    return config.ledger.origin or f"{config.outgoing.domain}/cpl"


def signing_key(config: Config, name: str = "") -> SigningKey | None:
    """Read the key that checkpoints are signed with; None where none is configured.

    Args:
        config: the configuration.
        name: what it signs under; empty: the log's.

    Raises:
        ConfigurationError: it cannot be read, or is none of Ed25519.
    """
    file = config.ledger.key_file
    if not file:
        return None
    try:
        return read_private_key(config.path(file).read_bytes(), name or origin(config))
    except (OSError, KeyFaultError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        message = f"[ledger] key_file {file} cannot be used: {cause}"
        raise ConfigurationError(message, _HINT) from error


def own_verifier(config: Config) -> tuple[VerifierKey | None, ConfigurationError | None]:
    """Give the verifier key of our own checkpoints, None where there is none; and why not, where it cannot be used.

    For what goes on without it, and says so afterwards: a check, a backup.
    """
    try:
        key = signing_key(config)
    except ConfigurationError as error:
        message = f"{error}; no signature of a checkpoint was compared with it"
        return None, ConfigurationError(message, error.hint)
    return (None if key is None else key.verifier()), None


def verifier_key(text: str, what: str) -> VerifierKey:
    """Read a verifier key that somebody gave us.

    Raises:
        ConfigurationError: it is none.
    """
    try:
        return read_verifier_key(text)
    except KeyFaultError as error:
        message = f"{what} {error}"
        raise ConfigurationError(message) from error
