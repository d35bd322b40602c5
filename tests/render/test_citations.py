"""Sources of several rules, told once and together."""

from __future__ import annotations

import pytest

from intake.render.citations import cited


@pytest.mark.parametrize(
    ("citations", "told"),
    [
        (("Guidance 3, step 5",), "Guidance 3, step 5"),
        (("SEC F2.1; guidance 4",), "SEC F2.1; guidance 4"),
        (("SEC F2.1", "Guidance 4"), "SEC F2.1; guidance 4"),
        (
            ("New Entry form, column 'Format'; guidance appendix A 2.7", "Guidance appendix A 2.6 to 2.9; SEC F2.5"),
            "New Entry form, column 'Format'; guidance appendix A 2.7, 2.6 to 2.9; SEC F2.5",
        ),
        (
            ("Guidance appendix A 2.8; SEC F2.5", "Guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z 5"),
            "Guidance appendix A 2.8, 2.2 to 2.4; SEC F2.5; SEC Appendix Z 5",
        ),
        (("Guidance appendix A 2.8", "guidance appendix A 2.8"), "Guidance appendix A 2.8"),
    ],
)
def test_each_source_is_told_once(citations: tuple[str, ...], told: str) -> None:
    assert cited(citations) == told
