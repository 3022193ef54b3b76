"""Exports the review: asks how, writes off the GUI thread, says where the file is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import Policy
from genretagger.gui.exporting.export_dialog import ExportDialog, ExportScope
from genretagger.gui.shell.actions import EXPORT
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import error_text, path_text
from genretagger.library.export import (
    ExportDone,
    ExportOrder,
    Form,
    PlaylistGenre,
    PlaylistOptions,
)
from genretagger.review.rows.row import Row

_FOLDER, _PLAYLISTS = "exportFolder", "exportPlaylists"  # what is remembered


class ExportFeature(Feature):
    """Offers the export while there are tracks, also while they are still heard."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._dialog: ExportDialog | None = None
        self._action = context.actions.make(
            EXPORT, self.tr("&Export…"), self.tr("Export"), "Ctrl+E"
        )
        self._action.triggered.connect(self.open)
        self.refresh_on(context.rows_changed, context.job_changed)

    def refresh_actions(self) -> None:
        context = self._context
        self._action.setEnabled(
            context.controller.started is not None and context.review.tally.n_tracks > 0
        )

    def open(self) -> None:
        """Open the dialog."""
        context = self._context
        counts = {
            ExportScope.ALL: len(context.review.model.rows()),
            ExportScope.SHOWN: len(context.review.model.shown()),
            ExportScope.SELECTED: len(context.page.table.selected_row_ids()),
            ExportScope.ACCEPTED: context.review.tally.n_outstanding,
        }
        self._dialog = ExportDialog(
            counts,
            folder=self._folder(),
            playlists=_options_from(context.window_state.value(_PLAYLISTS)),
            parent=context.window,
        )
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.asked.connect(self._export)
        self._dialog.finished.connect(self._on_closed)
        self._dialog.open()

    def _folder(self) -> Path:
        before = self._context.window_state.paths(_FOLDER)
        if before:
            return before[0]
        place = QStandardPaths.StandardLocation
        documents = Path(QStandardPaths.writableLocation(place.DocumentsLocation))
        home = Path(QStandardPaths.writableLocation(place.HomeLocation))
        return documents if documents.is_dir() else home  # a bare home has no such folder

    def _on_closed(self) -> None:
        self._dialog = None
        self._context.page.table.setFocus()

    def _rows(self, which: ExportScope) -> Sequence[Row]:
        model = self._context.review.model
        match which:
            case ExportScope.ALL:
                return tuple(model.rows())
            case ExportScope.SHOWN:
                return [model.row(row_id) for row_id in model.shown()]
            case ExportScope.SELECTED:
                return [model.row(row_id) for row_id in self._context.page.table.selected_row_ids()]
            case ExportScope.ACCEPTED:
                return [row for row in model.rows() if row.outstanding]

    def _export(self, order: ExportOrder, which: ExportScope) -> None:
        started = self._context.controller.started
        if started is None:
            return
        order = replace(order, policy=Policy(started.context.settings.policy))
        self._context.say(self.tr("Exporting…"))
        rows = self._rows(which)
        self._context.controller.ask(
            lambda pipeline, started: pipeline.export(rows, order, context=started.context),
            then=partial(self._on_exported, order, self._dialog),
        )

    def _on_exported(
        self, order: ExportOrder, asked: ExportDialog | None, answer: ExportDone | GenreTaggerError
    ) -> None:
        """Say what came of it, in the dialog that asked if it is still open."""
        context, dialog = self._context, asked if asked is self._dialog else None
        if not isinstance(answer, GenreTaggerError):
            context.window_state.set_paths(_FOLDER, [order.path.parent])
            text = self.tr("Exported to {path}; tracks: {n}")
            if order.form is Form.PLAYLISTS:
                context.window_state.set_value(_PLAYLISTS, _as_value(order.playlists))
                text = self.tr("Exported to {path}; tracks: {n}, playlists: {files}")
            context.say(
                text.format(path=path_text(answer.path), n=answer.n_tracks, files=answer.n_files)
            )
            if dialog is not None:
                dialog.accept()
            return
        context.say("")
        if dialog is None:  # closed meanwhile: said where it is seen
            context.messages.say(error_text(answer))
        elif answer.key == "export-exists":
            dialog.offer_to_replace(error_text(answer))
        else:
            dialog.say_wrong(error_text(answer))


def _as_value(options: PlaylistOptions) -> list[object]:
    """Return options as they are remembered."""
    return [options.by.value, options.merges_spellings, options.is_relative]


def _options_from(value: object) -> PlaylistOptions:
    """Return the remembered options, the default ones if nothing usable is remembered."""
    match value:
        case [str() as by, bool() as merges, bool() as is_relative]:
            with suppress(ValueError):  # an unknown genre
                return PlaylistOptions(PlaylistGenre(by), merges, is_relative)
    return PlaylistOptions()
