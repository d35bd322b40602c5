"""Keeps the list without a person: what was decided with its day comes into force, and the folder follows the store."""

from __future__ import annotations

from intake.pipeline.list import publish_folder
from intake.pipeline.list.amendments import end_amendments
from intake.pipeline.services import Services


def keep_list(services: Services) -> None:
    """End amendments whose day has come, and let the published folder lead to the newest version; it may run twice.

    Raises:
        UnreachableError: the store, the archive or the folder did not answer.
    """
    end_amendments(services)
    publish_folder.settle(services)
