"""How long work will still take, in words."""

from __future__ import annotations


def describe_rest(passed_s: float, *, done: int, all_: int) -> str:
    """Return how much is done and what time is left, if the rest takes as long as what is done.

    Parameters
    ----------
    passed_s : float
        Time that `done` parts have taken, in seconds.
    done, all_ : int
        Numbers of parts; at least one is done.
    """
    left_min = passed_s / done * (all_ - done) / 60
    if left_min >= 90:
        return f"{done} of {all_}, {left_min / 60:.1f} h left"
    return f"{done} of {all_}, {left_min:.0f} min left"
