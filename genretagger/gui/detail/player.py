"""Plays one file at a time by QtMultimedia, which is loaded once somebody wants to listen.

Without that module or without a device there is nothing to play on, and the program works.
"""

from __future__ import annotations

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


class Player(Protocol):
    """Plays one file at a time; as `QtPlayer`."""

    @property
    def moved(self) -> SignalInstance:
        """Signal of the second that is played now."""

    @property
    def ended(self) -> SignalInstance:
        """Signal that the file is over."""

    @property
    def failed(self) -> SignalInstance:
        """Signal that the file cannot be played."""

    def has_device(self) -> bool:
        """Return whether there is something that sounds."""

    def start(self, path: Path, from_s: float) -> None:
        """Play a file, in the place of what is played, from a second on."""

    def pause(self) -> None:
        """Be silent where it is."""

    def resume(self) -> None:
        """Go on from there."""

    def seek(self, to_s: float) -> None:
        """Go to a second, playing or not."""

    def release(self) -> None:
        """Close the file; nobody else can be kept from writing it by the time this returns."""

    def set_volume(self, share: float) -> None:
        """Set how loud it is, in [0, 1] as one hears it."""


def open_player(parent: QObject) -> Player | None:
    """Return what plays, None where this build of Qt cannot."""
    # It tells of every library of video that is missing; what matters here comes as an error.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    try:
        import PySide6.QtMultimedia  # noqa: F401
    except ImportError as error:  # a distribution's Qt may lack it
        _LOG.info("QtMultimedia cannot be loaded: %s", error)
        return None
    return QtPlayer(parent)


class QtPlayer(QObject):
    """A player on the device that the system says is the usual one."""

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
        self._file: QFile | None = None  # of a name that no URL can hold
        self._from_s: float | None = None  # where to begin once the file is loaded
        self._loaded = self._playing = False
        # Queued: who is told may close the file, which the player must not do to itself.
        later = Qt.ConnectionType.QueuedConnection
        self._media.mediaStatusChanged.connect(self._on_status, later)
        self._media.errorOccurred.connect(self._on_error, later)
        self._media.positionChanged.connect(self._on_position)
        self._devices.audioOutputsChanged.connect(self._take_device)

    def has_device(self) -> bool:
        """Return whether there is something that sounds."""
        return bool(self._devices.audioOutputs())

    def _take_device(self) -> None:
        """Play on what is the usual device now: headphones come and go."""
        from PySide6.QtMultimedia import QAudioDevice

        call_slot(
            self._output, "setDevice", Q_ARG(QAudioDevice, self._devices.defaultAudioOutput())
        )

    def start(self, path: Path, from_s: float) -> None:
        """Play a file, in the place of what is played, from a second on."""
        self.release()
        self._from_s, self._playing = from_s, True
        if _fits_url(path):
            call_slot(self._media, "setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))
            return
        try:
            self._file = _opened(path)
        except OSError as error:
            self._fail(str(error))
        else:
            self._media.setSourceDevice(self._file)

    def pause(self) -> None:
        """Be silent where it is."""
        self._playing = False
        if self._loaded:
            call_slot(self._media, "pause")

    def resume(self) -> None:
        """Go on from there."""
        self._playing = True
        if self._loaded:
            call_slot(self._media, "play")

    def seek(self, to_s: float) -> None:
        """Go to a second, playing or not."""
        if self._loaded:
            call_slot(self._media, "setPosition", _milliseconds(to_s))
        else:
            self._from_s = to_s

    def release(self) -> None:
        """Close the file; nobody else can be kept from writing it by the time this returns."""
        self._from_s, self._loaded, self._playing = None, False, False
        call_slot(self._media, "stop")
        call_slot(self._media, "setSource", Q_ARG(QUrl, QUrl()))  # waits for the threads that read
        if self._file is not None:
            self._file.close()
            self._file = None

    def set_volume(self, share: float) -> None:
        """Set how loud it is, in [0, 1] as one hears it."""
        from PySide6.QtMultimedia import QtAudio

        scale = QtAudio.VolumeScale
        linear = QtAudio.convertVolume(share, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._output.setVolume(linear)

    def _on_status(self, status: object) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        of = QMediaPlayer.MediaStatus
        if status != self._media.mediaStatus():
            return  # of the file before
        if status == of.LoadedMedia and self._from_s is not None:
            self._begin()
        elif status == of.EndOfMedia and self._loaded:
            self.ended.emit()

    def _begin(self) -> None:
        """Begin to play what is loaded now."""
        from_s, self._from_s = self._from_s or 0.0, None
        if not self._media.hasAudio() or not self._media.duration():  # an empty file has none
            self._fail("it has no sound")
            return
        self._loaded = True
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
    """Call a slot that may wait for threads of Qt, without Python's lock.

    Such a thread may want to log, which takes the lock (`app`): both would wait for ever.
    """
    QMetaObject.invokeMethod(of, slot, Qt.ConnectionType.DirectConnection, *args)


def _milliseconds(seconds: float) -> QGenericArgumentHolder:
    return Q_ARG("qlonglong", round(seconds * _MS))


def _fits_url(path: Path) -> bool:
    """Return whether Qt would find the file: a name of Linux may hold bytes that are no text."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _opened(path: Path) -> QFile:
    """Return a file that is open; its name is not told to Qt."""
    file = QFile()
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    file.open(
        descriptor, QIODevice.OpenModeFlag.ReadOnly, QFileDevice.FileHandleFlag.AutoCloseHandle
    )
    return file
