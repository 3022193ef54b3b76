"""The settings page of rules: for artists and folders, a genre or none."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSizePolicy, QStackedWidget, QWidget

from genretagger.core.rules import Rule, RuleKind
from genretagger.core.settings import Settings
from genretagger.gui.cells.rule_texts import kind_word, name_text, rule_sentence
from genretagger.gui.settings.rule_dialog import RuleDialog
from genretagger.gui.widgets.editable_table import EditableTable
from genretagger.gui.widgets.form_fields import SettingsPage, explanation
from genretagger.gui.widgets.labels import heading_label, plain_label, push_button, set_names
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.genres.known_genres import GenreOffer

_TABLE_LINES = 6


class RuleColumn(IntEnum):
    """Columns, in view order."""

    KIND = 0
    NAME = 1
    GENRE = 2


class RulesModel(RecordTableModel[Rule]):
    """Shows rules, one per row."""

    def headings(self) -> tuple[str, ...]:
        return self.tr("For"), self.tr("Name"), self.tr("Genre")

    def text(self, record: Rule, column: int) -> str:
        match column:
            case RuleColumn.KIND:
                return kind_word(record.kind)
            case RuleColumn.NAME:
                return name_text(record)
            case _:
                return genres_text(record.genres) or self.tr("left alone")

    def explanation(self, record: Rule, _column: int) -> str:
        return rule_sentence(record)


class RuleTable(EditableTable):
    """A table of rules; Return, F2 and a double click ask to edit the current one."""

    edit_asked = Signal()

    def edit_current(self) -> None:
        self.edit_asked.emit()


class RulesPage(SettingsPage):
    """The rules in a table, with buttons to add, edit and remove some.

    Parameters
    ----------
    genres, artists : Callable[[], list]
        Return the genres and the names of artists to complete.
    """

    def __init__(
        self, *, genres: Callable[[], list[GenreOffer]], artists: Callable[[], list[str]]
    ) -> None:
        super().__init__("rulesPage", "")
        self.title = self.tr("Rules")
        self._genres, self._artists = genres, artists
        self._model = RulesModel(self)
        self.table = RuleTable(self._model, edited=RuleColumn.GENRE, genres=genres)
        set_names(self.table, "rulesTable", self.tr("Rules"))
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * _TABLE_LINES)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(RuleColumn.KIND, QHeaderView.ResizeMode.ResizeToContents)
        self._none = plain_label(
            "noRules",
            self.tr(
                "There are no rules yet. Add one here, or in the menu of a track, where “Rule for "
                "this track” has its artist and folder filled in."
            ),
        )
        self._listed = QStackedWidget()
        self._add = push_button("addRuleButton", self.tr("A&dd…"))
        self._edit = push_button("editRuleButton", self.tr("&Edit…"))
        self._remove = push_button("removeRuleButton", self.tr("Re&move"))
        self._lay_out()
        self._add.clicked.connect(self._ask_new)
        self._edit.clicked.connect(self._ask_other)
        self._remove.clicked.connect(self._remove_selected)
        self.table.edit_asked.connect(self._ask_other)
        self.table.doubleClicked.connect(self._ask_other)
        self.table.delete_pressed.connect(self._remove_selected)
        self.table.selectionModel().selectionChanged.connect(self._update_buttons)

    def _lay_out(self) -> None:
        self.add_below(heading_label(self.tr("&Rules"), self.table))
        self.add_below(
            explanation(
                self.tr(
                    "A rule says which genre an artist or a folder always has, or leaves it alone. "
                    "It only suggests: nothing is written until you accept."
                )
            )
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._listed.addWidget(self._none)
        self._listed.addWidget(self.table)
        self.add_below(self._listed, stretch=1)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self._add, self._edit, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        self.add_below(buttons)
        self.add_below(
            explanation(
                self.tr(
                    "An artist's rule comes before a folder's, and the innermost folder's before "
                    "others. A folder that is left alone stays so, whatever rules its artists have."
                )
            )
        )

    def to_table(self) -> None:
        """Move the focus to the table; to the button that adds a rule while there is none."""
        (self.table if self._model.records else self._add).setFocus()

    def values(self) -> dict[str, Any]:
        return {"rules": self._model.records}

    def show_settings(self, settings: Settings) -> None:
        self._show(settings.rules)

    def _show(self, rules: tuple[Rule, ...], *, current: int = 0) -> None:
        self._model.show(rules)
        self._listed.setCurrentWidget(self.table if rules else self._none)
        if rules:
            self.table.selectRow(min(current, len(rules) - 1))
        self._update_buttons()

    def _update_buttons(self) -> None:
        n_selected = len(self.table.selected_rows())
        self._edit.setEnabled(n_selected == 1)
        self._remove.setEnabled(n_selected > 0)

    def _ask_new(self) -> None:
        self._ask(Rule(RuleKind.ARTIST, ""), len(self._model.records))

    def _ask_other(self) -> None:
        rows = self.table.selected_rows()
        if len(rows) == 1:
            self._ask(self._model.records[rows[0]], rows[0])

    def _ask(self, rule: Rule, row: int) -> None:
        """Ask for the rule of a row, or for one behind the last."""
        rules = self._model.records
        dialog = RuleDialog(
            rule,
            genres=self._genres(),
            artists=self._artists(),
            others=(*rules[:row], *rules[row + 1 :]),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(partial(self._put, row))
        dialog.open()

    def _put(self, row: int, rule: Rule) -> None:
        rules = self._model.records
        self._show((*rules[:row], rule, *rules[row + 1 :]), current=row)
        self.table.setFocus()
        self.changed.emit()

    def _remove_selected(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            kept = [rule for row, rule in enumerate(self._model.records) if row not in rows]
            self._show(tuple(kept), current=rows[0])
            self.to_table()
            self.changed.emit()
