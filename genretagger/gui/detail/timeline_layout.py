"""What a timeline shows: lanes of genres, times, steps of its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from genretagger.core.predictions import SegmentScores
from genretagger.core.vocabulary import vocabulary
from genretagger.gui.widgets.texts import percent

_translate = QCoreApplication.translate
_MINUTE, _HOUR = 60, 3600
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True, slots=True)
class TimelineBlock:
    """A segment that was heard: its best genre, and the score of that."""

    start_s: float
    end_s: float
    genre: str
    score: float
    is_deciding: bool

    def spoken(self) -> str:
        """Return the block in words."""
        text = _translate("Timeline", "{time} {genre} {score}")
        if self.is_deciding:
            text = _translate("Timeline", "{time} {genre} {score} (decisive)")
        return text.format(time=clock(self.start_s), genre=self.genre, score=percent(self.score))


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """The blocks of one genre."""

    genre: str
    blocks: tuple[TimelineBlock, ...]


def blocks_of(
    segments: Sequence[SegmentScores],
    genres: Sequence[str],
    segment_s: float,
    deciding: int | None,
) -> tuple[TimelineBlock, ...]:
    """Return a block per segment, in order of time; `deciding` is the index of a segment."""
    blocks = []
    for index, segment in enumerate(segments):
        if not segment.scores:
            continue
        best = max(range(len(segment.scores)), key=segment.scores.__getitem__)
        name = vocabulary().name(genres[best])
        end_s = segment.start_s + segment_s
        score = segment.scores[best]
        blocks.append(TimelineBlock(segment.start_s, end_s, name, score, index == deciding))
    return tuple(sorted(blocks, key=lambda block: block.start_s))


def lanes_of(blocks: Sequence[TimelineBlock]) -> tuple[TimelineLane, ...]:
    """Return a lane per genre, those with most blocks first, then those heard first."""
    by_genre: dict[str, list[TimelineBlock]] = {}
    for block in blocks:
        by_genre.setdefault(block.genre, []).append(block)
    lanes = [TimelineLane(genre, tuple(group)) for genre, group in by_genre.items()]
    return tuple(sorted(lanes, key=lambda lane: -len(lane.blocks)))


def clock(seconds: float) -> str:
    """Return a time as a player shows it: 1:05, 1:00:05."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def axis_step(duration_s: float, *, most: int) -> int:
    """Return the seconds between labels of an axis with room for `most` labels."""
    return next((step for step in _STEPS if duration_s / step <= max(1, most)), _STEPS[-1])
