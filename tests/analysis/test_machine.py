"""How many workers hear at once follows processors, memory, battery and the setting."""

from __future__ import annotations

import sys

import pytest

from genretagger.analysis import machine
from genretagger.analysis.machine import Machine
from genretagger.core.settings import Effort

GIB = 1 << 30


@pytest.mark.parametrize(
    ("effort", "on_mains", "on_battery"),
    [(Effort.GENTLE, 4, 2), (Effort.NORMAL, 8, 4), (Effort.ALL, 8, 8)],
)
def test_the_setting_says_how_many_processors_hear(effort, on_mains, on_battery):
    assert Machine(8, None, on_battery=False).n_workers(effort) == on_mains
    assert Machine(8, 64 * GIB, on_battery=True).n_workers(effort) == on_battery


@pytest.mark.parametrize("effort", Effort)
def test_little_memory_is_for_few_workers_but_one_always_hears(effort):
    assert Machine(8, GIB // 2, on_battery=False).n_workers(effort) == 2
    assert Machine(1, 0, on_battery=True).n_workers(effort) == 1


def test_this_computer_has_processors_and_memory():
    here = Machine.look()
    assert here.n_cores >= 1
    if sys.platform == "linux":
        assert here.free_bytes > 0


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return a function that makes the files in which Linux tells about memory and containers."""
    monkeypatch.setattr(machine, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(machine, "_CONTAINER", tmp_path)

    def told(**texts):
        for name, text in texts.items():
            (tmp_path / name.replace("_", ".")).write_text(text)

    return told


@pytest.mark.parametrize("texts", [{"meminfo": "MemFree: 4 kB\n"}, {}])
def test_a_system_that_does_not_tell_its_memory_has_no_limit(told, texts):
    told(**texts)
    assert Machine.look().free_bytes is None


def test_available_memory_counts_what_caches_give_back(told):
    told(meminfo="MemFree:  1024 kB\nMemAvailable:  2048 kB\n", memory_max="max\n")
    assert Machine.look().free_bytes == 2 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="containers of Linux")
def test_a_container_has_no_more_than_its_part_of_the_computer(told):
    told(meminfo="MemAvailable: 8388608 kB\n", memory_max="1048576\n", cpu_max="50000 100000\n")
    here = Machine.look()
    assert (here.n_cores, here.free_bytes) == (1, 1 << 20)


def test_a_container_without_limits_has_the_whole_computer(told):
    n_cores = Machine.look().n_cores
    told(cpu_max="max 100000\n")
    assert Machine.look().n_cores == n_cores


MAINS = {"type": "Mains", "online": "1"}
BATTERY = {"type": "Battery", "status": "Discharging"}
FULL = {"type": "Battery", "status": "Full"}
MOUSE = BATTERY | {"scope": "Device"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="power supplies of Linux")
@pytest.mark.parametrize(
    ("supplies", "is_on_battery"),
    [([], False), ([MAINS, FULL], False), ([MAINS, MOUSE], False), ([MOUSE, BATTERY], True)],
)
def test_only_a_battery_that_the_computer_drains_counts(
    supplies, is_on_battery, tmp_path, monkeypatch
):
    for position, supply in enumerate(supplies):
        folder = tmp_path / f"supply{position}"
        folder.mkdir()
        for name, value in supply.items():
            (folder / name).write_text(f"{value}\n")
    monkeypatch.setattr(machine, "_SUPPLIES", tmp_path)
    assert Machine.look().on_battery is is_on_battery


def test_a_system_without_a_list_of_supplies_is_on_mains(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_SUPPLIES", tmp_path / "none")
    assert not Machine.look().on_battery
