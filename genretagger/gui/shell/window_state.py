"""Remembers the window's shape and open folders until the next start.

One small JSON file; decisions are not in it (`library.decision_store`), so it may be deleted at any
time.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QByteArray, QObject, QTimer

from genretagger.core.files.atomic import replace_file

_SAVE_AFTER_MS = 500
_PATIENCE_S = 0.3
_LOG = logging.getLogger(__name__)


class WindowState(QObject):
    """Values by key, saved soon after they change; unreadable values are forgotten.

    Parameters
    ----------
    path : Path
        The file; read by a thread of its own, which is waited for a moment: the window's shape is
        needed before it is shown, but a dead disk must not keep it from being shown. What is read
        too late is not used, and stays in the file.
    """

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="genretagger-memory")
        self._closed = False
        self._values: dict[str, object] = {}
        self._found = self._pool.submit(_read, path)
        with suppress(TimeoutError):
            self._values = dict(self._found.result(timeout=_PATIENCE_S))
        self._timer = QTimer(self, interval=_SAVE_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._save)

    def value(self, key: str) -> object | None:
        """Return the JSON value remembered under `key`, None if there is none."""
        return self._values.get(key)

    def set_value(self, key: str, value: object) -> None:
        """Remember a JSON value under `key`."""
        if self._values.get(key) != value and not self._closed:
            self._values[key] = value
            self._timer.start()

    def paths(self, key: str) -> list[Path]:
        """Return the paths remembered under `key`."""
        value = self._values.get(key)
        return _decode_paths(value) if isinstance(value, list) else []

    def set_paths(self, key: str, paths: Iterable[Path]) -> None:
        """Remember paths as percent-encoded texts, because their names may hold any bytes."""
        self.set_value(key, [quote_from_bytes(os.fsencode(path)) for path in paths])

    def layout(self, key: str) -> QByteArray:
        """Return the remembered Qt state of a widget, empty if there is none."""
        value = self._values.get(key)
        return QByteArray.fromBase64(value.encode()) if isinstance(value, str) else QByteArray()

    def set_layout(self, key: str, state: QByteArray) -> None:
        """Remember the Qt state of a widget."""
        self.set_value(key, bytes(state.toBase64().data()).decode())

    def close(self) -> None:
        """Save pending changes; later changes are not saved."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()
        self._closed = True
        self._pool.shutdown(wait=True)

    def _save(self) -> None:
        # Keep stored values that arrived too late to be used, for example saved filters.
        known = dict(self._values)
        self._pool.submit(lambda: _write(self._path, {**self._found.result(), **known}))


def _decode_paths(texts: list[object]) -> list[Path]:
    """Return the paths that `set_paths` encoded; ignore anything else."""
    encoded = (text for text in texts if isinstance(text, str) and text)
    paths = (Path(os.fsdecode(unquote_to_bytes(text))) for text in encoded)
    return [path for path in paths if path.is_absolute() and "\0" not in str(path)]


def _read(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        _LOG.info("%s is not used: %s", path, error)
        return {}
    return value if isinstance(value, dict) else {}


def _write(path: Path, values: dict[str, object]) -> None:
    """Write the file; ignore errors, because the window's shape is not worth a message."""
    try:
        replace_file(path, json.dumps(values).encode())
    except OSError as error:
        _LOG.info("%s cannot be written: %s", path, error)
