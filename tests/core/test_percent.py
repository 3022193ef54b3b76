"""Confidences are rounded down, thresholds up, and whole numbers stay what they are."""

from __future__ import annotations

import pytest

from genretagger.core.percent import ceil_to_percent, floor_percent


@pytest.mark.parametrize("whole", range(101))
def test_a_whole_percentage_stays_itself(whole):
    assert floor_percent(whole / 100) == whole
    assert ceil_to_percent(whole / 100) == whole / 100


@pytest.mark.parametrize(
    ("share", "down", "up"),
    [
        (0.0, 0, 0.0),
        (0.001, 0, 0.01),
        (0.295, 29, 0.3),
        (0.958, 95, 0.96),
        (0.996, 99, 1.0),
        (1.0, 100, 1.0),
    ],
)
def test_a_share_is_rounded_down_and_a_threshold_up(share, down, up):
    assert floor_percent(share) == down
    assert ceil_to_percent(share) == up
