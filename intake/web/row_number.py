"""The number of a row in an address, such as that of a letter: no longer than any store can hold."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor

from intake.store.submissions import GREATEST

NO_ROW = 0
"""No row has it."""


class RowNumber(Convertor[int]):
    """Reads `{name:int}` of a route; an address with more digits than any row's number is none of ours."""

    regex = f"[0-9]{{1,{len(str(GREATEST))}}}"

    def convert(self, value: str) -> int:
        """Give the number; one that is larger than any row's becomes that of none."""
        number = int(value)
        return number if number <= GREATEST else NO_ROW

    def to_string(self, value: int) -> str:
        """Write the number as an address has it."""
        return str(value)


def bound_numbers() -> None:
    """Have every route that is made from now on read its numbers so; Starlette's own reader knows no bound."""
    register_url_convertor("int", RowNumber())
