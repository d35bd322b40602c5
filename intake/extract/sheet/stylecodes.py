"""What a workbook's styles name by number alone: number formats and colours (ECMA-376 part 1, 18.8.30 and 18.8.27)."""

from __future__ import annotations

import re

FIRST_OWN_FORMAT = 164
"""From here on number formats are the workbook's own."""
_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_FIRST_COLOURS = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_FURTHER_COLOURS = (
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
INDEXED_COLOURS = (*_FIRST_COLOURS.split(), *_FIRST_COLOURS.split(), *_FURTHER_COLOURS.split())
"""Red, green and blue of each indexed colour in hexadecimal digits; the two system colours behind them are not here."""

_SAID = re.compile(r'".*?"|\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]')
"""What of a format's code is written out, or says a colour, a currency or a language."""
_TIME = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


def builtin_format(number: int) -> str | None:
    """Give the code of a number format that no workbook needs to bring; None where there is none."""
    return _FORMATS.get(number)


def shows_time(code: str) -> bool:
    """Tell whether a number format's code makes a date or a time of a number; its part for positive numbers tells."""
    return _TIME.search(_SAID.sub("", code.split(";", maxsplit=1)[0])) is not None


def shows_elapsed(code: str) -> bool:
    """Tell whether it shows how much time went by, beyond a day, as ``[h]:mm`` does."""
    return _ELAPSED.search(code.split(";", maxsplit=1)[0]) is not None
