"""The editor of genres in a table: a line that completes the genre being typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genretagger.gui.widgets.genre_completer import NO_LABELS, CompletedLine
from genretagger.gui.widgets.item_views import ROW_ROLE, Index
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.level_texts import style_name
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.genres.known_genres import GenreOffer
from genretagger.review.rows.choices import N_KEYS, list_choices, name_choice, style_hints
from genretagger.review.rows.row import Row

_translate = QCoreApplication.translate
_LEAST_WIDTH = 220


def label_genres(row: Row | None) -> dict[str, str]:
    """Return the genres to complete first in a row, with their texts in the list.

    These are the choices that a key takes, with the number of it, then the style hints.
    """
    if row is None:
        return {}
    hint = _translate("GenreCompleter", "{style} (also sounds like this)")
    labels: dict[str, str] = {}
    for number, choice in enumerate(list_choices(row)[:N_KEYS], start=1):
        name = genres_text(name_choice(row, choice))
        labels.setdefault(name, f"{number}  {style_name(name) if choice.is_style else name}")
    for style in style_hints(row):
        labels.setdefault(style, hint.format(style=style))
    return labels


class GenreDelegate(QStyledItemDelegate):
    """Edits genres in place and completes the one being typed; semicolons separate several.

    Parameters
    ----------
    genres : Callable[[Row | None], list[GenreOffer]]
        Returns the genres to complete in a row, those of `label_genres` first.
    """

    def __init__(
        self, genres: Callable[[Row | None], list[GenreOffer]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._genres = genres

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> GenreEdit:
        data = index.data(ROW_ROLE)
        row = data if isinstance(data, Row) else None
        editor = GenreEdit(self._genres(row), parent, labels=label_genres(row))
        editor.chosen.connect(self._on_chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, GenreEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            # Only after the view has given it the focus.
            QTimer.singleShot(0, editor, editor.selectAll)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Give a narrow cell an editor that a genre fits into, inside the view."""
        super().updateEditorGeometry(editor, option, index)
        place, view = editor.geometry(), editor.parentWidget()
        room = place.width() if view is None else view.width()
        place.setWidth(min(max(place.width(), _LEAST_WIDTH), room))
        place.moveLeft(max(0, min(place.left(), room - place.width())))
        editor.setGeometry(place)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Handle Return before Qt does, which would commit a second time."""
        if isinstance(editor, GenreEdit) and _is_return(event):
            editor.confirm()
            return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what Return confirmed to the model; Qt also asks when the focus goes elsewhere."""
        if isinstance(editor, GenreEdit) and editor.confirmed:
            super().setModelData(editor, model, index)

    def _on_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, GenreEdit):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class GenreEdit(CompletedLine):
    """A line of genres in a table; the last one is completed, what the row offers first.

    Attributes
    ----------
    confirmed : bool
        Whether Return was pressed; anything else that closes the line discards its text.
    """

    chosen = Signal()

    def __init__(
        self,
        genres: Sequence[GenreOffer],
        parent: QWidget | None = None,
        *,
        labels: Mapping[str, str] = NO_LABELS,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("genreEdit")
        self.setAccessibleName(self.tr("Genres, separated by semicolons"))
        self.setFrame(False)
        self.setAutoFillBackground(True)
        self.confirmed = False
        self.complete_from(genres, labels=labels)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by Return, which reaches this line also from the list of completions."""
        if _is_return(event):
            self.confirm()
        else:
            super().keyPressEvent(event)

    def confirm(self) -> None:
        """Confirm the text, which already contains what is highlighted in the list."""
        self.confirmed = True
        self.close_list()
        self.chosen.emit()


def _is_return(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in RETURN_KEYS
    )
