"""The dialog of one rule: what it is about, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.rules import Rule, RuleKind, is_absolute, normalise_rules
from genretagger.gui.cells.rule_texts import kind_word
from genretagger.gui.widgets.form_fields import WrongLabel, combo_box, explanation
from genretagger.gui.widgets.genre_completer import CompletedLine
from genretagger.gui.widgets.labels import push_button, set_names
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.genres.known_genres import GenreOffer
from genretagger.review.rows.decisions import parse_genres

_WIDTH = 520
_Button = QDialogButtonBox.StandardButton


class RuleDialog(QDialog):
    """Asks for a rule, and checks it when it is confirmed.

    Parameters
    ----------
    rule : Rule
        What the fields begin with; its name may be empty.
    genres : sequence of GenreOffer
        The genres to complete.
    artists : sequence of str
        The names of artists to complete.
    suggested : tuple of str
        The genres that the field begins with where `rule` has none.
    others : collection of Rule
        Rules about other artists and folders, which this one may not be about.
    """

    chosen = Signal(object)  # Rule

    def __init__(
        self,
        rule: Rule,
        *,
        genres: Sequence[GenreOffer],
        artists: Sequence[str],
        suggested: tuple[str, ...] = (),
        others: Collection[Rule] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ruleDialog")
        self.setWindowTitle(self.tr("Rule"))
        self.setMinimumWidth(_WIDTH)
        self._others = {other.key for other in others}
        self._kind = combo_box((kind.value, kind_word(kind)) for kind in RuleKind)
        self._given = rule.name
        self._name = QLineEdit(rule.name)
        self._as_shown = self._name.text()  # no line shows every byte of a path
        self._artists = QCompleter(artists, self)
        self._artists.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._artists.setFilterMode(Qt.MatchFlag.MatchContains)
        self._browse = push_button("ruleBrowseButton", self.tr("&Browse…"))
        self._alone = combo_box((("", self.tr("is always")), ("alone", self.tr("is left alone"))))
        self._genres = CompletedLine()
        self._genres.complete_from(genres)
        self._genres.setText(genres_text(rule.genres or suggested))
        self._wrong_name, self._wrong_genres = (
            WrongLabel("ruleNameProblem"),
            WrongLabel("ruleGenreProblem"),
        )
        self._buttons = QDialogButtonBox(_Button.Ok | _Button.Cancel)
        self._kind.setCurrentIndex(self._kind.findData(rule.kind.value))
        self._alone.setCurrentIndex(int(bool(rule.name) and rule.leaves_alone and not suggested))
        self._name_fields()
        self._lay_out()
        self._connect()
        self._show_fields()
        (self._genres if rule.name and self._is_genre() else self._name).setFocus()
        self._genres.selectAll()

    def _name_fields(self) -> None:
        set_names(self._kind, "ruleKind", self.tr("What the rule is about"))
        set_names(self._name, "ruleName", self.tr("Name of the artist, or the folder"))
        set_names(self._alone, "ruleSays", self.tr("What the rule says"))
        set_names(self._genres, "ruleGenre", self.tr("Genres, separated by semicolons"))
        self._genres.setPlaceholderText(self.tr("Genre, for example Folk"))

    def _lay_out(self) -> None:
        name = _field(self._wrong_name, self._kind, self._name, self._browse)
        says = _field(self._wrong_genres, self._alone, self._genres)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_label(self.tr("&For:"), self._name), name)
        form.addRow(_label(self.tr("&Then:"), self._alone), says)
        self._says = explanation("")
        self._says.setObjectName("ruleEffect")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._says)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self._confirm)
        self._buttons.rejected.connect(self.reject)
        self._browse.clicked.connect(self._choose_folder)
        for box in (self._kind, self._alone):
            box.currentIndexChanged.connect(self._show_fields)
        self._name.textChanged.connect(lambda: self._wrong_name.say(""))
        self._genres.textChanged.connect(lambda: self._wrong_genres.say(""))

    def _is_genre(self) -> bool:
        return not self._alone.currentData()

    def _chosen_kind(self) -> RuleKind:
        return RuleKind(self._kind.currentData())

    def _chosen_name(self) -> str:
        text = self._name.text()
        return self._given if text == self._as_shown else text

    def _show_fields(self) -> None:
        """Show the fields that the choices need, and what the rule will do."""
        is_folder = self._chosen_kind() is RuleKind.FOLDER
        self._browse.setVisible(is_folder)
        self._name.setCompleter(None if is_folder else self._artists)  # type: ignore[arg-type]
        self._genres.setVisible(self._is_genre())
        self._wrong_name.say("")
        self._wrong_genres.say("")
        if self._is_genre():
            text = self.tr(
                "This genre is suggested whatever is heard. Nothing is written until you accept it."
            )
        else:
            text = self.tr(
                "Nothing is suggested for these tracks, and no decision on several tracks takes "
                "them along. What you accepted before stays accepted."
            )
        if is_folder:
            text = self.tr("{what} The rule holds for all folders below it, too.").format(what=text)
        self._says.setText(text)

    def _choose_folder(self) -> None:
        asking = QFileDialog(self, self.tr("Choose a folder"), self._name.text())
        asking.setObjectName("ruleFolderDialog")
        asking.setFileMode(QFileDialog.FileMode.Directory)
        asking.setOption(QFileDialog.Option.ShowDirsOnly)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.fileSelected.connect(lambda path: self._name.setText(str(Path(path))))
        asking.open()

    def _confirm(self) -> None:
        """Hand the rule on, or show what is wrong with it."""
        genres = parse_genres(self._genres.text()) if self._is_genre() else ()
        made = normalise_rules([Rule(self._chosen_kind(), self._chosen_name())])
        self._wrong_name.say(self._name_problem(made[0] if made else None))
        self._wrong_genres.say(self._genre_problem(genres))
        if not self._wrong_name.isHidden():
            self._name.setFocus()
        elif not self._wrong_genres.isHidden():
            self._genres.setFocus()
        elif made:
            self.chosen.emit(Rule(made[0].kind, made[0].name, genres))
            self.accept()

    def _name_problem(self, rule: Rule | None) -> str:
        """Return why there can be no rule about what is named; empty if there can."""
        name, kind = self._chosen_name(), self._chosen_kind()
        if not name.strip() and kind is RuleKind.ARTIST:
            return self.tr("Enter the name of an artist.")
        if kind is RuleKind.FOLDER and not is_absolute(name):
            return self.tr("Enter the whole path of a folder, or choose one by Browse.")
        if rule is None:
            return self.tr("There can be no rule for this name.")
        if rule.key in self._others:
            return self.tr("There is a rule for this already: edit that one.")
        return ""

    def _genre_problem(self, genres: tuple[str, ...]) -> str:
        if not self._is_genre():
            return ""
        if not genres:
            return self.tr("Enter a genre, or choose “is left alone”.")
        if normalise_rules([Rule(RuleKind.ARTIST, "-", genres)]) is None:
            return self.tr("A genre cannot contain | or =.")
        return ""


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _field(wrong: QWidget, *widgets: QWidget) -> QVBoxLayout:
    """Return a field of several widgets whose lines grow, with room for a problem below."""
    row, column = QHBoxLayout(), QVBoxLayout()
    for widget in widgets:
        row.addWidget(widget, int(isinstance(widget, QLineEdit)))
    column.addLayout(row)
    column.addWidget(wrong)
    return column
