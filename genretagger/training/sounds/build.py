"""Build a folder of sounds to judge "not music" and "unlike the training data" with.

`python -m genretagger.training.sounds OUT` makes OUT/{speech,recorded-speech,noise,tones,effects,
music}/ and two tables: OUT/pieces.tsv (clip, kind, source, group, style, file) and OUT/sources.tsv
(every file used: package, version, kind, licence, clip, file). None of the audio is ever committed.
What exists already is kept, so a run that was interrupted goes on. The application's embedding of
the pieces is made by `sounds_table`.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.data.audio_files import genre_tag, read_audio, write_audio
from genretagger.training.sounds import composing, speech_synthesis, synthesis
from genretagger.training.sounds.debian_packages import (
    MUSIC,
    SOURCES,
    PackageSource,
    files_of,
    unpack,
)
from genretagger.training.sounds.synthesis import SAMPLE_RATE_HZ

PIECES_FILE: Final = "pieces.tsv"
SOURCES_FILE: Final = "sources.tsv"

_SPEECH_S: Final = 30.0
_VOICES_PER_LANGUAGE: Final = 8  # of 13 languages
_PER_NOISE: Final = 9
_PER_TONE: Final = 11
_PER_STYLE: Final = 9
_LENGTHS_S: Final = (10, 31)
_COMPOSED_S: Final = (20, 31)
_GAPS_S: Final = (0.05, 0.5)
_LEAST_PIECE_S: Final = 8.0
_LEAST_MUSIC_S: Final = 20.0  # shorter ones are jingles
_SILENT_BELOW: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Piece:
    """One audio file of the folder.

    `group` is what must stay on one side of a split: a speaker, a generator, a soundtrack; `style`
    what the package or the file's own tag calls the music, "" if neither says.
    """

    clip: str
    kind: str
    source: str
    group: str
    style: str
    file: str


@dataclass(frozen=True, slots=True)
class Used:
    """A file of a package that went into a piece."""

    package: str
    version: str
    kind: str
    licence: str
    clip: str
    file: str


def generated(out: Path) -> Iterator[Piece]:
    """Make tones and noises; yield the pieces."""
    lengths = np.random.default_rng(0)
    for kind, names, count in (
        ("tones", synthesis.TONES, _PER_TONE),
        ("noise", synthesis.NOISES, _PER_NOISE),
    ):
        for name in names:
            for seed in range(count):
                seconds = float(lengths.integers(*_LENGTHS_S))
                piece = _piece(f"{name}-{seed:02}", kind, "numpy", name)
                if _missing(out, piece):
                    samples = synthesis.sound(name, seconds=seconds, seed=seed)
                    write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
                yield piece


def composed(out: Path) -> Iterator[Piece]:
    """Make music of chance by synthetic voices; yield the pieces."""
    lengths = np.random.default_rng(1)
    for style in composing.STYLES:
        for seed in range(_PER_STYLE):
            seconds = float(lengths.integers(*_COMPOSED_S))
            piece = _piece(f"{style}-{seed:02}", MUSIC, "numpy", style)
            if _missing(out, piece):
                samples = composing.composed(style, seconds=seconds, seed=seed)
                write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
            yield piece


def synthetic_speech(out: Path) -> Iterator[Piece]:
    """Make speech by espeak-ng; yield the pieces.

    Raises
    ------
    OSError, subprocess.SubprocessError
        espeak-ng is not there or fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        for voice in speech_synthesis.voices(per_language=_VOICES_PER_LANGUAGE, seed=0):
            name = f"{voice.language}-{voice.variant}"
            piece = _piece(name, "speech", speech_synthesis.PROGRAM, voice.language)
            if _missing(out, piece):
                samples = speech_synthesis.spoken(voice, seconds=_SPEECH_S, folder=Path(folder))
                write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
            yield piece


def _piece(name: str, kind: str, source: str, group: str, style: str = "") -> Piece:
    clip = f"{source}.{name}"
    return Piece(clip, kind, source, f"{source} {group}", style, f"{kind}/{clip}.flac")


def _missing(out: Path, piece: Piece) -> bool:
    path = out / piece.file
    path.parent.mkdir(parents=True, exist_ok=True)
    return not path.exists()


def from_package(
    source: PackageSource, *, out: Path, work: Path
) -> Iterator[tuple[Piece, tuple[Used, ...]]]:
    """Fetch a package, make its pieces; yield them with the files used.

    Raises
    ------
    OSError, subprocess.SubprocessError
        The package cannot be had.
    """
    unpacked = unpack(source.package, work=work)
    files = list(files_of(source, root=unpacked.root))
    made = _tracks(source, files, out=out) if source.kind == MUSIC else _joins(source, files, out)
    for piece, parts in made:
        yield (
            piece,
            tuple(
                Used(
                    source.package,
                    unpacked.version,
                    source.kind,
                    source.licence,
                    piece.clip,
                    path.relative_to(unpacked.root).as_posix(),
                )
                for path in parts
            ),
        )


def _tracks(
    source: PackageSource, files: list[Path], *, out: Path
) -> Iterator[tuple[Piece, tuple[Path, ...]]]:
    """Take music track by track, as it is; games that play the guitar apart have it added."""
    for path in files:
        guitar = path.with_name("guitar.ogg")
        parts = (path, guitar) if path.stem == "song" and guitar.is_file() else (path,)
        name = path.parent.name if len(parts) > 1 else path.stem
        piece = _piece(name.replace(" ", "_"), source.kind, source.package, source.group)
        suffix = ".flac" if len(parts) > 1 else path.suffix
        file = f"{source.kind}/{piece.clip}{suffix}"
        style = source.style or _style(path)
        piece = replace(piece, style=style, file=file)
        if _missing(out, piece):
            samples = [_readable(part) for part in parts]
            if samples[0].size < _LEAST_MUSIC_S * SAMPLE_RATE_HZ:
                continue
            if len(parts) == 1:
                shutil.copyfile(path, out / file)
            else:
                shortest = min(one.size for one in samples)
                mixed = np.mean([one[:shortest] for one in samples], axis=0)
                write_audio(out / file, mixed, sample_rate_hz=SAMPLE_RATE_HZ)
        yield piece, parts


def _style(path: Path) -> str:
    """Return the genre that the file's own tag names; "" also if it cannot be read at all."""
    try:
        return genre_tag(path)
    except ValueError:
        return ""


def _joins(
    source: PackageSource, files: list[Path], out: Path
) -> Iterator[tuple[Piece, tuple[Path, ...]]]:
    """Join short recordings of one kind to pieces, with short gaps, in an order of chance."""
    random = np.random.default_rng(zlib.crc32(f"{source.package}/{source.group}".encode()))
    rest = [files[place] for place in random.permutation(len(files))]
    for number in range(source.n_pieces):
        parts: list[Path] = []
        pieces: list[NDArray[np.float32]] = []
        while rest and sum(part.size for part in pieces) < source.piece_s * SAMPLE_RATE_HZ:
            path = rest.pop()
            samples = _readable(path)
            if samples.size and float(np.abs(samples).max()) > _SILENT_BELOW:
                gap = np.zeros(int(random.uniform(*_GAPS_S) * SAMPLE_RATE_HZ), np.float32)
                pieces += [samples, gap]
                parts.append(path)
        joined = np.concatenate([np.empty(0, np.float32), *pieces])
        joined = joined[: round(source.piece_s * SAMPLE_RATE_HZ)]
        if joined.size < _LEAST_PIECE_S * SAMPLE_RATE_HZ:
            return
        piece = _piece(
            f"{source.group}-{number:02}", source.kind, source.package, source.group, source.style
        )
        if _missing(out, piece):
            write_audio(out / piece.file, joined, sample_rate_hz=SAMPLE_RATE_HZ)
        yield piece, tuple(parts)


def _readable(path: Path) -> NDArray[np.float32]:
    """Return the samples of `path`; none, and a word on standard error, if it has none."""
    try:
        return read_audio(path, sample_rate_hz=SAMPLE_RATE_HZ)
    except ValueError as error:
        print(error, file=sys.stderr)
        return np.empty(0, np.float32)


def build(out: Path, *, work: Path) -> tuple[tuple[Piece, ...], int]:
    """Make the whole folder; return its pieces and how many sources could not be had."""
    pieces = [*generated(out), *composed(out)]
    used: list[Used] = []
    n_failed = 0
    try:
        pieces += synthetic_speech(out)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"no speech by {speech_synthesis.PROGRAM}: {error}", file=sys.stderr)
        n_failed += 1
    for source in SOURCES:
        try:
            for piece, parts in from_package(source, out=out, work=work):
                pieces.append(piece)
                used += parts
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{source.package}: {error}", file=sys.stderr)
            n_failed += 1
    _write_table(out / PIECES_FILE, Piece, pieces)
    _write_table(out / SOURCES_FILE, Used, used)
    return tuple(pieces), n_failed


def _write_table(path: Path, row: type[Piece | Used], rows: Iterable[Piece | Used]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, "excel-tab", lineterminator="\n")
        writer.writerow([field.name for field in fields(row)])
        writer.writerows(astuple(one) for one in rows)


def read_pieces(folder: Path) -> tuple[Piece, ...]:
    """Return the pieces that `build` left in `folder`."""
    with (folder / PIECES_FILE).open(encoding="utf-8", newline="") as stream:
        return tuple(Piece(**row) for row in csv.DictReader(stream, dialect="excel-tab"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the folder; return the exit status: 1 if a source could not be had."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.sounds", description="Make sounds that GTZAN does not hold."
    )
    parser.add_argument("out", type=Path, help="folder for the audio, outside the project")
    parser.add_argument(
        "--work", type=Path, help="folder for packages (2.9 GB; default: a temporary one)"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        pieces, n_failed = build(chosen.out, work=chosen.work or Path(temporary))
    for kind in sorted({piece.kind for piece in pieces}):
        print(f"{sum(piece.kind == kind for piece in pieces):5d} {kind}")
    return 1 if n_failed else 0
