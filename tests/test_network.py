"""Nothing leaves the machine: the whole flow without a network, and no socket but local ones."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.waiting import LIMIT_S
from tests.helpers.x_server import unseen_screen

ROOT = Path(__file__).resolve().parents[1]
FLOW = (sys.executable, "-m", "tests.helpers.whole_flow")
APART = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
TRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-e", "signal=none", "-o")
# Whom a program on a desktop talks to on the same machine. In the flow none of them appears; the
# window on a display opens the first two (Qt). A name service could ask the network for us.
LOCAL = {
    "the display": r"/\.X11-unix/X\d+",
    "the bus of the session": r"/dbus-|/run/user/\d+/bus|/at-spi/",
    "the cache of users' names": r"/run/nscd/socket",
}
OPENED = re.compile(r"\b(?:socket|socketpair)\((?P<family>\w+)")
NAMED = re.compile(r"\b(?:connect|sendto|bind)\(.*?sun_path=(?P<path>@?\"[^\"]*\")")


@pytest.fixture(scope="module")
def apart():
    """Return the command that runs another one in a namespace without a network."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("no unshare, to take the network away")
    for command in APART:
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("no namespace without a network is permitted here")


@pytest.fixture(scope="module")
def strace():
    """Skip where system calls cannot be traced."""
    if shutil.which(TRACE[0]) is None:
        pytest.skip("no strace, to see system calls")
    done = subprocess.run([*TRACE, os.devnull, "true"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("strace is not permitted here")


def run(*command, **environment):
    return subprocess.run(
        [*map(str, command)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=2 * LIMIT_S,
        check=False,
    )


def families(trace):
    """Return the families of the sockets that were opened."""
    return [found["family"] for found in OPENED.finditer(trace.read_text())]


def outsiders(trace):
    """Return what was opened or named that is not on this machine."""
    names = [found["path"] for found in NAMED.finditer(trace.read_text())]
    return [
        *(family for family in families(trace) if family != "AF_UNIX"),
        *(name for name in names if not any(re.search(local, name) for local in LOCAL.values())),
    ]


ANSWERS = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"


def test_where_there_is_no_network_nobody_is_reached(apart):
    with socket.create_server(("127.0.0.1", 0)) as server:
        call = (sys.executable, "-c", ANSWERS, server.getsockname()[1])
        assert run(*call).returncode == 0
        assert "unreachable" in run(*apart, *call).stderr


@pytest.mark.slow
def test_the_whole_flow_needs_no_network(apart, tmp_path):
    done = run(*apart, *FLOW, tmp_path)
    assert done.returncode == 0, done.stderr


CALLS_OUT = """
import multiprocessing, socket, threading

def call():
    thread = threading.Thread(target=socket.socket, args=(socket.{family}, socket.SOCK_DGRAM))
    thread.start()
    thread.join()

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=call)
    process.start()
    process.join()
"""


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"])
def test_a_socket_of_a_worker_process_is_noticed(strace, tmp_path, family):
    script, trace = tmp_path / "calls_out.py", tmp_path / "trace"
    script.write_text(CALLS_OUT.replace("{family}", family))
    assert run(*TRACE, trace, sys.executable, script).returncode == 0
    assert outsiders(trace) == [family]


ASKS = """
import socket
with socket.socket(socket.AF_UNIX) as asking:
    asking.connect_ex({path!r})
"""


@pytest.mark.parametrize(
    ("path", "is_local"),
    [
        ("/run/systemd/resolve/io.systemd.Resolve", False),
        ("\0/tmp/.X11-unix/X99", True),
        ("/run/user/1000/bus", True),
    ],
)
def test_a_service_that_asks_the_network_for_us_is_noticed(strace, tmp_path, path, is_local):
    trace = tmp_path / "trace"
    assert run(*TRACE, trace, sys.executable, "-c", ASKS.format(path=path)).returncode == 0
    assert families(trace) == ["AF_UNIX"]
    assert (outsiders(trace) == []) is is_local


@pytest.mark.slow
def test_the_whole_flow_opens_no_socket_to_the_outside(strace, tmp_path):
    trace = tmp_path / "trace"
    (tmp_path / "flow").mkdir()
    done = run(*TRACE, trace, *FLOW, tmp_path / "flow")
    assert done.returncode == 0, done.stderr
    assert trace.exists()
    assert outsiders(trace) == []


@pytest.mark.slow
def test_the_window_on_a_display_talks_to_this_desktop_only(strace, tmp_path):
    if shutil.which("dbus-run-session") is None:
        pytest.skip("no dbus-run-session, to have a desktop")
    trace, log = tmp_path / "trace", tmp_path / "home" / "genretagger.log"
    traced = (*TRACE, trace, sys.executable, "-m", "tests.helpers.whole_flow", "--window", tmp_path)
    with unseen_screen() as display:
        desktop = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        done = run("dbus-run-session", "--", *traced, **desktop)
    assert done.returncode == 0, done.stderr
    assert "window ready" in log.read_text()
    assert set(families(trace)) == {"AF_UNIX"}
    assert outsiders(trace) == []
