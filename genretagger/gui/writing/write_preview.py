"""What a write will do: a tree with a group for each change, and the sentences around it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Signal

from genretagger.gui.cells.change_texts import change_text, own_policy_word
from genretagger.gui.widgets.file_tree import FileGroup, FileTreeModel
from genretagger.gui.widgets.item_views import Index
from genretagger.gui.widgets.texts import genres_text, number_text, reason_of
from genretagger.review.rows.change_groups import ChangeGroup, PendingChanges
from genretagger.review.rows.genre_changes import describe_change
from genretagger.review.rows.pending_changes import Effect, KeptGenres
from genretagger.review.rows.row import Row

_translate = QCoreApplication.translate
_LEFT_ALONE = (Effect.SKIP, Effect.NOTHING)


class WriteTreeModel(FileTreeModel):
    """Has a line for each group of changes, and the files of the group below it.

    What is left alone has one line, with a line for each reason below it. What changes can be
    checked, in groups or file by file; what is not checked is taken out of the write.
    """

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes = PendingChanges()
        self._to_write: dict[Hashable, ChangeGroup] = {}  # the groups that change, by their keys
        # By id; the groups are kept as well, so that no new group can get the id of an old one.
        self._lines: dict[int, tuple[ChangeGroup, FileGroup]] = {}

    def lines(self, changes: PendingChanges) -> list[FileGroup]:
        """Return the lines to show for `changes`; a group keeps its line as long as it exists."""
        known, groups = self._lines, changes.groups()  # when files move, most groups stay
        self._changes = changes
        self._to_write = {group.key: group for group in groups if group.effect is Effect.WRITE}
        self._lines = {
            id(group): known[id(group)] if id(group) in known else (group, self._line(group))
            for group in groups
        }
        shown = [line for group, line in self._lines.values() if group.effect not in _LEFT_ALONE]
        left = tuple(line for group, line in self._lines.values() if group.effect in _LEFT_ALONE)
        return [*shown, self._left_alone(left)] if left else shown

    def _line(self, group: ChangeGroup) -> FileGroup:
        return FileGroup(
            group.key,
            self._heading(group),
            len(group.rows),
            partial(_path_at, group.rows),
            is_strong=group.effect is Effect.WRITE,
            is_sentence=group.effect is not Effect.WRITE,
            is_checkable=group.effect is Effect.WRITE,
            note=self.tr(
                "You chose these genres yourself; what is set above is for accepted suggestions."
            )
            if group.first.is_own
            else "",
        )

    def _left_alone(self, lines: tuple[FileGroup, ...]) -> FileGroup:
        n_files = sum(line.n_files for line in lines)
        singular = self.tr("Left alone: 1 file") if n_files == 1 else ""
        heading = (singular or self.tr("Left alone: {n} files")).format(n=number_text(n_files))
        first = lines[0].path_at
        return FileGroup(_LEFT_ALONE, heading, n_files, first, is_sentence=True, groups=lines)

    def _heading(self, group: ChangeGroup) -> str:
        change = group.first
        match change.effect:
            case Effect.WRITE:
                text = self.tr("{before} → {after}")
                if change.is_own:
                    text = self.tr("{before} → {after} · {policy}, chosen by you")
                return text.format(
                    before=genres_text(change.before) or self.tr("(no genre)"),
                    after=genres_text(change.after),
                    policy=own_policy_word(change.policy),
                )
            case Effect.SKIP | Effect.NOTHING:
                text = self.tr("{what} ({n})")
                what = change_text(describe_change(change))
                return text.format(what=what, n=number_text(len(group.rows)))
            case Effect.REFUSE:
                reason = change.row.read_only
                return "" if reason is None else reason_of(reason, n_files=len(group.rows))

    def count_text(self, group: FileGroup) -> str:
        to_write = self._to_write.get(group.key)
        n_out = self._changes.count_taken_out(to_write) if to_write is not None else 0
        if not n_out:
            return super().count_text(group)
        return self.tr("{n} of {total}").format(n=group.n_files - n_out, total=group.n_files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(index) if index.column() == 0 else None
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self._change_at(index) is None:
            return False
        is_chosen = Qt.CheckState(value) is Qt.CheckState.Checked
        self.choose([(index.parent(), index.row(), index.row())], is_chosen=is_chosen)
        return True

    def choose(self, ranges: Iterable[tuple[QModelIndex, int, int]], *, is_chosen: bool) -> None:
        """Check or uncheck lines, groups or files, from a first to a last one below a parent."""
        for parent, first, last in ranges:
            group = self._change_at(parent)
            if group is not None:
                self._choose(group, group.rows[first : last + 1], is_chosen=is_chosen)
                self._report_checks(parent, first, last)
                continue
            for place in range(first, last + 1):
                index = self.index(place, 0, parent)
                group = self._change_at(index)
                if group is not None:
                    self._choose(group, group.rows, is_chosen=is_chosen)
                    self._report_checks(index, 0, len(group.rows) - 1)
        self.chosen_changed.emit()

    def _choose(self, group: ChangeGroup, rows: Sequence[Row], *, is_chosen: bool) -> None:
        change = self._changes.put_back if is_chosen else self._changes.take_out
        change(group, [row.path for row in rows])

    def _report_checks(self, group: QModelIndex, first: int, last: int) -> None:
        """Say that a group, and files in it from the first to the last one, may have changed."""
        self.dataChanged.emit(group, group.siblingAtColumn(1))
        last = min(last, self.rowCount(group) - 1)
        self.dataChanged.emit(self.index(first, 0, group), self.index(last, 0, group))

    def _change_at(self, index: Index) -> ChangeGroup | None:
        """Return the group at an index, or that of the file there, if it is one that changes."""
        group = self.group_at(index)
        return None if group is None else self._to_write.get(group.key)

    def _check_state(self, index: Index) -> Qt.CheckState | None:
        group, path = self._change_at(index), self.path_at(index)
        if group is None:
            return None
        n_files = len(group.rows) if path is None else 1
        n_out = (
            self._changes.count_taken_out(group)
            if path is None
            else self._changes.is_taken_out(path)
        )
        if not n_out:
            return Qt.CheckState.Checked
        is_all = n_out == n_files
        return Qt.CheckState.Unchecked if is_all else Qt.CheckState.PartiallyChecked


def summary_text(
    counts: Mapping[Effect, int], kept: KeptGenres, *, n_chosen: int, n_linked: int
) -> str:
    """Return how many files change or are refused, keep genres, or have several names.

    `n_chosen` of the files that could change are checked.
    """
    n_to_write, n_refused = counts[Effect.WRITE], counts[Effect.REFUSE]
    text = _translate("WritePreviewDialog", "Files that will change: {n}")
    if n_chosen < n_to_write:
        text = _translate(
            "WritePreviewDialog",
            "Files that will change: {n} of {total}; the others stay accepted.",
        )
    if n_to_write and not n_chosen:
        text = _translate(
            "WritePreviewDialog",
            "No file is checked, so none will change; Space checks a file or a whole group.",
        )
    texts = [text.format(n=number_text(n_chosen), total=number_text(n_to_write))]
    if n_refused:
        text = _translate("WritePreviewDialog", "Cannot be written: {n}")
        texts.append(text.format(n=number_text(n_refused)))
    if kept.n_files:
        text = _translate("WritePreviewDialog", "Files that keep protected genres: {n} ({genres})")
        texts.append(text.format(n=number_text(kept.n_files), genres=", ".join(kept.genres)))
    if n_linked:
        text = _translate(
            "WritePreviewDialog", "Files with several names (hard links), all of which change: {n}"
        )
        texts.append(text.format(n=number_text(n_linked)))
    return "\n".join(texts)


def button_text(*, n_chosen: int, n_to_write: int) -> str:
    """Return what the button that writes says: how many files, of those that could change."""
    if not n_to_write:
        return _translate("WritePreviewDialog", "&Write")
    text = _translate("WritePreviewDialog", "&Write {n} files")
    if n_chosen < n_to_write:
        text = _translate("WritePreviewDialog", "&Write {n} of {total} files")
    elif n_to_write == 1:
        text = _translate("WritePreviewDialog", "&Write 1 file")
    return text.format(n=number_text(n_chosen), total=number_text(n_to_write))


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
