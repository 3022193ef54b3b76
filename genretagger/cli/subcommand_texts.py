"""What the help and the manual page say of each subcommand, with examples that can be typed.

A line of an example has at most 56 characters, so that it fits a terminal of 60 columns.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from genretagger.cli.help_texts import HelpExample


class SubcommandHelp(NamedTuple):
    """The help of a subcommand: its line in the list of all, what its own begins and ends with."""

    line: str
    description: str
    examples: tuple[HelpExample, ...]


SUBCOMMANDS: Final = {
    "analyse": SubcommandHelp(
        "analyse tracks; print the genre heard beside the file's own",
        "Analyses every track at or below each PATH, and prints the genre heard, how sure that is, "
        "and the genre in the file now. Your files stay as they are. What was analysed is kept, "
        "so that the next time is fast.",
        (
            HelpExample("genretagger analyse ~/Music", "Print a line for each track."),
            HelpExample(
                "genretagger analyse --csv ~/Music > heard.csv",
                "Make a table that a spreadsheet opens.",
            ),
            HelpExample(
                "genretagger analyse --json ~/Music > heard.jsonl",
                "Tell a script all that is known of each track.",
            ),
            HelpExample(
                "genretagger analyse --no-cache ~/Music/song.flac",
                "Analyse a file again, though it is known already.",
            ),
        ),
    ),
    "watch": SubcommandHelp(
        "analyse what is in folders, then whatever comes",
        "Analyses what is in each FOLDER, then whatever comes, until you stop it (Ctrl-C). Your "
        "files stay as they are.",
        (
            HelpExample("genretagger watch ~/Music", "Print a line for each track, old and new."),
            HelpExample(
                "genretagger watch --json /srv/music >> heard.jsonl",
                "The same for a script, on a server.",
            ),
        ),
    ),
    "apply": SubcommandHelp(
        "write genres, from a plan or as heard",
        "Writes genres into files: those of a plan (--plan), or those heard of every track at or "
        "below each PATH (--min-confidence). Unsure tracks are left alone. Only the genre changes, "
        "`genretagger undo` takes it back, and --dry-run says before what would be written.",
        (
            HelpExample(
                "genretagger apply --min-confidence 0.9 --dry-run ~/Music",
                "Say what would be written; write nothing.",
            ),
            HelpExample(
                "genretagger apply --min-confidence 0.9 ~/Music",
                "Write what is sure enough, into files without a genre.",
            ),
            HelpExample(
                "genretagger apply --plan plan.jsonl",
                "Write what you decided in the window, and exported there as a plan.",
            ),
            HelpExample(
                "genretagger apply --plan plan.jsonl --policy add",
                "The same, but keep existing genres where the plan does not say otherwise.",
            ),
        ),
    ),
    "undo": SubcommandHelp(
        "take back what was written, all at once or by file",
        "Takes back a batch, which is what one apply, or one Write in the window, wrote: without "
        "BATCH the last one. Files that others changed since keep these changes.",
        (
            HelpExample("genretagger undo", "Take back the last batch."),
            HelpExample(
                "genretagger undo 20261201T101500Z-2f81",
                "Take back one batch, by the name that history shows.",
            ),
            HelpExample(
                "genretagger undo --file ~/Music/song.flac",
                "Take back the last write of one file.",
            ),
            HelpExample(
                "genretagger undo --search ~/Archive",
                "Take back the last batch, also where its files were moved to.",
            ),
        ),
    ),
    "history": SubcommandHelp(
        "list what was written; export the undo journal",
        "Lists every batch written so far, newest first, or the files of one BATCH, or with "
        "--export all that the undo journal holds. Your files stay as they are.",
        (
            HelpExample("genretagger history", "List all batches."),
            HelpExample(
                "genretagger history 20261201T101500Z-2f81",
                "List the files of one batch, with their genres before and after.",
            ),
            HelpExample(
                "genretagger history --export --patches > undo.jsonl",
                "Make a backup of the undo journal.",
            ),
        ),
    ),
    "playlists": SubcommandHelp(
        "make a playlist for each genre",
        "Makes a playlist (M3U8) for each genre of the tracks at or below each PATH. Tracks that "
        "are not known yet are analysed first. Your music files stay as they are.",
        (
            HelpExample(
                "genretagger playlists ~/Music --to ~/Playlists",
                "Make a playlist for each genre that the files have once all is written.",
            ),
            HelpExample(
                "genretagger playlists ~/Music --to ~/Lists --by now",
                "Take the genres that are in the files now.",
            ),
            HelpExample(
                "genretagger playlists ~/Music --to ~/Lists --replace",
                "Make them anew, in place of those that are there.",
            ),
        ),
    ),
    "personal": SubcommandHelp(
        "learn your own genres from your tags",
        "Your own genres: a personal classifier learns them from the tags of the tracks that were "
        "analysed. `genretagger personal ACTION --help` says more.",
        (
            HelpExample(
                "genretagger personal learn Mine",
                "Learn the genres in the tags of all tracks that were analysed.",
            ),
            HelpExample("genretagger personal use Mine", "Use what was learned from now on."),
            HelpExample("genretagger personal list", "List what was learned, and what is in use."),
        ),
    ),
    "settings": SubcommandHelp(
        "list the settings, or change one",
        "Lists all settings, shows the one called NAME, or changes it to VALUE. The window has "
        "the same ones.",
        (
            HelpExample("genretagger settings", "List all settings, with what they mean."),
            HelpExample("genretagger settings keep_dates no", "Change a setting."),
            HelpExample(
                'genretagger settings mapping "hiphop=Rap; disco=Funk"',
                "Write other names than those of the program.",
            ),
        ),
    ),
    "demo": SubcommandHelp(
        "show what the program does, without a window",
        "Analyses sample music, which is removed in the end, or your music at PATH; shows what "
        "was heard and what `genretagger apply` would write. Nothing is written.",
        (
            HelpExample("genretagger demo", "Show it with sample music, in half a minute."),
            HelpExample("genretagger demo ~/Music", "Show it with your music."),
        ),
    ),
    "sample-music": SubcommandHelp(
        "make a small library to try things with",
        "Makes some twenty files of synthesised sounds in FOLDER, to try the program with. "
        "Delete them whenever you like.",
        (
            HelpExample("genretagger sample-music ~/Samples", "Make the files in a new folder."),
            HelpExample("genretagger analyse ~/Samples", "Analyse what was made."),
        ),
    ),
    "self-check": SubcommandHelp(
        "try the whole program on a built-in sound",
        "Analyses a built-in sound, writes its genre into a copy and takes that back, in a "
        "temporary folder. Your files stay as they are.",
        (
            HelpExample("genretagger self-check", "Say in one line whether the program works."),
            HelpExample(
                "genretagger self-check --debug", "The same with every detail, for a bug report."
            ),
        ),
    ),
    "report": SubcommandHelp(
        "print what a bug report needs",
        "Prints what whoever mends the program needs to know: versions, the system, settings that "
        "differ from their defaults, and the last lines of the log. Paths and names of yours are "
        "numbered placeholders in it.",
        (
            HelpExample("genretagger report", "Print it, to be copied into a bug report."),
            HelpExample("genretagger report --names > report.txt", "Keep your paths and names."),
        ),
    ),
}

PERSONAL_ACTIONS: Final = {
    "learn": SubcommandHelp(
        "learn your genres from the tags of analysed tracks; show how well",
        "Learns your genres from the tags of analysed tracks, shows how well that works on artists "
        "that were not learned from, and saves the classifier. Your files stay as they are.",
        (
            HelpExample(
                "genretagger personal learn Mine", "Learn from all tracks analysed so far."
            ),
            HelpExample(
                "genretagger personal learn Mine ~/Music", "Learn from the tracks below a folder."
            ),
            HelpExample(
                "genretagger personal learn Mine --again",
                "Learn the same genres anew, after an update or with more tracks.",
            ),
        ),
    ),
    "list": SubcommandHelp(
        "list the personal classifiers",
        "Lists the personal classifiers, how well each tells genres apart, and which is in use.",
        (
            HelpExample("genretagger personal list", "Print a line for each classifier."),
            HelpExample("genretagger personal list --json", "The same for a script."),
        ),
    ),
    "report": SubcommandHelp(
        "show how well a classifier tells its genres apart",
        "Shows how well a classifier tells its genres apart, as it was measured when it learned.",
        (
            HelpExample("genretagger personal report Mine", "Print a line for each genre."),
            HelpExample("genretagger personal report Mine --json", "The same for a script."),
        ),
    ),
    "use": SubcommandHelp(
        "use a classifier from now on, beside the ten genres",
        "Uses a classifier from the next analysis on, beside the ten genres or instead of them, or "
        "uses none any more.",
        (
            HelpExample(
                "genretagger personal use Mine", "Show its genre beside that of the model."
            ),
            HelpExample("genretagger personal use Mine --instead", "Suggest its genres only."),
            HelpExample(
                "genretagger personal use --none", "Suggest the genres of the model again."
            ),
        ),
    ),
    "export": SubcommandHelp(
        "write a classifier to a file",
        "Writes a classifier to a new file, for another computer or as a backup.",
        (
            HelpExample("genretagger personal export Mine mine.npz", "Write it to a file."),
            HelpExample(
                "genretagger personal export Mine ~/mine.npz", "Write it to your home folder."
            ),
        ),
    ),
    "import": SubcommandHelp(
        "take a classifier from a file",
        "Takes a classifier from a file that export wrote. It is not in use before you say so.",
        (
            HelpExample("genretagger personal import mine.npz", "Take it by the name of the file."),
            HelpExample("genretagger personal import mine.npz Theirs", "Give it another name."),
        ),
    ),
    "delete": SubcommandHelp(
        "delete a classifier, and end its use",
        "Deletes a classifier, and ends its use. What was written into files stays.",
        (
            HelpExample("genretagger personal export Mine mine.npz", "Keep a copy of it before."),
            HelpExample("genretagger personal delete Mine", "Delete it."),
        ),
    ),
}
