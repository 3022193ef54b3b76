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


@pytest.mark.parametrize("text", ["MemFree: 4 kB\n", "MemAvailable: many kB\n", None])
def test_a_system_that_does_not_tell_its_memory_has_no_limit(tmp_path, text):
    if text is not None:
        (tmp_path / "meminfo").write_text(text)
    assert machine._free_bytes(tmp_path / "meminfo") is None


def test_available_memory_counts_what_caches_give_back(tmp_path):
    (tmp_path / "meminfo").write_text("MemFree:  1024 kB\nMemAvailable:  2048 kB\n")
    assert machine._free_bytes(tmp_path / "meminfo") == 2 << 20


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
