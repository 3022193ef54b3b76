"""The time that is left, in words."""

from __future__ import annotations

import pytest

from genretagger.training.student.progress import describe_rest


@pytest.mark.parametrize(
    ("passed_s", "done", "text"),
    [
        (60, 1, "1 of 10, 9 min left"),
        (600, 10, "10 of 10, 0 min left"),
        (1200, 1, "1 of 10, 3.0 h left"),
        (1200, 5, "5 of 10, 20 min left"),
    ],
)
def test_the_rest_takes_as_long_as_what_is_done(passed_s, done, text):
    assert describe_rest(passed_s, done=done, all_=10) == text
