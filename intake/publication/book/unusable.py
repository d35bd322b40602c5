"""Says in a sentence why no version of the list can be written into a workbook."""

from __future__ import annotations


class UnusableWorkbookError(Exception):
    """The previous workbook lacks what a version is written into, or cannot be read; the text is a sentence."""

    @classmethod
    def without_tab(cls, title: str) -> UnusableWorkbookError:
        """Say that a tab is missing."""
        return cls(f"The previous workbook has no tab '{title}'.")

    @classmethod
    def without_header(cls, title: str, lacking: str) -> UnusableWorkbookError:
        """Say that a tab has no header row, or not of all columns."""
        return cls(f"The tab '{title}' of the previous workbook has {lacking}.")

    @classmethod
    def of_part(cls, part: str, what: str) -> UnusableWorkbookError:
        """Say that a part cannot be changed."""
        return cls(f"The part {part} of the previous workbook {what}.")

    @classmethod
    def unreadable(cls, why: Exception) -> UnusableWorkbookError:
        """Say that it is no workbook at all, or far beyond any."""
        return cls(f"The previous workbook cannot be read: {why}")

    @classmethod
    def broken(cls) -> UnusableWorkbookError:
        """Say that its container or a part of it is damaged."""
        return cls("The previous workbook cannot be read: it is damaged, or opens with a password only.")

    @classmethod
    def too_large(cls, most: int) -> UnusableWorkbookError:
        """Say that its parts are far beyond any list's."""
        return cls(f"The previous workbook cannot be read: it unpacks to more than {most:,} bytes.")

    @classmethod
    def twice(cls) -> UnusableWorkbookError:
        """Say that readers would differ in which of two parts they take."""
        return cls("The previous workbook cannot be read: it has two parts of one name.")

    @classmethod
    def endless(cls) -> UnusableWorkbookError:
        """Say that what is no entry is far too much."""
        return cls("The previous workbook cannot be read: a tab of it has no end, or no entry for very many rows.")
