"""The pane beside the table: everything known about a track, and why it was judged so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from genretagger.core.predictions import Envelope, Prediction
from genretagger.core.tracks import TrackDetails
from genretagger.gui.cells import cell_texts
from genretagger.gui.detail.detail_parts import Facts, FittingLabel, PathText, PlayBar
from genretagger.gui.detail.detail_texts import (
    Summing,
    agreement_text,
    bars_beside,
    bars_of,
    facts_of,
    genres_line,
    legend,
    notable,
)
from genretagger.gui.detail.timeline import Timeline
from genretagger.gui.widgets.cover_art import CoverView
from genretagger.gui.widgets.icons import state_icon
from genretagger.gui.widgets.level_texts import hints_text, level_text, personal_text
from genretagger.gui.widgets.score_chart import ScoreChart
from genretagger.gui.widgets.texts import error_text, path_text, state_words
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import WriteRules

COVER_SIDE = 88
_LEAST_WIDTH, _WIDTH = 240, 340
_ICON = 16
_MARGIN, _SPACING = 12, 8


class DetailPane(QScrollArea):
    """Shows one row, or a summary of several; it is given everything and requests nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailPane")
        self.setAccessibleName(self.tr("Details"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.viewport().setAutoFillBackground(False)
        self._row: Row | None = None
        self._details: TrackDetails | None = None
        self._envelope: Envelope | None = None
        self._make()
        self._lay_out()
        self.show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    @staticmethod
    def fitting(width: int) -> int:
        """Return the best width of the pane where `width` is available."""
        return min(max(width, _LEAST_WIDTH), _WIDTH)

    def _make(self) -> None:
        self._cover = CoverView(COVER_SIDE)
        self._title = FittingLabel("detailTitle", bold=True, larger=True, shortens=True)
        self._artist = FittingLabel("detailArtist", shortens=True)
        self._album = FittingLabel("detailAlbum", shortens=True)
        self._icon = QLabel()
        self._icon.setObjectName("detailIcon")
        self._icon.setFixedSize(_ICON, _ICON)
        self._state = FittingLabel("detailState", bold=True)
        self._genres = FittingLabel("detailGenres")
        self._reason = FittingLabel("detailReason")
        self._chart = ScoreChart("scoreChart", self.tr("Scores"))
        self._legend = FittingLabel("detailLegend")
        self._personal = FittingLabel("detailPersonal")
        self._own_chart = ScoreChart("personalChart", self.tr("Scores of my genres"))
        self.timeline = Timeline()
        self.play_line = PlayBar()
        self._hints = FittingLabel("detailHints")
        self._agreement = FittingLabel("detailAgreement")
        self._facts = Facts("detailFacts", self.tr("About the file"))
        self._path = PathText("detailPath", self.tr("Path"))
        self._message = FittingLabel("detailMessage")
        self._caption = FittingLabel("detailCaption", bold=True)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("detailContent")
        content.setAutoFillBackground(False)
        self._column = column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        names = _column_of(self._title, self._artist, self._album, self.play_line)
        self._head = _row_of(self._cover, names)
        self._state_line = _row_of(self._icon, _column_of(self._state, self._genres))
        for part in (
            self._head,
            self._state_line,
            self._reason,
            self._message,
            self._caption,
            self._chart,
            self._legend,
            self._personal,
            self._own_chart,
            self.timeline,
            self._hints,
            self._agreement,
            self._facts,
            self._path,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(content)

    # What is shown

    def show_nothing(self) -> None:
        """Say that no track is selected."""
        self._row = None
        self._show_parts(single=False)
        self._chart.hide()
        self._message.say(self.tr("Select a track to see what was heard, and why."))

    def show_row(
        self,
        row: Row,
        meanings: ClassifierLevels,
        rules: WriteRules,
        *,
        keeps_cover: bool = False,
    ) -> None:
        """Show what the row itself knows; the rest comes by `show_details`.

        Parameters
        ----------
        keeps_cover : bool
            Whether the cover of the previous row stays until that of this row is known.
        """
        is_other = self._row is None or self._row.path != row.path
        self._row = row
        self._show_parts(single=True)
        self._message.say("")
        tags = row.track.tags if row.track else None
        name = path_text(row.path).replace("\\", "/").rpartition("/")[2]
        self._title.say((tags.title if tags else "") or name)
        self._artist.say(tags.artist if tags else "")
        self._album.say(tags.album if tags else "")
        self._show_state()
        self._genres.say(genres_line(row, rules))
        reasons = cell_texts.state_text(row, rules), level_text(row, meanings)
        self._reason.say("\n".join(filter(None, reasons)))
        self._show_scores(row)
        self.timeline.setVisible(row.prediction is not None)
        self._show_own(row, row.personal, meanings)
        self._hints.say(hints_text(row))
        self._agreement.say(agreement_text(row))
        self._path.say(path_text(row.path))
        if is_other:
            self._forget(row, keeps_cover=keeps_cover)

    def _forget(self, row: Row, *, keeps_cover: bool) -> None:
        """Clear the details of the previous row, without moving what is below them."""
        self._details = self._envelope = None
        self._facts.show_facts(facts_of(row, None))
        self.timeline.setMinimumHeight(self.timeline.height())
        self.timeline.clear()
        self.verticalScrollBar().setValue(0)
        if not keeps_cover:
            self._cover.show_image(QImage())

    def show_details(self, details: TrackDetails, cover: QImage) -> None:
        """Show the details of the current row."""
        if self._row is None:
            return
        self._details = details
        self._cover.show_image(cover)
        facts = facts_of(self._row, details)
        if details.error is not None and self._row.error is None:
            facts.append((self.tr("Problem"), error_text(details.error)))
        self._facts.show_facts(facts)
        self._show_timeline()

    def show_envelope(self, envelope: Envelope | None) -> None:
        """Show how loud the current track is; None if that cannot be known."""
        if self._row is None:
            return
        had_length = self._length_s() is not None
        self._envelope = envelope
        if had_length:
            self.timeline.show_envelope(envelope.levels if envelope else None)
        else:
            self._show_timeline()

    def show_position(self, seconds: float | None) -> None:
        """Show the player's position in the current track, None if it plays something else."""
        self.timeline.set_position(seconds)
        self.play_line.show_times(seconds, self._length_s())

    def _length_s(self) -> float | None:
        """Return the length in the file's header, else the decoded one."""
        tags = self._row.track.tags if self._row and self._row.track else None
        claimed = tags.duration_s if tags else None
        return claimed or (self._envelope.duration_s if self._envelope else None)

    def _show_timeline(self) -> None:
        details = self._details
        if details is None or self._row is None:
            return
        position_s = self.timeline.position()  # the track may be playing already
        self.timeline.setMinimumHeight(0)
        self.timeline.show_track(
            self._length_s(),
            details.segments if self._row.is_music else (),  # what is not music has no genres
            details.genres,
            details.segment_s,
            details.deciding,
        )
        if self._envelope is not None:
            self.timeline.show_envelope(self._envelope.levels)
        self.timeline.set_position(position_s)

    def show_selection(self, n_rows: int, summing: Summing | None) -> None:
        """Show how many rows are selected, and their sums once they are counted."""
        self._row = None
        self._show_parts(single=False)
        text = self.tr("Selected tracks: {n}").format(n=self.locale().toString(n_rows))
        states = summing.states_text() if summing else ""
        self._message.say("\n".join(filter(None, (text, states))))
        bars = summing.bars() if summing else ()
        self._chart.show_bars(bars)
        self._chart.setVisible(bool(bars))
        self._caption.say(self.tr("What they sound like") if bars else "")

    def _show_parts(self, *, single: bool) -> None:
        """Show the parts for a single row, or those for none or several."""
        for part in (self._head, self._state_line, self._path):
            part.setVisible(single)
        self._caption.say("")
        if not single:
            for label in (self._reason, self._legend, self._personal, self._hints, self._agreement):
                label.say("")
            self._own_chart.hide()
            self.timeline.hide()
            self._facts.show_facts(())

    def _show_state(self) -> None:
        if self._row is not None:
            pixmap = state_icon(self._row.state, self.palette()).pixmap(
                QSize(_ICON, _ICON), self.devicePixelRatio()
            )
            self._icon.setPixmap(pixmap)
            word = state_words()[self._row.state]
            self._state.say(word[:1].upper() + word[1:])

    def _show_scores(self, row: Row) -> None:
        bars = bars_of(row)
        self._chart.show_bars(notable(bars), hollow=row.unsure is not None)
        self._chart.setVisible(bool(bars))
        self._legend.say(legend(row, bars))

    def _show_own(self, row: Row, own: Prediction | None, meanings: ClassifierLevels) -> None:
        bars = bars_beside(row, own) if own else ()
        self._personal.say(personal_text(own, meanings) if own else "")
        if own is not None:
            self._own_chart.show_bars(bars, hollow=own.unsure is not None)
        self._own_chart.setVisible(bool(bars))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_row"):
            self._show_state()


def _column_of(*widgets: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return box


def _row_of(first: QWidget, second: QWidget) -> QWidget:
    """Return both widgets side by side, the second as wide as possible."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(_SPACING)
    layout.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(second, 1)
    return box
