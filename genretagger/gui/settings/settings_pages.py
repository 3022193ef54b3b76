"""The settings pages of writing and of appearance."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from genretagger.core.errors import SettingsError
from genretagger.core.settings import (
    LANGUAGES,
    LONGEST_DAYS,
    RowHeight,
    Settings,
    TextSize,
    Theme,
)
from genretagger.core.writes import Policy
from genretagger.gui.widgets.form_fields import SettingsPage, WrongLabel, combo_box
from genretagger.gui.widgets.labels import set_names
from genretagger.gui.widgets.texts import policy_text

_SEPARATOR_WIDTH = 8  # characters
_POLICY_WIDTH = 16
_translate = QCoreApplication.translate


class WritingPage(SettingsPage):
    """What is written, and how."""

    def __init__(self) -> None:
        super().__init__("writingPage", "")
        self.title = self.tr("Writing")
        self._policy = combo_box((policy.value, policy_text(policy)) for policy in Policy)
        self._policy.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._policy.setMinimumContentsLength(_POLICY_WIDTH)
        self._separator = QLineEdit()
        width = self._separator.fontMetrics().averageCharWidth()
        self._separator.setFixedWidth(width * (_SEPARATOR_WIDTH + 2))
        self._wrong = WrongLabel("separatorProblem")
        self._dates = QCheckBox(self.tr("&Keep the dates of files"))
        self._upgrade = QCheckBox(self.tr("&Upgrade ID3v2.2 tags to ID3v2.3"))
        self._days = QSpinBox()
        self._days.setRange(0, LONGEST_DAYS)
        self._days.setSpecialValueText(self.tr("never"))
        self._name()
        self._lay_out()
        self._policy.currentIndexChanged.connect(self.changed)
        self._separator.textChanged.connect(self._check)
        self._dates.toggled.connect(self.changed)
        self._upgrade.toggled.connect(self.changed)
        self._days.valueChanged.connect(self.changed)

    def _name(self) -> None:
        set_names(self._policy, "policySetting", self.tr("Accepted suggestions"))
        set_names(
            self._separator, "separatorSetting", self.tr("Separator between genres in ID3v2.3")
        )
        set_names(self._dates, "keepDatesSetting", self.tr("Keep the dates of files"))
        set_names(self._upgrade, "upgradeSetting", self.tr("Upgrade ID3v2.2 tags to ID3v2.3"))
        set_names(
            self._days, "historyDaysSetting", self.tr("Days after which writes are forgotten")
        )

    def _lay_out(self) -> None:
        self.add_row(
            self.tr("Accepted su&ggestions:"),
            self._policy,
            self.tr(
                "What they do to files; you can change it before each write. A genre that you "
                "chose yourself always replaces."
            ),
            wide=True,
        )
        self.add_row(
            self.tr("Separator &between genres in ID3v2.3:"),
            self._separator,
            self.tr("ID3v2.3 tags hold a single text; this is put between several genres."),
            self._wrong,
        )
        self.add_row(
            "",
            self._dates,
            self.tr("A file keeps its modification time when it is written."),
        )
        self.add_row(
            "",
            self._upgrade,
            self.tr("Without this, files with ID3v2.2 tags are refused: they cannot be written."),
        )
        self.add_row(
            self.tr("F&orget writes after (days):"),
            self._days,
            self.tr("Older writes can no longer be undone; the files stay as they are."),
        )
        self.finish()

    def _check(self) -> None:
        try:
            Settings(id3v23_separator=self._separator.text())
        except SettingsError:
            self._wrong.say(self.tr("Enter one or more visible characters."))
        else:
            self._wrong.say("")
        self.changed.emit()

    def wrong_field(self) -> QWidget | None:
        return None if self._wrong.isHidden() else self._separator

    def values(self) -> dict[str, Any]:
        return {
            "policy": self._policy.currentData(),
            "id3v23_separator": self._separator.text(),
            "keep_dates": self._dates.isChecked(),
            "upgrade_id3v22": self._upgrade.isChecked(),
            "keep_history_days": self._days.value(),
        }

    def show_settings(self, settings: Settings) -> None:
        self._policy.setCurrentIndex(self._policy.findData(settings.policy))
        self._separator.setText(settings.id3v23_separator)
        self._dates.setChecked(settings.keep_dates)
        self._upgrade.setChecked(settings.upgrade_id3v22)
        self._days.setValue(settings.keep_history_days)


class AppearancePage(SettingsPage):
    """How the window looks and starts."""

    def __init__(self) -> None:
        super().__init__("appearancePage", "")
        self.title = self.tr("Appearance")
        names = {"": self.tr("same as the system"), "en": "English", "es": "Español"}
        self._language = combo_box((code, names[code]) for code in LANGUAGES)
        self._theme, self._size, self._height = _theme_box(), _size_box(), _height_box()
        self._remember = QCheckBox(self.tr("Reopen the last &folders at startup"))
        set_names(self._language, "languageSetting", self.tr("Language"))
        self._sort_names = QCheckBox(self.tr("Sort artists by their sort &names"))
        self._notify = QCheckBox(self.tr("Tell me when a long job is &over"))
        set_names(self._notify, "notifySetting", self.tr("Tell me when a long job is over"))
        set_names(self._theme, "themeSetting", self.tr("Theme"))
        set_names(self._size, "textSizeSetting", self.tr("Size of texts"))
        set_names(self._height, "rowHeightSetting", self.tr("Rows of the table"))
        set_names(self._remember, "rememberSetting", self.tr("Reopen the last folders at startup"))
        set_names(self._sort_names, "sortNamesSetting", self.tr("Sort artists by their sort names"))
        self._lay_out()
        for box in (self._language, self._theme, self._size, self._height):
            box.currentIndexChanged.connect(self.changed)
        for check in (self._remember, self._sort_names, self._notify):
            check.toggled.connect(self.changed)

    def _lay_out(self) -> None:
        self.add_row(
            self.tr("&Theme:"),
            self._theme,
            self.tr("Accent colour and high contrast are those of the system."),
        )
        self.add_row(
            self.tr("&Size of texts:"),
            self._size,
            self.tr("Relative to the font of the system."),
        )
        self.add_row(
            self.tr("&Rows of the table:"),
            self._height,
            self.tr("Compact shows more tracks; roomy is easier to hit."),
        )
        self.add_row(
            self.tr("&Language:"),
            self._language,
            self.tr("Takes effect the next time the program starts."),
        )
        self.add_row(
            "",
            self._remember,
            self.tr("Your decisions are remembered either way."),
        )
        self.add_row(
            "",
            self._sort_names,
            self.tr("If a file has one: The Beatles are listed under B, as “Beatles, The”."),
        )
        self.add_row(
            "",
            self._notify,
            self.tr("By a notification of the desktop, if this window is not in front."),
        )
        self.finish()

    def values(self) -> dict[str, Any]:
        return {
            "language": self._language.currentData(),
            "theme": self._theme.currentData(),
            "text_size": self._size.currentData(),
            "row_height": self._height.currentData(),
            "remember_session": self._remember.isChecked(),
            "sort_names": self._sort_names.isChecked(),
            "notify": self._notify.isChecked(),
        }

    def show_settings(self, settings: Settings) -> None:
        self._language.setCurrentIndex(self._language.findData(settings.language))
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        self._size.setCurrentIndex(self._size.findData(settings.text_size))
        self._height.setCurrentIndex(self._height.findData(settings.row_height))
        self._remember.setChecked(settings.remember_session)
        self._sort_names.setChecked(settings.sort_names)
        self._notify.setChecked(settings.notify)


def _theme_box() -> QComboBox:
    return combo_box(
        [
            (Theme.SYSTEM, _translate("AppearancePage", "same as the system")),
            (Theme.LIGHT, _translate("AppearancePage", "light")),
            (Theme.DARK, _translate("AppearancePage", "dark")),
        ]
    )


def _size_box() -> QComboBox:
    return combo_box(
        [
            (TextSize.SMALL, _translate("AppearancePage", "small")),
            (TextSize.NORMAL, _translate("AppearancePage", "normal")),
            (TextSize.LARGE, _translate("AppearancePage", "large")),
            (TextSize.LARGEST, _translate("AppearancePage", "largest")),
        ]
    )


def _height_box() -> QComboBox:
    return combo_box(
        [
            (RowHeight.COMPACT, _translate("AppearancePage", "compact")),
            (RowHeight.NORMAL, _translate("AppearancePage", "normal")),
            (RowHeight.ROOMY, _translate("AppearancePage", "roomy")),
        ]
    )
