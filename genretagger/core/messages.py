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
    "table-genre-unknown": "The table {path} holds a genre that the model does not know, {genre}.",
    "model-misfit": "The model {name} does not fit its manifest ({reason}).",
    # Store, settings
    "store-unusable": "The store {path} cannot be used ({reason}); it holds only results that can be computed again and may be deleted.",
    "store-newer": "The store {path} was made by a newer Genretagger; update the program.",
    "settings-unreadable": "The settings file {path} cannot be read ({reason}).",
    "setting-unknown": "The settings file names an unknown setting, {name}.",
    "setting-invalid": "The setting {name} cannot be {value}; it must be {allowed}.",
    # Session
    "session-unusable": "Your earlier decisions in {path} cannot be used ({reason}); until you move that file away, new ones are not kept.",
    "session-newer": "Your earlier decisions in {path} were saved by a newer Genretagger; update the program, until then new ones are not kept.",
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
    "mp4-fragmented": "{path} is not written: it is a fragmented MP4, which is read-only for now.",
}
