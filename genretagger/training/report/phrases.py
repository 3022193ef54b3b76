"""How numbers and repeated sentences of the figures are worded, in Markdown as in HTML."""

from __future__ import annotations

from typing import Final

from genretagger.training.evaluation.figures import (
    FoldFigures,
    HoldOutFigures,
    ModelFigures,
    OpenSetFigures,
    Summary,
)

NONE: Final = "-"

WHAT: Final = (
    "Two networks. The first, musicnn, was trained by its authors on the Million Song Dataset and"
    " hears {seconds:.2f} s at a time. The second, ours, is small: it names one of {n} genres from"
    " what the first heard in at most {segments} segments of a track, brought to {level:g} dB"
    " before. {megabytes:.1f} MB together; everything runs on the user's machine."
)
FILTERED: Final = (
    "Filtered: the fault-filtered partition of GTZAN (Kereliuk, Sturm and Larsen 2015), without"
    " broken, repeated and mislabelled clips, artists apart. Trained on its training part, scored"
    " on its validation part. Its test part was used for no choice and is not scored here."
)
GROUPED: Final = (
    "Artists kept apart: five folds, three times over, no known artist and no clip known to be"
    " identical on both sides of any. Every choice was made by it; the figures of this page are"
    " its, unless said. Choosing by the same folds makes them a little too good."
)
LEAKING: Final = (
    "Random rows: the protocol of the study this project began with. Pieces of one song, and songs"
    " of one artist, stand on both sides. It leaks: it rewards recognising a song again. It stands"
    " here only to compare with that study."
)
SEPARATION: Final = (
    "How often a sound without a genre here looks less familiar than music with one (AUROC): 0.5"
    " is chance, 1 is always."
)
CALLED: Final = (
    "How many tracks are called not music, each by a detector that never heard its source, its"
    " speaker or its artist"
)
CALLED_HEADINGS: Final = ("sound", "is", "called not music", "share", "of")


def called_rows(found: OpenSetFigures) -> list[tuple[str, str, str, str, str]]:
    """Return how many of each set of sounds are called not music, what is none first."""
    return [
        (
            one.name,
            "music" if one.is_music else "none",
            str(one.n_called),
            share(one.n_called / one.n),
            str(one.n),
        )
        for one in sorted(found.called, key=lambda one: one.is_music)
    ]


def reasons(model: ModelFigures) -> str:
    """Return when a verdict is not to be trusted."""
    return (
        f"A track is Unsure below a confidence of {model.unsure_below:.2f}, where fewer than"
        f" {percent(model.least_support)} of its segments name its genre, and beyond a distance of"
        f" {model.unfamiliar_above:.0f} from what was trained on; it is no music below log-odds of"
        f" {model.music_above:.2f}. Nothing of that is ever written by a bulk action."
    )


def share(value: float | None) -> str:
    """Return a share with three digits."""
    return NONE if value is None else f"{value:.3f}"


def change(value: float | None) -> str:
    """Return a change of a share with its sign."""
    return NONE if value is None else f"{value:+.3f}"


def percent(value: float) -> str:
    """Return a share in whole percent; no line ends before its sign."""
    return f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def between(pair: tuple[float, float]) -> str:
    """Return both ends of an interval."""
    low, high = pair
    return f"{low:.3f} to {high:.3f}"


def interval(pair: tuple[float, float]) -> str:
    """Return both ends of an interval in whole percent."""
    low, high = pair
    return f"{percent(low)} to {percent(high)}"


def summary(found: Summary) -> str:
    """Return the mean over folds with the extreme folds."""
    return f"{found.mean:.3f} (single folds {found.low:.3f} to {found.high:.3f})"


def headline_rows(folds: FoldFigures) -> list[tuple[str, str]]:
    """Return (name, value) of the figures by which the model is judged."""
    precision = percent(folds.precision)
    return [
        ("accuracy", summary(folds.accuracy)),
        ("95 % interval, drawing whole artists", between(folds.accuracy_interval)),
        ("balanced accuracy", summary(folds.balanced_accuracy)),
        ("accuracy of one segment alone", share(folds.segment_accuracy)),
        (
            "expected calibration error",
            f"{share(folds.ece)} (95 %: {between(folds.ece_interval)})",
        ),
        (
            f"share of tracks covered while {precision} are right",
            share(folds.coverage_at_precision),
        ),
    ]


def filtered(held: HoldOutFigures) -> str:
    """Return how it does on the filtered partition, as a sentence."""
    return (
        f"Trained on the {held.n_training} clips of the fault-filtered training partition only,"
        f" it names {percent(held.accuracy)} of the {held.n} clips of the validation partition"
        f" right ({interval(held.interval)})."
    )


def calibration(model: ModelFigures) -> str:
    """Return whether confidence can be taken for a probability, as a sentence."""
    if not model.calibrated:
        return "Confidence is not calibrated: it is not the probability of being right."
    return f"Confidence is calibrated on held-out artists (temperature {model.temperature:.3g})."


def levels(model: ModelFigures) -> list[str]:
    """Return what each level of confidence promises, a sentence a level."""
    return [
        f"{level.name.capitalize()}, from {level.confidence:.2f} on: {percent(level.precision)}"
        f" right, covers {percent(level.coverage)} of the tracks."
        for level in model.levels
    ]
