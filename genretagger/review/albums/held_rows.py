"""Rows that wait until all tracks of their album are heard, so that they come out with its number.

The window renews a row when another track of its album is heard; what prints a row cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.tracks import Track
from genretagger.review.albums.albums import Albums, ReleaseName, name_release
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.decisions import with_album
from genretagger.review.rows.row import Row
from genretagger.review.rows.row_events import apply_analysis, make_failed_row, make_row


class HeldRows:
    """Makes rows of verdicts, and holds a row until all tracks of its album are heard.

    Parameters
    ----------
    read_only : Callable[[Track], GenreTaggerError or None]
        Returns why a track is not written.
    """

    def __init__(
        self,
        rules: GenreRules,
        levels: ClassifierLevels,
        read_only: Callable[[Track], GenreTaggerError | None],
    ) -> None:
        self._rules = rules
        self._levels = levels
        self._read_only = read_only
        self._waiting: Counter[ReleaseName] = Counter()  # tracks that are not heard, by album
        self._rows: dict[ReleaseName, list[Row]] = {}
        self._are_all_found = False

    def expect(self, track: Track) -> None:
        """Count a track that will be heard."""
        release = name_release(track.tags)
        if release is not None:
            self._waiting[release] += 1

    def take(self, verdict: TrackAnalysed | Failure) -> Iterator[Row]:
        """Take in a verdict or failure; yield the rows that need not wait."""
        row = self._make_row(verdict)
        release = None if row.track is None else name_release(row.track.tags)
        if release is None or not self._waiting[release]:
            yield row
            return
        self._waiting[release] -= 1
        self._rows.setdefault(release, []).append(row)
        if self._are_all_found and not self._waiting[release]:
            yield from self._release(release)

    def release_complete(self) -> Iterator[Row]:
        """Yield the rows of albums whose tracks are all heard, as no further track is found."""
        self._are_all_found = True
        for release in [release for release in self._rows if not self._waiting[release]]:
            yield from self._release(release)

    def release_all(self) -> Iterator[Row]:
        """Yield the rows that are left."""
        for release in tuple(self._rows):
            yield from self._release(release)

    def _release(self, release: ReleaseName) -> Iterator[Row]:
        rows = dict(enumerate(self._rows.pop(release)))
        contexts = Albums().update(rows, levels=self._levels, row=rows.__getitem__)
        for row_id, row in rows.items():
            album = contexts.get(row_id)
            yield row if album is None else with_album(row, album)

    def _make_row(self, verdict: TrackAnalysed | Failure) -> Row:
        if isinstance(verdict, Failure):
            return make_failed_row(verdict.path, verdict.error, track=verdict.track)
        rules, track = self._rules, verdict.track
        row = make_row(
            track,
            read_only=self._read_only(track),
            separator=rules.separator,
            rule=rules.book.find(track),
        )
        return apply_analysis(row, verdict, mapping=rules.mapping, with_styles=rules.with_styles)
