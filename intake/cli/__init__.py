"""The command line."""

from intake.cli.main import main

__all__ = ["main"]
