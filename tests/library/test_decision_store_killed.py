"""Decisions that were saved outlive a process that dies, and another that saves beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision

_DIES = """
import os, sys
from pathlib import Path
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision

session = DecisionStore(Path(sys.argv[1]))
decision = Decision(Action.ACCEPT, ("Hip-Hop",), respells=True)
session.save([StoredDecision("digest", Path("/m/a"), decision)])
os._exit(9)
"""


def test_a_killed_process_loses_no_decision_and_harms_no_other_window(tmp_path):
    place = tmp_path / "session.sqlite"
    session = DecisionStore(place)
    session.save([StoredDecision("other", Path("/m/b"), Decision(Action.REJECT))])
    died = subprocess.run([sys.executable, "-c", _DIES, str(place)], check=False)
    assert died.returncode == 9
    expected = Decision(Action.ACCEPT, ("Hip-Hop",), respells=True)
    assert session.find_all().find("digest", path=Path("/m/a")) == expected
    session.save([StoredDecision("third", Path("/m/c"), Decision(Action.REJECT))])
    session.close()
    again = DecisionStore(place)
    assert again.find_all().find("digest", path=Path("/m/a")) == expected
    assert again.find_all().find("other", path=Path("/m/b")) == Decision(Action.REJECT)
    again.close()
