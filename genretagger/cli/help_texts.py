"""What the help and the manual page say of the program as a whole."""

from __future__ import annotations

from typing import Final, NamedTuple


class HelpExample(NamedTuple):
    """A line to type, and the sentence that says what it does."""

    line: str
    meaning: str


SHORT_DESCRIPTION: Final = "hear the genres of music files, and write those that you accept"
USAGE: Final = """\
genretagger [--debug] [FOLDER]
       genretagger [-h] [--version] [--debug] SUBCOMMAND ..."""
DESCRIPTION: Final = """\
Analyses the tracks of a music library, and writes the genres that you accept.

Without a subcommand, `genretagger [FOLDER]` opens the window: with the music below FOLDER, or on
its start page. A FOLDER that is named like a subcommand is given as ./FOLDER.

Genretagger works offline, never changes audio data, and can take back everything it wrote.
`genretagger SUBCOMMAND --help` says what a subcommand does and whether it writes anything.
"""
EXAMPLES: Final = (
    HelpExample("genretagger demo", "Analyse sample music, and show what was heard."),
    HelpExample("genretagger ~/Music", "Open the window on a folder."),
    HelpExample("genretagger analyse ~/Music", "Analyse every track; nothing is written."),
    HelpExample(
        "genretagger apply --min-confidence 0.9 ~/Music",
        "Write the genres that are sure enough, where a file has none.",
    ),
    HelpExample("genretagger undo", "Take back the last batch that was written."),
)
FILES: Final = {
    "settings": "the settings",
    "log": "the log; what was logged before is in .log.1 and .log.2",
    "journal": "the undo journal, a file for each batch: without it nothing can be taken back; the "
    "setting keep_history_days says when a batch is old enough to go",
    "personal": "the personal classifiers",
    "session": "what you decided in the window",
    "store": "what was heard; may be deleted, then it is heard again",
}
ENVIRONMENT: Final = {
    "GENRETAGGER_HOME": "another data folder: settings, results, log and undo journal",
    "GENRETAGGER_LOG": "debug does what --debug does; info is the default",
    "XDG_DATA_HOME": "where Linux keeps the data of programs, without GENRETAGGER_HOME",
}
MANUAL: Final = (
    "F1 in the window opens the manual; it is also in the folder manual of the program. "
    "`man genretagger` has all subcommands and options."
)
