"""Makes a user's home as this version of the program leaves it, with its music, as one archive.

`python -m tests.helpers.old_home_making` is run once for each version that is released, on Linux;
later versions must open what it made (`old_home`). All is done by the command line and the window,
as a user does it. Times of files are whole seconds, which every archive keeps.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QInputDialog

from genretagger import __version__
from genretagger.core.resources import HOME_VARIABLE
from genretagger.gui.app import create_window
from genretagger.gui.cells.columns import Column
from genretagger.gui.widgets.item_views import ROW_ROLE
from genretagger.sample.acoustic import classical_strings, jazz
from genretagger.sample.catalogue import SampleTrack
from genretagger.sample.encoding import OPUS_64
from tests.helpers.classifier_library import fill
from tests.helpers.old_home import EXPECTED, OLD_PLACE, archive_of, decisions, hashes
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S

_MADE_S = 1_700_000_000
_SOUND = {"seconds": 3.2, "sample_rate_hz": 16_000}
# Name, genres in the tag.
_TRACKS = {
    "01 taken.wav": "",
    "02 typed, déjà vu.flac": "",
    "03 rejected.wav": "",
    "04 spelled.mp3": "hip hop",
    "05 spelled.mp3": "Hip-Hop",
    "06 written.m4a": "",
    "07 written.ogg": "Pop",
    "08 written, decided anew.aiff": "",
    "09 undone.mp3": "Rock",
    "10 undone.wav": "",
    "11 half undone.mp3": "",
    "12 half undone.aiff": "",
    "13 stays.wma": "",
    "14 undecided.opus": "Hip-Hop",
    "15 spelled, written.mp3": "hip hop",
}
# Music that the model is sure of: pieces of the sample library.
_MUSIC = {
    "16 accepted.opus": (jazz, 1),
    "17 accepted, written.opus": (jazz, 0),
    "18 by the own classifier.opus": (classical_strings, 0),
}
_SETTINGS = {
    "policy": "add",
    "accept_threshold": "0.65",
    "mapping": "hiphop=Rap; disco=Disco|Funk",
    "protected_genres": "Audiobook; Live",
    "rules": f"artist:Nick Drake=Folk; folder:{OLD_PLACE}/music/Talks",
    "language": "en",
    "theme": "dark",
    "text_size": "large",
    "effort": "gentle",
    "genres": "ten",
    "id3v23_separator": "; ",
    "sort_names": "false",
}


def main() -> None:
    """Make the home and its archive."""
    if OLD_PLACE.exists():
        sys.exit(f"{OLD_PLACE} exists already; move it away.")
    os.environ[HOME_VARIABLE] = str(OLD_PLACE / "home")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        music = _music()
        originals = hashes(music)
        for name, value in _SETTINGS.items():
            _genretagger("settings", name, value)
        _learn()
        _genretagger("analyse", music)
        _write_by_plans(music)
        _decide(music)
        _genretagger("history")
        _pack(originals)
    finally:
        shutil.rmtree(OLD_PLACE, ignore_errors=True)


def _music() -> Path:
    music = OLD_PLACE / "music"
    music.mkdir(parents=True)
    for number, (name, genre) in enumerate(_TRACKS.items()):
        encode(
            music / name,
            # Whole periods, so that what is not compressed takes no room in the archive.
            frequencies_hz=(125.0 * (number + 1),),
            channels=2 if name.endswith(".ogg") else 1,
            metadata={"title": name, "artist": "Nobody"} | ({"genre": genre} if genre else {}),
            **_SOUND,
        )
    for name, (piece, seed) in _MUSIC.items():
        track = SampleTrack(name, "", piece, seed, 4.0, OPUS_64, {"title": name})
        (music / name).write_bytes(track.content())
    for number, path in enumerate(sorted(music.iterdir())):
        os.utime(path, (_MADE_S + number, _MADE_S + number))
    return music


def _genretagger(*arguments: object, stdin: str | None = None, home: Path | None = None) -> str:
    environment = os.environ | ({HOME_VARIABLE: str(home)} if home else {})
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        timeout=LIMIT_S,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout


def _learn() -> None:
    """Learn a classifier in another home, whose store is large, and bring it here."""
    other = OLD_PLACE / "other"
    fill(other)
    _genretagger("personal", "learn", "My own", home=other)
    _genretagger("personal", "export", "My own", OLD_PLACE / "My own.npz", home=other)
    _genretagger("personal", "import", OLD_PLACE / "My own.npz")
    _genretagger("personal", "use", "My own")
    shutil.rmtree(other)
    (OLD_PLACE / "My own.npz").unlink()


def _write_by_plans(music: Path) -> None:
    """Write three batches; take the first one back, and one file of the second."""
    for words in (("09", "10"), ("11", "12"), ("13",)):
        paths = [path for path in sorted(music.iterdir()) if path.name.startswith(words)]
        lines = [{"path": str(path), "genres": ["Blues", f"Süß {path.name[:2]}"]} for path in paths]
        plan = "".join(json.dumps(line) + "\n" for line in lines)
        _genretagger("apply", "--plan", "-", "--policy", "replace", stdin=plan)
        time.sleep(1.1)  # a batch is named for the second in which it began
        if words[0] == "09":
            _genretagger("undo")
        elif words[0] == "11":
            _genretagger("undo", "--file", paths[0])


class _Window:
    """The window of the program, used as a user does."""

    def __init__(self, folder: Path) -> None:
        self.window = create_window(folder=folder)
        self.window.show()
        self.table = self.part("trackTable")
        self.rest()

    def part(self, name: str) -> Any:
        return self.window.findChild(QObject, name)

    def wait_for(self, name: str) -> Any:
        """Return a part once it is there, and what it reads has had time to come."""
        while self.part(name) is None:
            QTest.qWait(20)
        QTest.qWait(500)
        return self.part(name)

    def rest(self) -> None:
        """Wait until no job runs."""
        QTest.qWait(500)
        while not self.part("analyseAction").isEnabled():
            QTest.qWait(20)

    def index_of(self, number: str, column: int = 0) -> QModelIndex:
        model = self.table.model()
        (found,) = (
            model.index(position, column)
            for position in range(model.rowCount())
            if model.index(position, 0).data(ROW_ROLE).path.name.startswith(number)
        )
        return found

    def trigger(self, name: str, *numbers: str) -> None:
        """Trigger an action, on the tracks of these numbers if there are some."""
        if numbers:
            self.table.clearSelection()
        chosen = self.table.selectionModel()
        for number in numbers:
            flags = chosen.SelectionFlag
            chosen.select(self.index_of(number), flags.Select | flags.Rows)
        if not self.part(name).isEnabled():
            raise ValueError(name)
        self.part(name).trigger()
        QTest.qWait(50)

    def spell(self) -> None:
        """Give every genre one spelling."""
        self.trigger("spellingsAction")
        box = self.wait_for("spellingsDialog").findChild(QDialogButtonBox)
        box.button(QDialogButtonBox.StandardButton.Ok).click()
        QTest.qWait(300)

    def write(self) -> None:
        """Write what is accepted."""
        self.trigger("writeAction")
        self.wait_for("writePreviewDialog").findChild(QObject, "writeButton").click()
        self.rest()

    def save_filter(self, text: str, name: str) -> None:
        self.part("filterEdit").setText(text)
        QTest.qWait(500)
        self.trigger("saveFilterAction")
        dialog = self.window.findChild(QInputDialog, "saveFilterDialog")
        dialog.setTextValue(name)
        dialog.accept()
        self.part("filterEdit").clear()


def _decide(music: Path) -> None:
    """Open the window, decide in every way, write, save a filter, and close it."""
    app = QApplication([])
    window = _Window(music)
    window.trigger("takeSecondAction", "06", "07", "08")
    window.trigger("acceptAction", "17")
    window.spell()
    window.trigger("clearAction", "04")
    window.write()
    window.trigger("reviewAction")
    window.trigger("takeThirdAction", "08")
    window.trigger("takeFirstAction", "01")
    typed = window.index_of("02", Column.SUGGESTED)
    window.table.model().setData(typed, "Zydeco; Sunday déjà")
    window.trigger("rejectAction", "03")
    window.trigger("acceptAction", "16")
    window.trigger("acceptOwnAction", "18")
    window.spell()
    window.save_filter("genre:rock -state:written", "Rock, to do")
    QTest.qWait(1000)  # what is remembered is saved a moment later
    window.window.close()
    app.processEvents()


def _pack(originals: dict[str, list[object]]) -> None:
    home = OLD_PLACE / "home"
    for log in home.glob("genretagger.log*"):
        log.unlink()
    for name in ("store", "session"):
        with closing(sqlite3.connect(home / f"{name}.sqlite")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if name == "store":
                connection.execute("VACUUM")
    batches = [json.loads(line) for line in _genretagger("history", "--json").splitlines()]
    archive = archive_of(__version__)
    archive.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "version": __version__,
        "originals": originals,
        "files": hashes(OLD_PLACE / "music"),
        "settings": json.loads((home / "settings.json").read_text()),
        "decisions": decisions(home / "session.sqlite"),
        "batches": batches,
        "writes": {
            batch["batch"]: [
                json.loads(line)
                for line in _genretagger("history", batch["batch"], "--json").splitlines()
            ]
            for batch in batches
        },
        "report": json.loads(_genretagger("personal", "report", "My own", "--json")),
        "filters": json.loads((home / "window.json").read_text())["filters"],
    }
    for log in home.glob("genretagger.log*"):
        log.unlink()
    archive.with_name(EXPECTED).write_text(json.dumps(found, indent=1) + "\n")
    with tarfile.open(archive, "w:xz", preset=9) as tar:
        for part in ("home", "music"):
            tar.add(OLD_PLACE / part, part, filter=_without_owner)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main()
