"""Slices of a fixed size, whatever the machine does in the time of a turn."""

from __future__ import annotations

from genretagger.gui.tracks import slices


def cut_into(monkeypatch, n_rows):
    """Let every slice have `n_rows` rows, but for the last one."""
    monkeypatch.setattr(slices, "ROWS_PER_SLICE", n_rows)
    monkeypatch.setattr(slices, "MOST_ROWS", n_rows)
