"""Finds the user's rule for a track, among many and fast."""

from __future__ import annotations

import os
from collections.abc import Iterable

from genretagger.core.rules import Rule, RuleKind, artist_key, folder_key
from genretagger.core.tracks import TagReading, Track


class RuleBook:
    """The user's rules; at most one counts for a track.

    A folder's rule holds for all that lies below it, and the innermost folder's counts. A rule that
    leaves a folder alone counts before any artist's; any other folder's rule counts after an
    artist's. The rule for the track's artist counts before the one for the album's artist.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        by_key = {rule.key: rule for rule in rules}
        self._artists = {key: one for (kind, key), one in by_key.items() if kind is RuleKind.ARTIST}
        self._folders = {key: one for (kind, key), one in by_key.items() if kind is RuleKind.FOLDER}
        self._of_folder: dict[str, Rule | None] = {}  # of each folder that was asked for

    def find(self, track: Track) -> Rule | None:
        """Return the rule that counts for a track, None if there is none."""
        of_folder = self._find_folder(str(track.path)) if self._folders else None
        if of_folder is not None and of_folder.leaves_alone:
            return of_folder
        of_artist = self._find_artist(track.tags) if self._artists else None
        return of_folder if of_artist is None else of_artist

    def _find_artist(self, tags: TagReading) -> Rule | None:
        rule = self._artists.get(artist_key(tags.artist))
        return rule or self._artists.get(artist_key(tags.album_artist))

    def _find_folder(self, path: str) -> Rule | None:
        folder = path[: path.rfind(os.sep) + 1]  # several times as fast as `Path.parent`
        if folder not in self._of_folder:
            inner, outer = folder_key(folder), ""
            while inner not in self._folders and inner != outer:  # as a root is its own folder
                inner, outer = os.path.dirname(inner), inner  # noqa: PTH120 - ten times as fast
            self._of_folder[folder] = self._folders.get(inner)
        return self._of_folder[folder]
