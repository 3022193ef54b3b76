"""English text of every error, by key. One sentence (or two): what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "cancelled": "Stopped.",
    # Files and folders
    "path-missing": "{path} does not exist; check the spelling.",
    "folder-unreadable": "{path} cannot be opened ({reason}); its tracks are left out.",
    "file-unreadable": "{path} cannot be read ({reason}).",
    "file-not-regular": "{path} is not a regular file; it is left out.",
    # Hearing
    "format-unknown": "{path} is not an audio file that Genretagger knows.",
    "no-audio": "{path} holds no audio.",
    "decode-failed": "{path} cannot be decoded ({reason}); the file may be damaged.",
    "decoder-crashed": "{path} made the decoder crash; the file may be damaged.",
    "decoder-hung": "{path} was given up after {seconds} s; the file may be damaged.",
    "track-too-short": "{path} has {seconds} s of audio; at least {least} s are needed.",
    "track-silent": "{path} is silent; there is nothing to judge.",
    # Model
    "model-missing": "The model {name} is missing from {folder}; install Genretagger again.",
    "model-damaged": "The model file {name} does not match its checksum; install Genretagger again.",
    "model-manifest-invalid": "The manifest of the model in {folder} is not valid ({reason}); install Genretagger again.",
    "musicnn-missing": "The weights of musicnn are not installed; run `pip install --no-deps musicnn==0.1.0`.",
    "table-unreadable": "The table {path} cannot be read ({reason}).",
    "table-array-missing": "The table {path} has no array {array}, which the classifier needs.",
    "table-empty": "The table {path} has no row to score; check the split.",
    "audio-folder-empty": "{path} holds no audio that can be heard; it needs one folder per genre, such as blues.",
    "table-genre-unknown": "The table {path} holds a genre that the model does not know, {genre}.",
    "model-misfit": "The model {name} does not fit its manifest ({reason}).",
    # Store, settings
    "store-unusable": "The store {path} cannot be used ({reason}); it holds only results that can be computed again and may be deleted.",
    "store-newer": "The store {path} was made by a newer Genretagger; update the program.",
    "settings-unreadable": "The settings file {path} cannot be read ({reason}).",
    "settings-unwritable": "The settings file {path} cannot be written ({reason}); it is as it was.",
    "setting-unknown": "The settings file {path} names an unknown setting, {name}; remove it there, or update the program.",
    "setting-unnamed": "There is no setting {name}; see genretagger settings for those there are.",
    "setting-invalid": "The setting {name} cannot be {value}; it must be {allowed}.",
    # Session
    "session-unusable": "Your earlier decisions in {path} cannot be used ({reason}); until you move that file away, new ones are not kept.",
    "session-newer": "Your earlier decisions in {path} were saved by a newer Genretagger; update the program, until then new ones are not kept.",
    # Command line
    "verdict-unsure": "{path} is left out: the verdict is unsure ({why}).",
    "has-genre": "{path} is left out: it has a genre already, and only missing ones are filled.",
    "confidence-too-low": "{path} is left out: its confidence is only {confidence}.",
    "argument-unknown": "{argument} is neither a folder nor a subcommand; see genretagger --help.",
    "apply-needs-one-source": "Give either --plan FILE or PATHs to hear; see genretagger apply --help.",
    "apply-needs-confidence": "PATHs need --min-confidence, and a plan does not take it.",
    "selfcheck-failed": "The self-check failed at the step {step}; install Genretagger again.",
    # Plan
    "plan-unreadable": "The plan {path} cannot be read ({reason}).",
    "plan-not-json": "Line {line} of the plan is not a JSON object.",
    "plan-field-missing": 'Line {line} of the plan has no "{field}".',
    "plan-field-invalid": 'In line {line} of the plan, "{field}" must be {allowed}.',
    "plan-path-twice": "Entry {line} of the plan names {path} again; each file may stand there once.",
    # Tags
    "tags-unreadable": "The tags of {path} cannot be read ({reason}); the file may be damaged.",
    "tag-library-bug": "The tags of {path} made the tag library fail ({reason}); the file is left out.",
    "layout-broken": "{path} is cut off or damaged ({part}); nothing is written to it.",
    "container-read-only": "{path} is not written: files of the kind {container} are read-only for now.",
    "id3v22-read-only": "{path} is not written: its tag is ID3v2.2, which can be read only; convert it to ID3v2.3 or 2.4 first.",
    "apev2-genre": "{path} is not written: it has a second genre in an APEv2 tag, which would then differ; remove that tag first.",
    "apev2-damaged": "{path} is not written: it has an APEv2 tag that cannot be read; repair or remove that tag first.",
    "mp4-fragmented": "{path} is not written: it is a fragmented MP4, which is read-only for now.",
    # Writing
    "genre-empty": "No genre is given for {path}; name at least one.",
    "genre-invalid": "{genre} cannot be written to {path}: a genre is one line of visible text.",
    "file-changed": "{path} changed since it was looked at; look at it again.",
    "audio-changed": "{path} holds other audio than was judged; analyse it again.",
    "genre-changed": "The genre of {path} changed since it was looked at; look at it again.",
    "hard-links": "{path} is not written: it has several names (hard links), which a safe write would part.",
    "file-write-protected": "{path} is write-protected; allow writing to it first.",
    "frame-would-change": "{path} is not written: saving its tags would also change {frame}.",
    "genre-not-stored": "{path} is not written: its tags do not take the genre as it is.",
    "audio-would-change": "{path} is not written: saving its tags would also change what follows them.",
    "folder-write-protected": "{path} is not written: its folder is write-protected; allow writing to it first.",
    "disk-full": "{path} is not written: its folder has too little free space for a copy.",
    "write-failed": "{path} could not be written ({reason}); it is as it was.",
    "write-unsettled": "{path} cannot be read after its write ({reason}); what became of it is settled before the next one.",
    # Journal
    "journal-unusable": "The undo journal {path} cannot be used ({reason}); nothing more is written without it.",
    "journal-newer": "The undo journal was written by a newer Genretagger; update the program.",
    "journal-locked": "Another Genretagger (process {pid}) is writing; wait until it is done.",
    "batch-unknown": "There is no batch {batch} in the journal; see the history for those that are.",
    "genre-not-ours": "The genre of {path} was changed after it was written here; it is left alone.",
    "patch-damaged": "The journal's way back for {path} is damaged; the file is left alone.",
    "undo-file-missing": "{path} is not there any more; nothing is restored.",
    "rolled-back": "The write of {path} was interrupted; the file is as it was before.",
    "recovery-missing": "{path} is not there; its write was interrupted and is settled when the file is back.",
    "recovery-pending": "{path} is not written: an earlier write of it was interrupted and is not settled yet; try again.",
    "recovery-unclear": "{path} was changed by something else while its write was interrupted; it is left alone.",
}
