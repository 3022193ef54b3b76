"""What lies in a folder that is shown is no folder of its own."""

from __future__ import annotations

from pathlib import Path

from genretagger.gui.jobs.roots import with_added


def test_only_what_is_not_shown_yet_is_added_and_once():
    a, b = Path("/music/a"), Path("/music/b")
    assert with_added((a,), [b, a, b, a / "deep" / "x.mp3", Path("/music/aa")]) == (
        *(a, b),
        Path("/music/aa"),
    )
    assert with_added((), [b]) == (b,)
    assert with_added((a,), [Path("/music")]) == (a, Path("/music"))
