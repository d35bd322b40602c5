"""The configuration: one TOML file, every key with a default where one can exist.

Relative paths are relative to the file's own folder.
Secrets are named by file, never written into it.
"""

from intake.config.evidence import EvidenceConfig, FolderEvidenceConfig, RetentionConfig, S3EvidenceConfig, SealConfig
from intake.config.mailboxes import (
    EwsMailboxConfig,
    FolderMailboxConfig,
    GraphMailboxConfig,
    ImapMailboxConfig,
    MailboxConfig,
)
from intake.config.oauth import OauthConfig
from intake.config.oidc import OidcConfig
from intake.config.outgoing import FolderOutgoingConfig, GraphOutgoingConfig, OutgoingConfig, SmtpOutgoingConfig
from intake.config.reading import DEFAULT_FILE, from_table, load
from intake.config.sections import (
    AcknowledgementConfig,
    AuthenticationConfig,
    CalendarConfig,
    CheckConfig,
    LedgerConfig,
    LogConfig,
    MetricsConfig,
    ReviewConfig,
    SigningConfig,
    StoreConfig,
    TrustConfig,
    WebConfig,
)
from intake.config.whole import Config

__all__ = [
    "DEFAULT_FILE",
    "AcknowledgementConfig",
    "AuthenticationConfig",
    "CalendarConfig",
    "CheckConfig",
    "Config",
    "EvidenceConfig",
    "EwsMailboxConfig",
    "FolderEvidenceConfig",
    "FolderMailboxConfig",
    "FolderOutgoingConfig",
    "GraphMailboxConfig",
    "GraphOutgoingConfig",
    "ImapMailboxConfig",
    "LedgerConfig",
    "LogConfig",
    "MailboxConfig",
    "MetricsConfig",
    "OauthConfig",
    "OidcConfig",
    "OutgoingConfig",
    "RetentionConfig",
    "ReviewConfig",
    "S3EvidenceConfig",
    "SealConfig",
    "SigningConfig",
    "SmtpOutgoingConfig",
    "StoreConfig",
    "TrustConfig",
    "WebConfig",
    "from_table",
    "load",
]
