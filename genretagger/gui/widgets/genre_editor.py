"""The editor of genres in a table: a line that completes the genre being typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genretagger.gui.widgets.item_views import ROW_ROLE, Index
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.level_texts import style_name
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.genres.genre_names import name_family
from genretagger.review.rows.choices import N_KEYS, list_choices, name_choice, style_hints
from genretagger.review.rows.decisions import GENRE_SEPARATOR
from genretagger.review.rows.row import Row

_translate = QCoreApplication.translate
_LEAST_WIDTH = 220
_LIST_MARGIN = 40  # a scroll bar and what lies around a text
_GENRE_ROLE = Qt.ItemDataRole.UserRole
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


def label_genres(row: Row | None) -> dict[str, str]:
    """Return the genres to complete first in a row, with their texts in the list.

    These are the choices that a key takes, with the number of it, then the style hints.
    """
    if row is None:
        return {}
    hint = _translate("_LastGenreCompleter", "{style} (also sounds like this)")
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
    genres : Callable[[Row | None], list[str]]
        Returns the genres to complete in a row, those of `label_genres` first.
    """

    def __init__(
        self, genres: Callable[[Row | None], list[str]], parent: QObject | None = None
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


class GenreEdit(QLineEdit):
    """A line of genres; the last one is completed.

    Attributes
    ----------
    confirmed : bool
        Whether Return was pressed; anything else that closes the line discards its text.
    """

    chosen = Signal()

    def __init__(
        self,
        genres: list[str],
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
        self._completions = _LastGenreCompleter(genres, self, labels=labels)
        self.setCompleter(self._completions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by Return, which reaches this line also from the list of completions.

        Down shows the whole list, what is offered for the track first.
        """
        if _is_return(event):
            self.confirm()
        elif event.key() == Qt.Key.Key_Down:
            self._completions.show_all()
        else:
            super().keyPressEvent(event)

    def confirm(self) -> None:
        """Confirm the text, which already contains what is highlighted in the list."""
        self.confirmed = True
        popup = self._completions.popup()
        if popup is not None:
            popup.hide()
        self.chosen.emit()


def _is_return(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in RETURN_KEYS
    )


class _LastGenreCompleter(QCompleter):
    """Completes what follows the last semicolon and keeps what is before it.

    The genres with a label are listed by it.
    """

    def __init__(self, genres: list[str], parent: QObject, *, labels: Mapping[str, str]) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        for genre in genres:
            item = QStandardItem(labels.get(genre) or self._text(genre))
            item.setData(genre, _GENRE_ROLE)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_GENRE_ROLE)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self._make_room(labels.values())

    def _make_room(self, texts: Collection[str]) -> None:
        """Make the list wide enough for `texts`, however narrow the line is."""
        popup = self.popup()
        if popup is not None and texts:
            widest = max(map(popup.fontMetrics().horizontalAdvance, texts))
            popup.setMinimumWidth(widest + _LIST_MARGIN)

    def _text(self, genre: str) -> str:
        family = name_family(genre)
        return self.tr("{style} ({family})").format(style=genre, family=family) if family else genre

    def show_all(self) -> None:
        """Show all genres, whatever is typed."""
        self.setCompletionPrefix("")
        self.complete()

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(GENRE_SEPARATOR)[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        widget = self.widget()
        typed = widget.text() if isinstance(widget, QLineEdit) else ""
        before = typed.rpartition(GENRE_SEPARATOR)[0]
        chosen = str(index.data(_GENRE_ROLE))
        return f"{before}{GENRE_SEPARATOR} {chosen}" if before else chosen
