"""Build a folder of sounds to judge "not music" and "unlike the training data" with.

`python -m genretagger.training.sounds OUT` makes OUT/{speech,recorded-speech,noise,tones,effects,
music}/ and two tables: OUT/pieces.tsv (clip, kind, source, group, style, file) and OUT/sources.tsv
(package, version, kind, licence, clip, file of every file used). No audio is ever committed. Files
that exist are kept, so an interrupted run can be continued. `sounds_table` then makes the
application's embedding of the pieces.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.data.audio_files import read_audio, read_genre_tag, write_audio
from genretagger.training.sounds import composing, speech_synthesis, synthesis
from genretagger.training.sounds.debian_packages import (
    MUSIC,
    PackageSource,
    Unpacked,
    find_files,
    unpack,
)
from genretagger.training.sounds.noises import NOISES
from genretagger.training.sounds.package_sources import SOURCES
from genretagger.training.sounds.pieces import (
    Piece,
    UsedFile,
    make_piece,
    write_pieces,
    write_used_files,
)
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ, TONES

_SPEECH_S: Final = 30.0
_VOICES_PER_LANGUAGE: Final = 8  # of 13 languages
_PER_NOISE: Final = 9
_PER_TONE: Final = 11
_PER_STYLE: Final = 9
_LENGTHS_S: Final = (10, 31)
_COMPOSED_S: Final = (20, 31)
_GAPS_S: Final = (0.05, 0.5)
_LEAST_PIECE_S: Final = 8.0
_LEAST_MUSIC_S: Final = 20.0  # shorter tracks are jingles
_SILENT_BELOW: Final = 1e-3


def make_tones_and_noises(out: Path) -> Iterator[Piece]:
    """Write tones and noises; yield the pieces."""
    lengths = np.random.default_rng(0)
    for kind, names, count in (
        ("tones", TONES, _PER_TONE),
        ("noise", NOISES, _PER_NOISE),
    ):
        for name in names:
            for seed in range(count):
                seconds = float(lengths.integers(*_LENGTHS_S))
                piece = make_piece(f"{name}-{seed:02}", kind=kind, source="numpy", group=name)
                if _is_missing(out, piece):
                    samples = synthesis.make_sound(name, seconds=seconds, seed=seed)
                    write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
                yield piece


def make_compositions(out: Path) -> Iterator[Piece]:
    """Write random music by synthetic voices; yield the pieces."""
    lengths = np.random.default_rng(1)
    for style in composing.STYLES:
        for seed in range(_PER_STYLE):
            seconds = float(lengths.integers(*_COMPOSED_S))
            piece = make_piece(f"{style}-{seed:02}", kind=MUSIC, source="numpy", group=style)
            if _is_missing(out, piece):
                samples = composing.compose(style, seconds=seconds, seed=seed)
                write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
            yield piece


def make_speech(out: Path) -> Iterator[Piece]:
    """Write speech by espeak-ng; yield the pieces.

    Raises
    ------
    OSError, subprocess.SubprocessError
        espeak-ng is missing or fails.
    """
    source = speech_synthesis.PROGRAM
    with tempfile.TemporaryDirectory() as folder:
        for voice in speech_synthesis.draw_voices(per_language=_VOICES_PER_LANGUAGE, seed=0):
            name = f"{voice.language}-{voice.variant}"
            piece = make_piece(name, kind="speech", source=source, group=voice.language)
            if _is_missing(out, piece):
                samples = speech_synthesis.speak(voice, seconds=_SPEECH_S, folder=Path(folder))
                write_audio(out / piece.file, samples, sample_rate_hz=SAMPLE_RATE_HZ)
            yield piece


def _is_missing(out: Path, piece: Piece) -> bool:
    """Return whether the file of `piece` does not exist; its folder then does."""
    path = out / piece.file
    path.parent.mkdir(parents=True, exist_ok=True)
    return not path.exists()


def make_package_pieces(
    source: PackageSource, *, out: Path, work: Path
) -> Iterator[tuple[Piece, tuple[UsedFile, ...]]]:
    """Fetch a package and write its pieces; yield them with the files used.

    Raises
    ------
    OSError, subprocess.SubprocessError
        The package cannot be fetched or unpacked.
    """
    unpacked = unpack(source.package, work=work)
    paths = list(find_files(source, root=unpacked.root))
    make = _copy_tracks if source.kind == MUSIC else _join_recordings
    for piece, parts in make(source, paths, out=out):
        yield piece, tuple(_used_file(path, piece, source, unpacked) for path in parts)


def _used_file(path: Path, piece: Piece, source: PackageSource, unpacked: Unpacked) -> UsedFile:
    return UsedFile(
        source.package,
        unpacked.version,
        source.kind,
        source.licence,
        piece.clip,
        path.relative_to(unpacked.root).as_posix(),
    )


def _copy_tracks(
    source: PackageSource, paths: list[Path], *, out: Path
) -> Iterator[tuple[Piece, tuple[Path, ...]]]:
    """Copy music track by track; where a game keeps the guitar apart, mix it in."""
    for path in paths:
        guitar = path.with_name("guitar.ogg")
        parts = (path, guitar) if path.stem == "song" and guitar.is_file() else (path,)
        name = path.parent.name if len(parts) > 1 else path.stem
        piece = make_piece(
            name.replace(" ", "_"),
            kind=source.kind,
            source=source.package,
            group=source.group,
            style=source.style or _read_style(path),
        )
        suffix = ".flac" if len(parts) > 1 else path.suffix
        piece = replace(piece, file=f"{source.kind}/{piece.clip}{suffix}")
        if _is_missing(out, piece):
            samples = [_read_or_report(part) for part in parts]
            if samples[0].size < _LEAST_MUSIC_S * SAMPLE_RATE_HZ:
                continue
            if len(parts) == 1:
                shutil.copyfile(path, out / piece.file)
            else:
                shortest = min(part.size for part in samples)
                mixed = np.mean([part[:shortest] for part in samples], axis=0)
                write_audio(out / piece.file, mixed, sample_rate_hz=SAMPLE_RATE_HZ)
        yield piece, parts


def _read_style(path: Path) -> str:
    """Return the genre tag of the file; "" also if the file cannot be read."""
    try:
        return read_genre_tag(path)
    except ValueError:
        return ""


def _join_recordings(
    source: PackageSource, paths: list[Path], *, out: Path
) -> Iterator[tuple[Piece, tuple[Path, ...]]]:
    """Join short recordings to pieces, in random order with short gaps."""
    random = np.random.default_rng(zlib.crc32(f"{source.package}/{source.group}".encode()))
    rest = [paths[index] for index in random.permutation(len(paths))]
    for n_made in range(source.n_pieces):
        parts, joined = _join_next(rest, seconds=source.piece_s, random=random)
        if joined.size < _LEAST_PIECE_S * SAMPLE_RATE_HZ:
            return
        piece = make_piece(
            f"{source.group}-{n_made:02}",
            kind=source.kind,
            source=source.package,
            group=source.group,
            style=source.style,
        )
        if _is_missing(out, piece):
            write_audio(out / piece.file, joined, sample_rate_hz=SAMPLE_RATE_HZ)
        yield piece, parts


def _join_next(
    rest: list[Path], *, seconds: float, random: np.random.Generator
) -> tuple[tuple[Path, ...], NDArray[np.float32]]:
    """Take files off the end of `rest` until they fill `seconds`; return them and their samples."""
    parts: list[Path] = []
    pieces = [np.empty(0, np.float32)]
    while rest and sum(part.size for part in pieces) < seconds * SAMPLE_RATE_HZ:
        path = rest.pop()
        samples = _read_or_report(path)
        if samples.size and float(np.abs(samples).max()) > _SILENT_BELOW:
            gap = np.zeros(int(random.uniform(*_GAPS_S) * SAMPLE_RATE_HZ), np.float32)
            pieces += [samples, gap]
            parts.append(path)
    return tuple(parts), np.concatenate(pieces)[: round(seconds * SAMPLE_RATE_HZ)]


def _read_or_report(path: Path) -> NDArray[np.float32]:
    """Return the samples of `path`; if it cannot be read, none, and say so on standard error."""
    try:
        return read_audio(path, sample_rate_hz=SAMPLE_RATE_HZ)
    except ValueError as error:
        print(error, file=sys.stderr)
        return np.empty(0, np.float32)


def build_folder(out: Path, *, work: Path) -> tuple[tuple[Piece, ...], int]:
    """Make the whole folder; return its pieces and the number of sources that failed."""
    pieces = [*make_tones_and_noises(out), *make_compositions(out)]
    used: list[UsedFile] = []
    n_failed = 0
    try:
        pieces += make_speech(out)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"no speech by {speech_synthesis.PROGRAM}: {error}", file=sys.stderr)
        n_failed += 1
    for source in SOURCES:
        try:
            for piece, used_files in make_package_pieces(source, out=out, work=work):
                pieces.append(piece)
                used += used_files
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{source.package}: {error}", file=sys.stderr)
            n_failed += 1
    write_pieces(out, pieces)
    write_used_files(out, used)
    return tuple(pieces), n_failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the folder; return the exit status: 1 if a source failed."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.sounds", description="Make sounds that GTZAN does not hold."
    )
    parser.add_argument("out", type=Path, help="folder for the audio, outside the project")
    parser.add_argument(
        "--work", type=Path, help="folder for packages (2.9 GB; default: a temporary one)"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        pieces, n_failed = build_folder(options.out, work=options.work or Path(temporary))
    for kind in sorted({piece.kind for piece in pieces}):
        print(f"{sum(piece.kind == kind for piece in pieces):5d} {kind}")
    return 1 if n_failed else 0
