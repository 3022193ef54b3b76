"""Qt tree model of what a write will do: a group for each change, the files below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from genretagger.gui.widgets.file_tree import FileGroup, FileTreeModel
from genretagger.gui.widgets.texts import genres_text, reason_of
from genretagger.review.rows.pending_changes import ChangeGroup, Effect, make_reason_key
from genretagger.review.rows.row import Row


class WriteTreeModel(FileTreeModel):
    """Says of each group of changes what it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By identity; the groups are kept, so that no other can have the identity of one.
        self._lines: dict[int, tuple[ChangeGroup, FileGroup]] = {}

    def show(self, groups: Sequence[ChangeGroup]) -> None:
        """Replace all groups."""
        self.show_groups(self.lines(groups))

    def lines(self, groups: Sequence[ChangeGroup]) -> list[FileGroup]:
        """Return the lines for groups of changes."""
        known = self._lines  # most groups are as they were when some files moved
        self._lines = {
            id(group): known[id(group)] if id(group) in known else (group, self._line(group))
            for group in groups
        }
        return [line for _, line in self._lines.values()]

    def _line(self, group: ChangeGroup) -> FileGroup:
        return FileGroup(
            (group.effect, group.before, group.after, make_reason_key(group.rows[0].read_only)),
            self._heading(group),
            len(group.rows),
            partial(_path, group.rows),
            is_strong=group.effect is Effect.WRITE,
            is_sentence=group.effect is Effect.REFUSE,
        )

    def _heading(self, group: ChangeGroup) -> str:
        before = genres_text(group.before) or self.tr("(no genre)")
        match group.effect:
            case Effect.WRITE:
                return self.tr("{before} → {after}").format(
                    before=before, after=genres_text(group.after)
                )
            case Effect.SKIP:
                return self.tr("Left alone, has a genre: {before}").format(before=before)
            case Effect.NOTHING:
                return self.tr("Already so: {before}").format(before=before)
            case Effect.REFUSE:
                reason = group.rows[0].read_only
                return "" if reason is None else reason_of(reason, n_files=len(group.rows))


def _path(rows: Sequence[Row], place: int) -> Path:
    return rows[place].path
