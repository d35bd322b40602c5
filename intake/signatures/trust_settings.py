"""Trust settings for the process that reads submitted files; imports little."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from intake.config import Config


class RevocationMode(StrEnum):
    """How a missing revocation status is treated."""

    OFF = "off"
    """Nobody asks."""
    SOFT = "soft"
    """It is noted; a certificate that is known to be revoked fails all the same."""
    HARD = "hard"
    """The signature waits for it: INDETERMINATE, TRY_LATER."""


@dataclass(frozen=True, slots=True)
class TrustSettings:
    """Trust settings: anchors, revocation mode, and the moment of judgement."""

    folder: Path | None = None
    """Of the trust list; None: nobody is trusted."""
    cache: Path | None = None
    """Where the refresher keeps CRLs and OCSP answers."""
    revocation: RevocationMode = RevocationMode.HARD
    at: datetime | None = None
    """The moment to judge at, with its zone; None: now."""

    @property
    def moment(self) -> datetime:
        """Give the moment to judge at."""
        return self.at or datetime.now(UTC)

    def request(self) -> dict[str, Any]:
        """Convert the settings to JSON values."""
        return {
            "folder": str(self.folder) if self.folder else None,
            "cache": str(self.cache) if self.cache else None,
            "revocation": self.revocation.value,
            "at": self.moment.isoformat(),
        }

    @classmethod
    def of(cls, request: dict[str, Any]) -> Self:
        """Parse what `request` wrote."""
        return cls(
            folder=Path(request["folder"]) if request["folder"] else None,
            cache=Path(request["cache"]) if request["cache"] else None,
            revocation=RevocationMode(request["revocation"]),
            at=datetime.fromisoformat(request["at"]),
        )


NOBODY = TrustSettings()
"""Nobody is trusted, and the moment is now."""


def configured(config: Config, at: datetime) -> TrustSettings:
    """Build the trust settings of the configuration for a moment."""
    trust = config.trust
    return TrustSettings(config.path(trust.anchors), cache_of(config), RevocationMode(trust.revocation), at)


def cache_of(config: Config) -> Path:
    """Give the folder of cached CRLs and OCSP answers."""
    return config.path(config.trust.cache) if config.trust.cache else config.path(config.var) / "revocation"
