"""The user's last decisions, to be taken back one by one: each is one step, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genretagger.review.rows import Row

_MOST = 100


@dataclass(frozen=True, slots=True)
class Steps:
    """What the rows of each step were before it, by their number; the newest step is the last."""

    earlier: tuple[Mapping[int, Row], ...] = ()

    def with_step(self, rows: Mapping[int, Row]) -> Steps:
        """Return these steps and one more, before which its rows were `rows`; the oldest go."""
        return Steps((*self.earlier, rows)[-_MOST:]) if rows else self

    def last(self) -> Mapping[int, Row]:
        """Return what the rows of the newest step were before it; empty without a step."""
        return self.earlier[-1] if self.earlier else {}

    def without_last(self) -> Steps:
        """Return these steps without the newest."""
        return Steps(self.earlier[:-1])
