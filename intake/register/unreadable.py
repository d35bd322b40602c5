"""Says in a sentence why a file is not the published list."""

from __future__ import annotations

from collections.abc import Sequence

from rules.fields import FormField


class UnreadableListError(Exception):
    """The file is not the published list, or cannot be read; the text is a sentence for its user."""

    @classmethod
    def headless(cls) -> UnreadableListError:
        """Say that no header row was found."""
        columns = f"{FormField.ENTRY_NUMBER} and {FormField.ENTRY_STATUS}"
        return cls(f"it has no header row of the published list, with the columns {columns}.")

    @classmethod
    def lacking(cls, columns: Sequence[str]) -> UnreadableListError:
        """Say that columns are missing."""
        return cls(f"it lacks columns of the published list: {', '.join(columns)}.")

    @classmethod
    def column_twice(cls, column: str) -> UnreadableListError:
        """Say that two columns have one name, so that nobody can tell which of them counts."""
        return cls(f"it has the column {column} twice.")

    @classmethod
    def wrong_number(cls, number: str) -> UnreadableListError:
        """Say that a line has no Entry number."""
        return cls(f"it has a line whose {FormField.ENTRY_NUMBER} is '{number[:40]}', not six digits.")

    @classmethod
    def too_long(cls, most: int) -> UnreadableListError:
        """Say that it is far beyond any list."""
        return cls(f"it has more than {most} lines, so it is not the published list.")

    @classmethod
    def too_large(cls, most: int) -> UnreadableListError:
        """Say that its parts are far beyond any list's."""
        return cls(f"it unpacks to more than {most:,} bytes, so it is not opened.")

    @classmethod
    def locked(cls) -> UnreadableListError:
        """Say that it is an old workbook, or one that opens with a password only."""
        return cls("it is no .xlsx or .xlsm workbook that opens without a password, and no CSV file.")

    @classmethod
    def no_workbook(cls) -> UnreadableListError:
        """Say that the workbook is damaged or of another kind."""
        return cls("it is no .xlsx or .xlsm workbook that can be opened, and no CSV file.")

    @classmethod
    def empty(cls) -> UnreadableListError:
        """Say that it has a header row and nothing else."""
        return cls("it has no entries.")

    @classmethod
    def twice(cls, number: str) -> UnreadableListError:
        """Say that an Entry number stands in two lines."""
        return cls(f"it has the {FormField.ENTRY_NUMBER} {number} twice.")
