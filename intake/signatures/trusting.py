"""What the process that reads strangers' files is told about trust; light, as every reading carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from intake.config import Config


class RevocationMode(StrEnum):
    """What it means that there is no word on whether a certificate was revoked."""

    OFF = "off"
    """Nobody asks."""
    SOFT = "soft"
    """It is noted; a certificate that is known to be revoked fails all the same."""
    HARD = "hard"
    """The signature waits for it: INDETERMINATE, TRY_LATER."""


@dataclass(frozen=True, slots=True)
class Trusting:
    """Whom to trust, how, and when."""

    folder: Path | None = None
    """Of the trust list; None: nobody is trusted."""
    cache: Path | None = None
    """Where the refresher keeps CRLs and OCSP answers."""
    revocation: RevocationMode = RevocationMode.HARD
    at: datetime | None = None
    """The moment to judge at, with its zone; None: now."""

    @property
    def moment(self) -> datetime:
        """The moment to judge at."""
        return self.at or datetime.now(UTC)

    def request(self) -> dict[str, Any]:
        """As JSON can say it."""
        return {
            "folder": str(self.folder) if self.folder else None,
            "cache": str(self.cache) if self.cache else None,
            "revocation": self.revocation.value,
            "at": self.moment.isoformat(),
        }

    @classmethod
    def of(cls, request: dict[str, Any]) -> Self:
        """Read what `request` has written."""
        return cls(
            folder=Path(request["folder"]) if request["folder"] else None,
            cache=Path(request["cache"]) if request["cache"] else None,
            revocation=RevocationMode(request["revocation"]),
            at=datetime.fromisoformat(request["at"]),
        )


NOBODY = Trusting()
"""Nobody is trusted, and the moment is now."""


def configured(config: Config, at: datetime) -> Trusting:
    """As the configuration has it, at a moment."""
    trust = config.trust
    return Trusting(config.path(trust.anchors), cache_of(config), RevocationMode(trust.revocation), at)


def cache_of(config: Config) -> Path:
    """Where CRLs and OCSP answers are kept."""
    return config.path(config.trust.cache) if config.trust.cache else config.path(config.var) / "revocation"
