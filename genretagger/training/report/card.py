"""The figures in Markdown: the model card, and the blocks in README.md and docs/model.md."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from genretagger.core.errors import shown
from genretagger.training.evaluation.figures import Figures, FiguresError
from genretagger.training.report.html import NOT_MEASURED
from genretagger.training.report.phrases import (
    CALLED,
    CALLED_HEADINGS,
    calibration,
    called_rows,
    filtered,
    headline_rows,
    interval,
    levels,
    percent,
    share,
)

BEGIN: Final = "<!-- figures -->"
END: Final = "<!-- /figures -->"

_CARD: Final = """\
# Model card: {model_id}

(Sections after Mitchell et al. 2019, arXiv 1810.03993. Written from docs/model-figures.json.)

## Model details
- `embedding.tflite`: {embedding_id}, the network and weights of musicnn (Pons and Serra 2019, ISC
  licence), trained by its authors on the Million Song Dataset with 50 Last.fm tags, unchanged.
- `classifier.tflite`: ours (GPL-3.0-or-later), on the mean over time of the embedding's penultimate
  layer: Gaussians with one shared, shrunk covariance (linear discriminant analysis).
- Input: up to {max_segments} segments of {segment_s:.2f} s, {sample_rate_hz} Hz mono, brought to \
{level_db:g} dB.
- {megabytes:.1f} MB. {calibration}

## Intended use
{intended}

## Factors
{factors}

## Metrics
{metrics}

## Evaluation data
{evaluation}

## Training data
{training}

## Quantitative analyses
{analyses}

## Ethical considerations
{ethics}

## Caveats and recommendations
{caveats}
"""


def model_card(figures: Figures) -> str:
    """Return the model card as Markdown."""
    model = figures.model
    return _CARD.format(
        model_id=model.model_id,
        embedding_id=model.embedding_id,
        max_segments=model.max_segments,
        segment_s=model.segment_s,
        sample_rate_hz=model.sample_rate_hz,
        level_db=model.level_db,
        megabytes=model.n_bytes / 1e6,
        calibration=calibration(model),
        intended=_wrapped(
            f"Suggest one of {len(model.genres)} broad genres ({', '.join(model.genres)}) for a"
            " track of recorded music, to a person who reviews the suggestion. Not for judging"
            " people, not for decisions on licences or payments, not for speech."
        ),
        factors=_wrapped(
            f"The genres are those of the training data, {figures.data.name}. Figures are given by"
            " genre, by changes of the sound and for what has no genre here. Artists are the unit"
            " of every split and interval. Style hints (other tags of the embedding) are not"
            " calibrated and not part of any figure."
        ),
        metrics=_wrapped(
            "Accuracy and balanced accuracy over folds in which no known artist stands on both"
            " sides; expected calibration error over ten equal bins; the share of tracks that can"
            " be accepted, most confident first, at a given precision."
        ),
        evaluation=_evaluation(figures),
        training=_wrapped(f"{model.trained_on}. No audio is part of the model."),
        analyses=_analyses(figures),
        ethics=_wrapped(
            "The copyright of GTZAN's audio is not cleared: it was used for research only, and none"
            " of it can be recovered from these files. Genres are habits of a market and a time;"
            " what they leave out, most of the world's music, the model leaves out too. It runs on"
            " the user's machine and sends nothing."
        ),
        caveats="\n".join(_items(figures.limits)),
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _items(texts: Iterable[str]) -> list[str]:
    return [
        textwrap.fill(f"- {text}", 100, subsequent_indent="  ", break_on_hyphens=False)
        for text in texts
    ]


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _evaluation(figures: Figures) -> str:
    data, folds = figures.data, figures.cross_validation
    repeated = "" if folds is None else f", {folds.n_verdicts} verdicts in {folds.n_folds} folds"
    return _wrapped(
        f"{data.n_clips} clips of {data.name}{repeated}: held out by artist ({data.n_artists}"
        f" known; {data.n_unnamed} clips without one are kept apart by clip, and clips known to be"
        " identical stay together). The fault-filtered test partition was used for no choice."
    )


def _analyses(figures: Figures) -> str:
    folds, held = figures.cross_validation, figures.hold_out
    if folds is None:
        return NOT_MEASURED.capitalize() + "."
    genres = _table(
        ("genre", "recall", "precision"),
        [(one.genre, share(one.recall), share(one.precision)) for one in folds.genres],
    )
    parts = [_headline(figures), genres]
    if held is not None:
        parts.append(
            _wrapped(f"{filtered(held)} The shipped network was trained on both partitions.")
        )
    parts.append("\n".join(_items(levels(figures.model))))
    robust = figures.robustness or ()
    if robust:
        rows = [(one.name, share(one.agreement), share(one.accuracy)) for one in robust]
        parts.append(_table(("changed sound", "same verdict", "accuracy"), rows))
    if figures.open_set is not None:
        separated = (*figures.open_set.left_out, *figures.open_set.not_music)
        told = [(one.name, share(one.auroc), str(one.n)) for one in separated]
        parts.append(_table(("told from known genres", "AUROC", "n"), told))
        parts.append(_wrapped(f"{CALLED}:"))
        parts.append(_table(CALLED_HEADINGS, called_rows(figures.open_set)))
    return "\n\n".join(parts)


def _headline(figures: Figures) -> str:
    folds = figures.cross_validation
    if folds is None:
        return NOT_MEASURED.capitalize() + "."
    title = f"held out, {folds.n_folds} folds, artists kept apart"
    return _table((title, ""), headline_rows(folds))


def headline_block(figures: Figures) -> str:
    """Return the headline table of docs/model.md, with both baselines."""
    rows = [
        (
            f"{one.protocol}{' (leaks)' if one.leaks else ''}",
            share(one.accuracy),
            f"{one.loss:.2f}",
            str(one.n_epochs),
            str(one.n_test),
        )
        for one in figures.baselines or ()
    ]
    headings = ("the origin's network", "accuracy", "loss", "epochs", "test rows")
    baselines = [_table(headings, rows)] if rows else []
    return "\n\n".join([_headline(figures), *baselines])


def readme_block(figures: Figures) -> str:
    """Return what README.md says of how good the model is."""
    folds = figures.cross_validation
    if folds is None:
        return NOT_MEASURED.capitalize() + "."
    first = (
        f"On artists it never heard, it names the right genre for {percent(folds.accuracy.mean)} of"
        f" {figures.data.n_clips} clips of {figures.data.name} (mean of {folds.n_folds} folds;"
        f" 95 % interval {interval(folds.accuracy_interval)})."
    )
    sentences = [first]
    if figures.hold_out is not None:
        sentences.append(filtered(figures.hold_out))
    by_protocol = {one.leaks: percent(one.accuracy) for one in figures.baselines or ()}
    if len(by_protocol) == 2:
        sentences.append(
            "The network of the study this project began with gets"
            f" {by_protocol[False]} on the same terms, and {by_protocol[True]} when pieces of one"
            " song stand on both sides of the test, as they did in that study."
        )
    sentences.append(
        f"The most confident {percent(folds.coverage_at_precision)} of the tracks are"
        f" {percent(folds.precision)} right. {calibration(figures.model)}"
    )
    weak = sorted((one.recall, one.genre) for one in folds.genres if one.recall is not None)[:3]
    worst = ", ".join(f"{genre} ({percent(recall)} found)" for recall, genre in weak)
    sentences.append(f"Weakest: {worst}.")
    return _wrapped(" ".join(sentences))


def with_block(path: Path, block: str) -> str:
    """Return the text of the file `path` with what stands between its markers replaced.

    Raises
    ------
    FiguresError
        It does not hold each marker once, in order.
    """
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed or BEGIN in after or END in after:
        raise FiguresError("figures-markers-missing", path=shown(path), begin=BEGIN, end=END)
    return f"{before}{BEGIN}\n{block}\n{END}{after}"
