"""Plays one file at a time with QtMultimedia, which is loaded on first use.

Without that module or an audio device nothing can be played, and the program works otherwise.
"""

from __future__ import annotations

import ctypes
import logging
import os
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import (
    Q_ARG,
    QFile,
    QFileDevice,
    QGenericArgumentHolder,
    QIODevice,
    QLoggingCategory,
    QMetaObject,
    QObject,
    Qt,
    QUrl,
    Signal,
    SignalInstance,
)

_MS: Final = 1000
_LOG = logging.getLogger(__name__)
_AV_LOG_QUIET = -8  # https://ffmpeg.org/doxygen/trunk/group__lavu__log__constants.html


class Player(Protocol):
    """Plays one file at a time; implemented by `QtPlayer`."""

    @property
    def moved(self) -> SignalInstance:
        """Signal of the position in seconds."""

    @property
    def ended(self) -> SignalInstance:
        """Signal at the end of the file."""

    @property
    def failed(self) -> SignalInstance:
        """Signal that the file cannot be played."""

    def has_device(self) -> bool:
        """Return whether an audio output device is available."""

    def start(self, path: Path, from_s: float) -> None:
        """Play a file from a position in seconds, instead of the current one."""

    def pause(self) -> None:
        """Pause at the current position."""

    def resume(self) -> None:
        """Continue from the current position."""

    def seek(self, to_s: float) -> None:
        """Move to a position in seconds, playing or not."""

    def release(self) -> None:
        """Close the file; when this returns, it can be written."""

    def set_volume(self, share: float) -> None:
        """Set the perceived loudness, in [0, 1]."""


def open_player(parent: QObject) -> Player | None:
    """Return a player, None if this build of Qt has no QtMultimedia."""
    # It logs every missing video library; what matters here arrives as an error.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    try:
        import PySide6.QtMultimedia  # noqa: F401
    except ImportError as error:  # the Qt of a distribution may lack it
        _LOG.info("QtMultimedia cannot be loaded: %s", error)
        return None
    player = QtPlayer(parent)
    _silence_ffmpeg()
    return player


def _silence_ffmpeg() -> None:
    """Keep the FFmpeg of Qt's wheels from printing what it finds odd in a file.

    Qt's own switch, QT_FFMPEG_DEBUG, sends all of it through our handler of messages instead, from
    FFmpeg's threads. The Qt of a distribution has FFmpeg elsewhere and goes on to print. There must
    be a player: its plugin has loaded what this library needs.
    """
    import PySide6

    folder = Path(PySide6.__file__).parent
    for pattern in ("Qt/lib/libavutil.so.*", "Qt/lib/libavutil.*.dylib", "avutil-*.dll"):
        for library in folder.glob(pattern):
            try:
                ctypes.CDLL(str(library)).av_log_set_level(_AV_LOG_QUIET)
            except OSError as error:
                _LOG.info("FFmpeg goes on to print: %s", error)


class QtPlayer(QObject):
    """A player on the default output device of the system."""

    moved = Signal(float)
    ended = Signal()
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        super().__init__(parent)
        self._media = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._devices = QMediaDevices(self)
        self._media.setAudioOutput(self._output)
        self._file: QFile | None = None  # for a name that no URL can hold
        self._from_s: float | None = None  # where to begin once the file is loaded
        self._loaded = self._playing = False
        # Queued: a slot may close the file, which must not happen inside the player's own signal.
        later = Qt.ConnectionType.QueuedConnection
        self._media.mediaStatusChanged.connect(self._on_status, later)
        self._media.errorOccurred.connect(self._on_error, later)
        self._media.positionChanged.connect(self._on_position)
        self._devices.audioOutputsChanged.connect(self._take_device)

    def has_device(self) -> bool:
        """Return whether an audio output device is available."""
        return bool(self._devices.audioOutputs())

    def _take_device(self) -> None:
        """Switch to the default device, which changes when headphones are plugged in."""
        from PySide6.QtMultimedia import QAudioDevice

        call_slot(
            self._output, "setDevice", Q_ARG(QAudioDevice, self._devices.defaultAudioOutput())
        )

    def start(self, path: Path, from_s: float) -> None:
        """Play a file from a position in seconds, instead of the current one."""
        self.release()
        self._from_s, self._playing = from_s, True
        if _fits_url(path):
            call_slot(self._media, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))
            return
        try:
            self._file = _open_file(path)
        except OSError as error:
            self._fail(str(error))
        else:
            self._media.setSourceDevice(self._file)

    def pause(self) -> None:
        """Pause at the current position."""
        self._playing = False
        if self._loaded:
            call_slot(self._media, "pause")

    def resume(self) -> None:
        """Continue from the current position."""
        self._playing = True
        if self._loaded:
            call_slot(self._media, "play")

    def seek(self, to_s: float) -> None:
        """Move to a position in seconds, playing or not."""
        if self._loaded:
            call_slot(self._media, "setPosition", _milliseconds(to_s))
        else:
            self._from_s = to_s

    def release(self) -> None:
        """Close the file; when this returns, it can be written."""
        self._from_s, self._loaded, self._playing = None, False, False
        call_slot(self._media, "stop")
        call_slot(self._media, "setSource", Q_ARG(QUrl, QUrl()))  # waits for the threads that read
        if self._file is not None:
            self._file.close()
            self._file = None

    def set_volume(self, share: float) -> None:
        """Set the perceived loudness, in [0, 1]."""
        from PySide6.QtMultimedia import QtAudio

        scale = QtAudio.VolumeScale
        linear = QtAudio.convertVolume(share, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._output.setVolume(linear)

    def _on_status(self, status: object) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        of = QMediaPlayer.MediaStatus
        if status != self._media.mediaStatus():
            return  # belongs to the previous file
        if status == of.LoadedMedia and self._from_s is not None:
            self._begin()
        elif status == of.EndOfMedia and self._loaded:
            self.ended.emit()

    def _begin(self) -> None:
        """Begin to play the file that was loaded."""
        from_s, self._from_s = self._from_s or 0.0, None
        if not self._media.hasAudio() or not self._media.duration():  # an empty file has none
            self._fail("it has no sound")
            return
        self._loaded = True
        _LOG.info("plays from %.1f s", from_s)
        call_slot(self._media, "setPosition", _milliseconds(from_s))
        call_slot(self._media, "play" if self._playing else "pause")

    def _on_error(self, error: object, text: str) -> None:
        if error == self._media.error():
            self._fail(text)

    def _fail(self, reason: str) -> None:
        _LOG.info("cannot be played: %s", reason)
        self.failed.emit()

    def _on_position(self, position_ms: int) -> None:
        if self._loaded:
            self.moved.emit(position_ms / _MS)


def call_slot(of: QObject, slot: str, *args: QGenericArgumentHolder) -> None:
    """Call a slot that may wait for Qt's threads, without holding Python's lock.

    Such a thread may log, which takes the lock (see `app`): both would wait for ever.
    """
    QMetaObject.invokeMethod(of, slot, Qt.ConnectionType.DirectConnection, *args)


def _milliseconds(seconds: float) -> QGenericArgumentHolder:
    return Q_ARG("qlonglong", round(seconds * _MS))


def _fits_url(path: Path) -> bool:
    """Return whether a URL can hold the path: names on Linux may contain bytes that are no text."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _open_file(path: Path) -> QFile:
    """Return an open file; Qt does not get its name."""
    file = QFile()
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    file.open(
        descriptor, QIODevice.OpenModeFlag.ReadOnly, QFileDevice.FileHandleFlag.AutoCloseHandle
    )
    return file
