"""The settings page of listening: what is suggested, how tracks are heard, what is sure enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox

from genretagger.core.settings import MOST_JOBS, Effort, GenreSet, Settings
from genretagger.gui.settings.genre_options import GenreOption, list_options, missing_text
from genretagger.gui.widgets.form_fields import SettingsPage, combo_box
from genretagger.gui.widgets.labels import set_names
from genretagger.gui.widgets.percent_spin_box import PercentSpinBox


class ListeningPage(SettingsPage):
    """Which genres are suggested, how tracks are heard, and which suggestions are sure enough.

    Parameters
    ----------
    classifiers : sequence of str
        The personal classifiers that can be used.
    """

    def __init__(self, *, classifiers: Sequence[str]) -> None:
        super().__init__("listeningPage", "")
        self.title = self.tr("Listening")
        self._classifiers = classifiers
        self._options: tuple[GenreOption, ...] = ()
        self._genres = QComboBox()
        set_names(self._genres, "genreSetting", self.tr("Genres that are suggested"))
        self._jobs = QSpinBox()
        self._jobs.setRange(0, MOST_JOBS)
        self._jobs.setSpecialValueText(self.tr("automatic"))
        names = {
            Effort.GENTLE: self.tr("gentle: half of the processors, when nobody needs them"),
            Effort.NORMAL: self.tr("normal: after other programs, and half on battery"),
            Effort.ALL: self.tr("all: like any other program"),
        }
        self._effort = combo_box((effort.value, names[effort]) for effort in Effort)
        self._threshold = PercentSpinBox()
        self._hidden = QCheckBox(self.tr("Skip programs' hi&dden folders"))
        set_names(self._jobs, "jobsSetting", self.tr("Tracks analysed at once"))
        set_names(self._effort, "effortSetting", self.tr("Share of the computer"))
        set_names(
            self._threshold, "thresholdSetting", self.tr("Accept at this confidence or above")
        )
        set_names(self._hidden, "hiddenFoldersSetting", self.tr("Skip programs' hidden folders"))
        self._lay_out()
        self._genres.currentIndexChanged.connect(self.changed)
        self._effort.currentIndexChanged.connect(self.changed)
        self._jobs.valueChanged.connect(self.changed)
        self._threshold.valueChanged.connect(self.changed)
        self._hidden.toggled.connect(self.changed)

    def _lay_out(self) -> None:
        missing = missing_text() if not self._classifiers else ""
        about = self.tr("Styles are finer or other genres, such as Punk, House or Folk.")
        self.add_row(
            self.tr("&Genres:"), self._genres, " ".join(filter(None, (about, missing))), wide=True
        )
        self.add_row(
            self.tr("&Tracks analysed at once:"),
            self._jobs,
            self.tr("More is faster, but leaves less of the computer for other programs."),
        )
        self.add_row(
            self.tr("&Share of the computer:"),
            self._effort,
            self.tr("Says how many tracks are analysed at once, if that is automatic."),
            wide=True,
        )
        self.add_row(
            self.tr("Accept at this &confidence or above:"),
            self._threshold,
            self.tr("The starting value for Accept all; you can change it in the window."),
        )
        self.add_row(
            "",
            self._hidden,
            self.tr(
                "For example .cache or .git; folders named like music, such as .38 "
                "Special, are still heard."
            ),
        )
        self.finish()

    def values(self) -> dict[str, Any]:
        option = self._options[self._genres.currentIndex()]
        own = {"personal_classifier": option.classifier} if option.genres is GenreSet.OWN else {}
        return own | {
            "genres": option.genres,
            "jobs": self._jobs.value(),
            "effort": self._effort.currentData(),
            "accept_threshold": round(self._threshold.value(), 2),
            "skip_hidden_folders": self._hidden.isChecked(),
        }

    def show_settings(self, settings: Settings) -> None:
        self._show_genres(settings)
        self._jobs.setValue(settings.jobs)
        self._effort.setCurrentIndex(self._effort.findData(settings.effort.value))
        self._threshold.setValue(settings.accept_threshold)
        self._hidden.setChecked(settings.skip_hidden_folders)

    def _show_genres(self, settings: Settings) -> None:
        self._options = list_options(settings, self._classifiers)
        with QSignalBlocker(self._genres):
            self._genres.clear()
            self._genres.addItems([option.text() for option in self._options])
        model = self._genres.model()
        for row, option in enumerate(self._options):
            if isinstance(model, QStandardItemModel) and not option.is_possible:
                model.item(row).setEnabled(False)
        self._genres.setCurrentIndex(self._options.index(GenreOption.of(settings)))
