"""A small one of the disposals that ``python -m benchmarks.disposal`` makes of a thousand."""

from __future__ import annotations

from benchmarks import disposal


def test_every_bag_and_checkpoint_made_before_a_disposal_of_many_still_holds() -> None:
    assert disposal.main(6) == 0
