"""The settings dialog: shows settings, checks them at once, asks to save by a signal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.errors import GenreTaggerError
from genretagger.core.settings import Settings
from genretagger.gui.settings.listening_page import ListeningPage
from genretagger.gui.settings.mapping_page import GenresPage
from genretagger.gui.settings.rules_page import RulesPage
from genretagger.gui.settings.settings_pages import AppearancePage, WritingPage
from genretagger.gui.widgets.form_fields import SettingsPage, WrongLabel
from genretagger.gui.widgets.item_views import RoomyDelegate
from genretagger.gui.widgets.labels import plain_label, set_names
from genretagger.gui.widgets.texts import error_text
from genretagger.review.genres.known_genres import GenreOffer

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import LoadedSettings

_WIDTH, _HEIGHT = 780, 560
_LEAST_WIDTH, _LEAST_HEIGHT = 560, 400
_LIST_CHARACTERS = 16
_KEPT = ("personal_classifier", "rules")  # what the user made has no default
_Button = QDialogButtonBox.StandardButton


class SettingsDialog(QDialog):
    """Pages of settings; settings that are on no page stay as they are."""

    save_asked = Signal(object)  # Settings

    def __init__(
        self,
        loaded: LoadedSettings,
        *,
        genres: Callable[[], list[GenreOffer]],
        artists: Callable[[], list[str]],
        busy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._settings = loaded.settings
        self._closes = False
        self.genres_page = GenresPage(own_genres=loaded.own_genres, genres=genres)
        self.rules_page = RulesPage(genres=genres, artists=artists)
        self._pages: tuple[SettingsPage, ...] = (
            ListeningPage(classifiers=loaded.classifiers),
            WritingPage(),
            self.genres_page,
            self.rules_page,
            AppearancePage(),
        )
        self._list, self._stack = QListWidget(), QStackedWidget()
        self._problem = WrongLabel("settingsProblem")
        self._buttons = QDialogButtonBox(
            _Button.Ok | _Button.Cancel | _Button.Apply | _Button.RestoreDefaults
        )
        self._fill()
        self._lay_out(busy=busy)
        self._show(loaded.settings)
        self._say_problems(loaded.problems)
        for page in self._pages:
            page.changed.connect(self._mark_pages)
        self._is_unsaved = bool(loaded.problems)
        self._mark_pages()

    def _fill(self) -> None:
        set_names(self._list, "settingsPages", self.tr("Settings pages"))
        width = self._list.fontMetrics().averageCharWidth() * _LIST_CHARACTERS
        self._list.setFixedWidth(width)
        self._list.setItemDelegate(RoomyDelegate(self._list))
        for page in self._pages:
            self._list.addItem(page.title)
            self._stack.addWidget(page)
        self._defaults = self._buttons.button(_Button.RestoreDefaults)
        self._defaults.setText(self.tr("Defaults of this page"))
        self._defaults.setAutoDefault(False)
        self._list.currentRowChanged.connect(self._turn_to)
        self._list.setCurrentRow(0)
        self._buttons.clicked.connect(self._on_clicked)
        self._buttons.button(_Button.Apply).setAutoDefault(False)

    def _lay_out(self, *, busy: bool) -> None:
        middle = QHBoxLayout()
        middle.addWidget(self._list)
        middle.addWidget(self._stack, 1)
        note = plain_label(
            "settingsBusyNote",
            self.tr("Work in progress keeps the settings it started with."),
        )
        note.setVisible(busy)
        layout = QVBoxLayout(self)
        # Labels wrap: a minimum size that follows their height would change at every resize.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self._problem)
        layout.addWidget(note)
        layout.addWidget(self._buttons)
        self._list.setFocus()

    def _turn_to(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self._defaults.setEnabled(self._pages[row] is not self.rules_page)  # they have none

    def to_genres(self) -> None:
        """Show the page of genres."""
        self._list.setCurrentRow(self._pages.index(self.genres_page))
        self.genres_page.table.setFocus()

    def to_rules(self) -> None:
        """Show the page of rules."""
        self._list.setCurrentRow(self._pages.index(self.rules_page))
        self.rules_page.to_table()

    def show_problem(self, text: str) -> None:
        """Say that saving failed."""
        self._closes = False
        self._problem.say(text)

    def show_saved(self, settings: Settings) -> None:
        """Take over what was saved; close if OK was pressed."""
        self._settings, self._is_unsaved = settings, False
        self._problem.say("")
        self._mark_pages()
        if self._closes:
            self.accept()

    def _say_problems(self, problems: tuple[GenreTaggerError, ...]) -> None:
        if problems:
            more = self.tr("OK saves the settings shown here instead.")
            self._problem.say("\n".join((*map(error_text, problems), more)))

    def _show(self, settings: Settings) -> None:
        for page in self._pages:
            page.show_settings(settings)

    def _chosen(self) -> Settings | None:
        """Return the chosen settings; None if one is invalid, and then show its field."""
        values = {}
        for row, page in enumerate(self._pages):
            wrong = page.wrong_field()
            if wrong is not None:
                self._list.setCurrentRow(row)
                wrong.setFocus(Qt.FocusReason.OtherFocusReason)
                return None
            values.update(page.values())
        return replace(self._settings, **values)

    def _mark_pages(self) -> None:
        """Mark the pages that have an invalid value."""
        for row, page in enumerate(self._pages):
            is_wrong = page.wrong_field() is not None
            text = self.tr("{page} (!)").format(page=page.title) if is_wrong else page.title
            self._list.item(row).setText(text)

    def _on_clicked(self, button: QAbstractButton) -> None:
        match self._buttons.standardButton(button):
            case _Button.Ok | _Button.Apply as pressed:
                self._save(closes=pressed is _Button.Ok)
            case _Button.RestoreDefaults:
                kept = {name: getattr(self._settings, name) for name in _KEPT}
                page = self._pages[self._list.currentRow()]
                page.show_settings(replace(Settings(), **kept))
                self._mark_pages()
            case _:
                self.reject()

    def _save(self, *, closes: bool) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._closes = closes
        if chosen != self._settings or self._is_unsaved:
            self.save_asked.emit(chosen)
        elif closes:
            self.accept()
