"""The window of the bundle: it comes up, in every environment, and says nothing unexpected."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, wait_for
from tests.helpers.x_server import unseen_screen

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send"),
]
_QUIET = {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}  # Qt warns of other alphabets


class Window:
    """The program with a window, and what it logs."""

    def __init__(self, program, home, *arguments, **variables):
        self.log = home / "genretagger.log"
        self.process = subprocess.Popen(
            [program, *arguments],
            env=_QUIET | {"GENRETAGGER_HOME": str(home)} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self, words):
        """Return whether the log has `words`; fail once the program has ended."""
        assert self.process.poll() is None, self.process.communicate()
        return self.log.exists() and words in self.log.read_text(encoding="utf-8")

    def close(self):
        """Close the window; fail if the program printed anything or did not end well."""
        self.process.send_signal(signal.SIGINT)
        printed = self.process.communicate(timeout=LIMIT_S)
        assert (printed, self.process.returncode) == (("", ""), 0)
        logged = self.log.read_text(encoding="utf-8")
        bad = [line for line in logged.splitlines() if " ERROR " in line or " WARNING " in line]
        assert bad == []


@contextmanager
def window(program, home, *arguments, **variables):
    shown = Window(program, home, *arguments, **variables)
    try:
        wait_for(lambda: shown.said("window ready"))
        yield shown
        shown.close()
    finally:
        shown.process.kill()
        shown.process.communicate()


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_comes_up_in_both_languages(program, home, language):
    home.mkdir()
    (home / "settings.json").write_text(f'{{"language": "{language}"}}', encoding="utf-8")
    with window(program, home) as shown:
        assert not shown.said("no translation")


def test_it_hears_a_folder(program, home, tmp_path):
    music = tmp_path / "música nueva"
    music.mkdir()
    encode(music / "ü.mp3", seconds=4, noise=0.2)
    with window(program, home, music) as shown:
        wait_for(lambda: shown.said("analysed 1 tracks"))


@pytest.mark.skipif(sys.platform != "linux", reason="as fontconfig finds fonts")
def test_it_needs_no_font_but_dejavu(program, home, tmp_path):
    fonts = Path("/usr/share/fonts/truetype/dejavu")
    if not fonts.is_dir():
        pytest.skip("no DejaVu fonts here")
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    with window(program, home, FONTCONFIG_FILE=str(configuration)):
        pass


def test_two_windows_at_once(program, home):
    with window(program, home), window(program, home.with_name("other home")):
        pass


def test_it_comes_up_where_nothing_can_be_kept(program, tmp_path):
    """As the log cannot be written either, the processor's rest tells that the window waits."""
    process = subprocess.Popen(
        [program],
        env=_QUIET | {"HOME": "/proc"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=5)  # longer on a slow machine changes nothing
    finally:
        process.send_signal(signal.SIGINT)
        printed = process.communicate(timeout=LIMIT_S)
    assert (printed, process.returncode) == (("", ""), 0)


@pytest.fixture
def screen(tmp_path):
    """Return variables that name an X server, and a sound server without speakers."""
    missing = [name for name in ("xdotool", "pulseaudio") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    socket = tmp_path / "sound"
    places = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    sound = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error"),
            *("--load", "module-null-sink"),
            *("--load", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
        ],
        env=os.environ | places,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(socket.exists)
        with unseen_screen() as display:
            named = {"DISPLAY": display, "PULSE_SERVER": f"unix:{socket}"}
            yield places | named | {"QT_QPA_PLATFORM": "xcb"}
    finally:
        sound.terminate()
        sound.wait(LIMIT_S)


def test_it_plays_by_the_keyboard(program, home, tmp_path, screen):
    encode(tmp_path / "a.mp3", seconds=20, noise=0.2)

    def press(key):
        typed = {"PATH": os.environ["PATH"], "DISPLAY": screen["DISPLAY"]}
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Genretagger"],
            env=typed,
            capture_output=True,
            text=True,
            check=True,
        )
        name = found.stdout.split()[-1]
        subprocess.run(
            ["xdotool", "windowfocus", "--sync", name, "key", key], env=typed, check=True
        )

    with window(program, home, tmp_path / "a.mp3", **screen) as shown:
        wait_for(lambda: shown.said("analysed 1 tracks"))
        press("space")
        wait_for(lambda: shown.said("plays from"))
        assert not shown.said("cannot be played")
