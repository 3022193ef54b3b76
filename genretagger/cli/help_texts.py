"""What the help says of the program and of each subcommand."""

from __future__ import annotations

from typing import Final, NamedTuple


class SubcommandHelp(NamedTuple):
    """The help of a subcommand: its line in the list of all, and what its own help begins with."""

    line: str
    description: str


DESCRIPTION: Final = """\
Analyses the tracks of a music library, and writes the genres that you accept.

Without a subcommand, `genretagger [FOLDER]` opens the window. Genretagger works offline, never
changes audio data, and can take back everything it wrote. `genretagger SUBCOMMAND --help` says
what a subcommand does and whether it writes anything.
"""
EXAMPLES: Final = """\
examples:
  genretagger demo                                    analyse sample music; show what was heard
  genretagger ~/Music                                 open the window on a folder
  genretagger analyse ~/Music                         analyse every track; nothing is written
  genretagger analyse --csv ~/Music > heard.csv       the same, as a table for spreadsheets
  genretagger analyse --json ~/Music > heard.jsonl    the same, for scripts
  genretagger watch --json /srv/music                 analyse what comes, until it is stopped
  genretagger apply --min-confidence 0.9 --dry-run ~/Music
                                                      say what would be written
  genretagger apply --min-confidence 0.9 ~/Music      write the confident genres where none is
  genretagger apply --plan plan.jsonl                 write what the window exported as a plan
  genretagger undo                                    take back the last batch
  genretagger undo --file song.mp3                    take back the last write of one file
  genretagger playlists ~/Music --to ~/Playlists      make a playlist for each genre
  genretagger personal learn Mine                     learn your genres from your tags
  genretagger settings keep_dates no                  change a setting

exit status: 0 all well, 1 some file was refused or failed (each is named), 2 nothing was
started, 130 stopped by Ctrl-C, 143 by SIGTERM.

environment: GENRETAGGER_HOME moves settings, results, log and undo journal;
GENRETAGGER_LOG=debug does what --debug does, GENRETAGGER_LOG=info is the default.
"""

SUBCOMMANDS: Final = {
    "analyse": SubcommandHelp(
        "analyse tracks; print the genre heard beside the file's own",
        "Analyses every track at or below each PATH, and prints the genre heard, how sure that is, "
        "and the genre in the file now. Your files stay as they are. What was analysed is kept, "
        "so that the next time is fast.",
    ),
    "watch": SubcommandHelp(
        "analyse what is in folders, then whatever comes",
        "Analyses what is in each FOLDER, then whatever comes, until you stop it (Ctrl-C). Your "
        "files stay as they are.",
    ),
    "apply": SubcommandHelp(
        "write genres, from a plan or as heard",
        "Writes genres into files: those of a plan (--plan), or those heard of every track at or "
        "below each PATH (--min-confidence). Unsure tracks are left alone. Only the genre changes, "
        "`genretagger undo` takes it back, and --dry-run says before what would be written.",
    ),
    "undo": SubcommandHelp(
        "take back what was written, all at once or by file",
        "Takes back a batch, which is what one apply, or one Write in the window, wrote: without "
        "BATCH the last one. Files that others changed since keep these changes.",
    ),
    "history": SubcommandHelp(
        "list what was written; export the undo journal",
        "Lists every batch written so far, newest first, or the files of one BATCH, or with "
        "--export all that the undo journal holds. Your files stay as they are.",
    ),
    "playlists": SubcommandHelp(
        "make a playlist for each genre",
        "Makes a playlist (M3U8) for each genre of the tracks at or below each PATH. Tracks that "
        "are not known yet are analysed first. Your music files stay as they are.",
    ),
    "personal": SubcommandHelp(
        "learn your own genres from your tags",
        "Your own genres: a personal classifier learns them from the tags of the tracks that were "
        "analysed. `genretagger personal ACTION --help` says more.",
    ),
    "settings": SubcommandHelp(
        "list the settings, or change one",
        "Lists all settings, shows the one called NAME, or changes it to VALUE. The window has "
        "the same ones.",
    ),
    "demo": SubcommandHelp(
        "show what the program does, without a window",
        "Analyses sample music, which is removed in the end, or your music at PATH; shows what "
        "was heard and what `genretagger apply` would write. Nothing is written.",
    ),
    "sample-music": SubcommandHelp(
        "make a small library to try things with",
        "Makes some twenty files of synthesised sounds in FOLDER, to try the program with. "
        "Delete them whenever you like.",
    ),
    "self-check": SubcommandHelp(
        "try the whole program on a built-in sound",
        "Analyses a built-in sound, writes its genre into a copy and takes that back, in a "
        "temporary folder. Your files stay as they are.",
    ),
}
