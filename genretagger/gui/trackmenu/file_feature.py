"""What can be done with the files of the selected tracks, besides deciding on their genres."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from genretagger.gui.shell.actions import COPY_PATH, HEAR_ANEW, OPEN_WITH_PLAYER, SHOW_IN_FOLDER
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.other_programs import FileManager, open_file
from genretagger.gui.widgets.texts import number_text, path_text


class FileFeature(Feature):
    """Shows, opens and hears again the files of selected tracks, and copies their paths."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        self._show = make(
            SHOW_IN_FOLDER, self.tr("Show in file &manager"), self.tr("Show file"), "Ctrl+Shift+R"
        )
        self._open = make(
            OPEN_WITH_PLAYER, self.tr("Open w&ith the player"), self.tr("Open"), "Ctrl+Shift+P"
        )
        self._copy = make(COPY_PATH, self.tr("Copy pat&h"), self.tr("Copy path"), "Ctrl+Shift+C")
        self._hear = make(
            HEAR_ANEW,
            self.tr("Analyse selected tracks a&gain"),
            self.tr("Analyse again"),
            "Ctrl+F5",
        )
        self._manager = FileManager(self)
        self._manager.failed.connect(self._on_not_shown)
        self._show.triggered.connect(self._show_file)
        self._open.triggered.connect(self._open_file)
        self._copy.triggered.connect(self._copy_paths)
        self._hear.triggered.connect(self._hear_again)
        self.refresh_on(context.selection_changed, context.rows_changed)
        self.refresh_on(context.page_changed, context.job_changed)

    def refresh_actions(self) -> None:
        context, allow = self._context, self._context.actions.allow
        problem = context.page_problem() or context.selection_problem()
        for action in (self._show, self._open, self._copy):
            allow(action, problem)
        allow(self._hear, problem or context.busy_problem())

    def close(self) -> None:
        self._manager.close()

    def _paths(self) -> list[Path]:
        context = self._context
        return [context.review.model.row(id_).path for id_ in context.page.table.selected_row_ids()]

    def _show_file(self) -> None:
        row = self._context.current_row()
        if row is not None:
            self._manager.show(row.path)

    def _on_not_shown(self, path: Path) -> None:
        text = self.tr("No file manager opens {folder}; its path can be copied (Ctrl+Shift+C).")
        self._context.say(text.format(folder=path_text(path.parent)))

    def _open_file(self) -> None:
        row = self._context.current_row()
        if row is not None and not open_file(row.path):
            text = self.tr("{path} was not opened: choose a program for such files in your system.")
            self._context.say(text.format(path=path_text(row.path)))

    def _copy_paths(self) -> None:
        """Copy the path of each selected track, one per line."""
        paths = self._paths()
        text = "\n".join(map(str, paths))
        # Bytes that are no text cannot be in the clipboard.
        QGuiApplication.clipboard().setText(text.encode(errors="replace").decode())
        if len(paths) == 1:
            self._context.say(self.tr("Path copied: {path}").format(path=path_text(paths[0])))
        else:
            self._context.say(self.tr("Paths copied: {n}").format(n=number_text(len(paths))))

    def _hear_again(self) -> None:
        self._context.controller.analyse_files(self._paths(), anew=True)
