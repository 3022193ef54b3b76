"""Plays the selected track, from the passage that decided its genre."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer

from genretagger.core.errors import GenreTaggerError
from genretagger.core.tracks import TrackDetails
from genretagger.gui.detail.detail_feature import DetailFeature
from genretagger.gui.detail.detail_texts import deciding_s
from genretagger.gui.detail.player import Player, open_player
from genretagger.gui.detail.timeline import SEEK_S
from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.actions import FIVE_SECONDS_BACK, FIVE_SECONDS_ON, LOUDER, PLAY, SOFTER
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import path_text

_VOLUME: Final = "volume"  # what is remembered, in per cent
_FIRST_VOLUME, _VOLUME_STEP, _LOUDEST = 80, 10, 100
_REST_MS: Final = 250  # who walks on more quickly than that does not listen


class PlaybackFeature(Feature):
    """Plays one track at a time; no module, device or file is opened before somebody asks.

    What is played follows the selection. A file is closed before anything is written.
    """

    def __init__(self, context: FeatureContext, details: DetailFeature) -> None:
        super().__init__(context)
        self._details = details
        self._player: Player | None = None
        self._path: Path | None = None  # what is played, or paused
        self._position_s: float | None = None  # None until it has begun
        self._goes = False  # it plays, or is about to
        self._make_actions()
        self._connect()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._play_selected)

    def _make_actions(self) -> None:
        make = self._context.actions.make
        self._play = make(PLAY, self.tr("&Play"), self.tr("Play"), "Space", "play")
        # Elsewhere Space presses the button that has the focus.
        self._play.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._back = make(
            FIVE_SECONDS_BACK, self.tr("Five seconds &back"), self.tr("Five seconds back"), ","
        )
        self._on = make(
            FIVE_SECONDS_ON, self.tr("Five seconds &forward"), self.tr("Five seconds forward"), "."
        )
        self._louder = make(LOUDER, self.tr("Volume &up"), self.tr("Volume up"), "Alt+Up")
        self._softer = make(SOFTER, self.tr("Volume &down"), self.tr("Volume down"), "Alt+Down")

    def _connect(self) -> None:
        context, pane = self._context, self._details.pane
        context.page.table.addAction(self._play)
        context.page.table.play_asked.connect(self._play_anew)
        pane.addAction(self._play)
        pane.play_line.set_action(self._play)
        self._play.triggered.connect(self._on_play)
        self._back.triggered.connect(partial(self._step, -SEEK_S))
        self._on.triggered.connect(partial(self._step, SEEK_S))
        self._louder.triggered.connect(partial(self._change_volume, _VOLUME_STEP))
        self._softer.triggered.connect(partial(self._change_volume, -_VOLUME_STEP))
        pane.timeline.seek_asked.connect(self._on_seek)
        pane.timeline.play_asked.connect(self._on_play_from)
        context.controller.beginning.connect(self._on_beginning)
        context.selection_changed.connect(self._follow_selection)
        context.rows_changed.connect(self._follow_selection)
        self.refresh_on(context.selection_changed, context.rows_changed, context.job_changed)

    # What the actions do now

    def refresh_actions(self) -> None:
        problem = self._context.selection_problem() if self._context.current_row() is None else ""
        self._context.actions.allow(self._play, problem or self._playing_problem())
        self._say_state()

    def _follow_selection(self) -> None:
        """Leave the track that is played as soon as another one is selected."""
        row = self._context.current_row()
        path = row.path if row is not None and self._may_play() else None
        if self._path is not None and path != self._path:
            self._leave(path if self._goes else None)

    def close(self) -> None:
        self._stop()

    def _may_play(self) -> bool:
        return not self._playing_problem()

    def _playing_problem(self) -> str:
        controller = self._context.controller
        if controller.started is None:
            return self._context.busy_problem()
        if controller.task in (Task.WRITE, Task.UNDO):
            return self.tr("Nothing is played while files are written.")
        return ""

    def _say_state(self) -> None:
        """Name the actions by what they do now, and show the position in the pane."""
        goes, actions = self._goes, self._context.actions
        text, short = self.tr("&Play"), self.tr("Play")
        if goes:
            text, short = self.tr("&Pause"), self.tr("Pause")
        if self._play.text() != text:
            actions.describe(self._play, text, short)
        palette = self._context.window.palette()
        actions.show_icon(self._play, "pause" if goes else "play", palette)
        silent = self.tr("Nothing is being played (Space).") if self._position_s is None else ""
        for action in (self._back, self._on):
            actions.allow(action, silent)
        shown = self._path if self._position_s is not None else None
        self._details.show_position(shown, self._position_s or 0.0)

    # Playing

    def _opened(self) -> Player | None:
        """Return the player; without one, say why and return None."""
        if self._player is None:
            self._player = player = open_player(self)
            if player is not None:
                player.moved.connect(self._on_moved)
                player.ended.connect(self._on_ended)
                player.failed.connect(self._on_failed)
                player.set_volume(self._volume() / _LOUDEST)
        if self._player is None:
            self._context.say(
                self.tr("Sound cannot be played: this build of Qt lacks QtMultimedia.")
            )
        elif not self._player.has_device():
            self._context.say(self.tr("Sound cannot be played: no audio device was found."))
        else:
            return self._player
        return None

    def _on_play(self) -> None:
        row, player = self._context.current_row(), self._player
        if self._goes and player is not None:
            self._goes = False
            self._rest.stop()
            player.pause()
        elif row is not None and row.path == self._path and self._position_s is not None:
            self._resume()
        else:
            self._play_selected()
        self._say_state()

    def _play_anew(self) -> None:
        """Play the current track, also if it plays already."""
        problem = self._context.actions.problem(self._play)
        if problem:
            self._context.say(problem)
        else:
            self._rest.stop()
            self._play_selected()

    def _resume(self) -> None:
        player = self._opened()
        if player is not None:
            self._goes = True
            player.resume()

    def _play_selected(self) -> None:
        """Play the selected track from where its deciding segment begins; ask for that first."""
        row = self._context.current_row()
        if row is None or not self._may_play() or self._opened() is None:
            self._stop()
            return
        self._path, self._position_s, self._goes = row.path, None, True
        prediction = row.prediction
        start_s = self._details.start_s(row) if prediction is not None else 0.0
        if start_s is not None:
            self._begin(row.path, start_s)
        elif prediction is not None:
            path, key, model_id = row.path, row.hearing_key, prediction.model_id
            self._context.controller.ask(
                lambda pipeline, started: pipeline.details(
                    path, key, model_id, context=started.context
                ),
                then=partial(self._on_details, path),
            )
        self._say_state()

    def _on_details(self, path: Path, answer: TrackDetails | GenreTaggerError) -> None:
        if path == self._path and self._goes and self._position_s is None:
            self._begin(path, deciding_s(answer) if isinstance(answer, TrackDetails) else 0.0)

    def _begin(self, path: Path, start_s: float) -> None:
        if self._player is not None and self._may_play():
            self._path, self._position_s, self._goes = path, start_s, True
            self._player.start(path, start_s)
            self._say_state()

    def _leave(self, following: Path | None) -> None:
        """Leave the track, and play the following one if the user stays there."""
        self._stop()
        if following is not None:
            self._goes, self._path = True, following
            self._rest.start()
            self._say_state()

    def _stop(self) -> None:
        """Be silent, and close the file."""
        self._rest.stop()
        self._goes, self._path, self._position_s = False, None, None
        if self._player is not None:
            self._player.release()
        self._say_state()

    def _on_beginning(self, task: Task) -> None:
        if task in (Task.WRITE, Task.UNDO):
            self._stop()

    # Seeking

    def _step(self, seconds: float) -> None:
        if self._position_s is not None:
            self._seek(max(0.0, self._position_s + seconds))

    def _seek(self, to_s: float) -> None:
        if self._player is not None:
            self._position_s = to_s
            self._player.seek(to_s)
            self._say_state()

    def _on_seek(self, to_s: float) -> None:
        """Seek to where the user points; play a track from there if it is not played yet."""
        row = self._context.current_row()
        if row is not None and row.path == self._path and self._position_s is not None:
            self._seek(to_s)
        else:
            self._on_play_from(to_s)

    def _on_play_from(self, from_s: float) -> None:
        row = self._context.current_row()
        if row is None or not self._may_play() or self._opened() is None:
            return
        self._rest.stop()
        if row.path == self._path and self._position_s is not None:
            self._seek(from_s)
            self._resume()
        else:
            self._begin(row.path, from_s)
        self._say_state()

    # What the player tells

    def _on_moved(self, seconds: float) -> None:
        if self._position_s is not None:
            self._position_s = seconds
            self._details.show_position(self._path, seconds)

    def _on_ended(self) -> None:
        self._stop()

    def _on_failed(self) -> None:
        path = self._path
        self._stop()
        if path is not None:
            text = self.tr("{path} cannot be played.")
            self._context.say(text.format(path=path_text(path)))

    # Volume

    def _volume(self) -> int:
        kept = self._context.window_state.value(_VOLUME)
        return kept if isinstance(kept, int) and 0 <= kept <= _LOUDEST else _FIRST_VOLUME

    def _change_volume(self, by: int) -> None:
        volume = min(_LOUDEST, max(0, self._volume() + by))
        self._context.window_state.set_value(_VOLUME, volume)
        if self._player is not None:
            self._player.set_volume(volume / _LOUDEST)
        self._context.say(self.tr("Volume: {n} %").format(n=volume))
