"""Build a folder of music with known styles: `python -m genretagger.training.styles OUT`.

It makes OUT/music/ and the tables OUT/pieces.tsv and OUT/sources.tsv, as `training.sounds` does.
`sounds_table` then makes the table of activations that is committed as `music.npz` (docs/model.md).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from genretagger.training.data.audio_files import read_duration_s, read_genre_tag
from genretagger.training.sounds.debian_packages import MUSIC, PackageSource, find_files, unpack
from genretagger.training.sounds.pieces import (
    Piece,
    UsedFile,
    make_piece,
    write_pieces,
    write_used_files,
)
from genretagger.training.styles.package_sources import SOURCES

_LEAST_S: Final = 25.0  # shorter tracks are jingles


def copy_package(
    source: PackageSource, *, out: Path, work: Path
) -> Iterator[tuple[Piece, UsedFile]]:
    """Fetch a package and copy its music; yield the pieces with the files they are.

    Raises
    ------
    OSError, subprocess.SubprocessError
        The package cannot be fetched or unpacked.
    ValueError
        FFmpeg cannot read one of its files.
    """
    unpacked = unpack(source.package, work=work)
    paths = list(find_files(source, root=unpacked.root))
    stems = Counter(path.stem for path in paths)
    for path in paths:
        if read_duration_s(path) < _LEAST_S:
            continue
        name = path.stem if stems[path.stem] == 1 else f"{path.parent.name}-{path.stem}"
        piece = make_piece(
            name.replace(" ", "_"),
            kind=MUSIC,
            source=source.package,
            group="",
            style=read_genre_tag(path),
        )
        # An author's music stays together, whatever package it is in.
        piece = replace(piece, group=source.group, file=f"{MUSIC}/{piece.clip}{path.suffix}")
        (out / MUSIC).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, out / piece.file)
        file = path.relative_to(unpacked.root).as_posix()
        used = (source.package, unpacked.version, MUSIC, source.licence, piece.clip, file)
        yield piece, UsedFile(*used)


def build_folder(out: Path, *, work: Path) -> tuple[tuple[Piece, ...], int]:
    """Make the whole folder; return its pieces and the number of packages that failed."""
    pieces: list[Piece] = []
    used: list[UsedFile] = []
    n_failed = 0
    for source in SOURCES:
        try:
            for piece, used_file in copy_package(source, out=out, work=work):
                pieces.append(piece)
                used.append(used_file)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(f"{source.package}: {error}", file=sys.stderr)
            n_failed += 1
    write_pieces(out, pieces)
    write_used_files(out, used)
    return tuple(pieces), n_failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the folder; return the exit status: 1 if a package failed."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.styles", description="Make a folder of music by style."
    )
    parser.add_argument("out", type=Path, help="folder for the audio, outside the project")
    parser.add_argument("--work", type=Path, help="folder for packages (default: a temporary one)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        pieces, n_failed = build_folder(options.out, work=options.work or Path(temporary))
    print(f"{len(pieces)} pieces")
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
