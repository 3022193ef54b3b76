"""What a write will do: a tree with a group for each change, and the sentences around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from genretagger.gui.widgets.file_tree import FileGroup, FileTreeModel
from genretagger.gui.widgets.texts import genres_text, number_text, reason_of
from genretagger.review.rows.change_groups import ChangeGroup
from genretagger.review.rows.pending_changes import Effect, KeptGenres, make_reason_key
from genretagger.review.rows.row import Row

_translate = QCoreApplication.translate


class WriteTreeModel(FileTreeModel):
    """Has a line for each group of changes, and the files of the group below it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By id; the groups are kept as well, so that no new group can get the id of an old one.
        self._lines: dict[int, tuple[ChangeGroup, FileGroup]] = {}

    def lines(self, groups: Sequence[ChangeGroup]) -> list[FileGroup]:
        """Return a line for each group; a group keeps its line as long as it exists."""
        known = self._lines  # when files move, most groups stay as they are
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
            partial(_path_at, group.rows),
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
                return self.tr("Unchanged: {before}").format(before=before)
            case Effect.REFUSE:
                reason = group.rows[0].read_only
                return "" if reason is None else reason_of(reason, n_files=len(group.rows))


def summary_text(counts: Mapping[Effect, int], kept: KeptGenres, *, n_linked: int) -> str:
    """Return how many files change, stay or are refused, keep genres, or have several names."""
    lines = [
        (_translate("WritePreviewDialog", "Files that will change: {n}"), counts[Effect.WRITE]),
        (
            _translate("WritePreviewDialog", "Left alone because they have a genre: {n}"),
            counts[Effect.SKIP],
        ),
        (_translate("WritePreviewDialog", "Already have the genre: {n}"), counts[Effect.NOTHING]),
        (_translate("WritePreviewDialog", "Cannot be written: {n}"), counts[Effect.REFUSE]),
    ]
    first, *others = lines
    shown = [first, *(line for line in others if line[1])]
    texts = [text.format(n=number_text(n)) for text, n in shown]
    if kept.n_files:
        text = _translate("WritePreviewDialog", "Files that keep protected genres: {n} ({genres})")
        texts.append(text.format(n=number_text(kept.n_files), genres=", ".join(kept.genres)))
    if n_linked:
        text = _translate(
            "WritePreviewDialog", "Files with several names (hard links), all of which change: {n}"
        )
        texts.append(text.format(n=number_text(n_linked)))
    return "\n".join(texts)


def checked_text(n_checked: int, n_files: int) -> str:
    """Return how many files were checked so far."""
    if n_checked >= n_files:
        text = _translate("WritePreviewDialog", "Files checked: all {total}.")
        return text.format(total=number_text(n_files)) if n_files else ""
    text = _translate(
        "WritePreviewDialog",
        "Files checked: {n} of {total}. There is no need to wait: each is "
        "checked again when it is written.",
    )
    return text.format(n=number_text(n_checked), total=number_text(n_files))


def _path_at(rows: Sequence[Row], position: int) -> Path:
    return rows[position].path
