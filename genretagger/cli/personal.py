"""The subcommand `personal`: learns the user's own genres, and manages what was learned."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from genretagger import pipeline
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.hearing import report_remarks, require_existing
from genretagger.cli.output import print_json, print_line, say, show_progress
from genretagger.core.errors import PersonalError, shown
from genretagger.core.events import Failure
from genretagger.core.percent import ceil_to_percent, floor_percent
from genretagger.core.personal import (
    ENOUGH_ARTISTS,
    LEAST_ARTISTS,
    LEAST_TRACKS,
    ClassifierReport,
    GenreReport,
)
from genretagger.core.predictions import Threshold
from genretagger.pipeline import Context


def run_personal(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    """Run the action of `personal` in `options` and return the exit status.

    Raises
    ------
    GenreTaggerError
        The action failed; the sentence says why.
    """
    match options.action:
        case "learn":
            return _learn(options, context, cancel)
        case "list":
            return _list(options, context)
        case "report":
            report = pipeline.personal_report(options.name, context=context)
            _print_report(options.name, report, as_json=options.json)
        case "use":
            _use(options, context)
        case "export":
            pipeline.export_personal(options.name, options.file, context=context)
            _done(options, options.name, f"{options.name} is written to {shown(options.file)}.")
        case "import":
            name = pipeline.import_personal(options.file, options.name, context=context)
            _done(options, name, f"{name} is imported; it is not in use yet.")
        case _:
            pipeline.delete_personal(options.name, context=context)
            _done(options, options.name, f"{options.name} is deleted.")
    return ExitStatus.OK


def _learn(options: argparse.Namespace, context: Context, cancel: threading.Event) -> int:
    require_existing(options.paths)
    status: int = ExitStatus.OK
    events = pipeline.learn(
        options.name,
        options.paths,
        context=context,
        cancel=cancel,
        anyway=options.anyway,
        again=options.again,
    )
    for event in report_remarks(show_progress(events)):
        if isinstance(event, Failure):
            say(str(event.error))
            status = ExitStatus.SOME_FAILED
        elif isinstance(event, pipeline.Learned):
            status = max(status, _tell_learned(event, as_json=options.json))
    return status


def _tell_learned(learned: pipeline.Learned, *, as_json: bool) -> int:
    _print_report(learned.name, learned.report, as_json=as_json)
    if learned.n_unheard:
        say(f"{learned.n_unheard} tracks with a genre were not analysed yet; analyse them first.")
    if not learned.is_saved:
        say(str(PersonalError("personal-wrong-tags", name=learned.name)))
        return ExitStatus.SOME_FAILED
    if not as_json:
        say(f'Saved; to use it: genretagger personal use "{learned.name}"')
    return ExitStatus.OK


def _list(options: argparse.Namespace, context: Context) -> int:
    classifiers = pipeline.personal_classifiers(context=context)
    for classifier in classifiers:
        if options.json:
            print_json(_classifier_record(classifier))
        elif classifier.report is not None:
            used = f"  used {classifier.use}" if classifier.use else ""
            print_line(_summary(classifier.name, classifier.report) + used)
        if classifier.error is not None:
            say(str(classifier.error))
    if not classifiers and not options.json:
        say("There is no personal classifier yet.")
    has_failed = any(classifier.report is None for classifier in classifiers)
    return ExitStatus.SOME_FAILED if has_failed else ExitStatus.OK


def _classifier_record(classifier: pipeline.Personal) -> dict[str, Any]:
    report = classifier.report
    return {
        "name": classifier.name,
        "use": classifier.use,
        "n_genres": len(report.genres) if report else None,
        "n_tracks": report.n_tracks if report else None,
        "accuracy": round(report.accuracy, 6) if report else None,
        "follows_sound": report.follows_sound if report else None,
        "error": str(classifier.error) if classifier.error else None,
    }


def _use(options: argparse.Namespace, context: Context) -> None:
    if (options.name is None) != options.none or (options.none and options.instead):
        raise PersonalError("personal-use-one")
    settings = pipeline.use_personal(
        options.name, context=context, instead=options.instead, anyway=options.anyway
    )
    name = settings.personal_classifier
    sentence = "No personal classifier is used any more."
    if name:
        how = "instead of" if options.instead else "beside"
        sentence = f"{name} is used from the next analysis on, {how} the ten genres."
    _done(options, name, sentence)


def _done(options: argparse.Namespace, name: str, sentence: str) -> None:
    if options.json:
        print_json({"action": options.action, "name": name or None})
    else:
        say(sentence)


def _print_report(name: str, report: ClassifierReport, *, as_json: bool) -> None:
    if as_json:
        print_json({"name": name, **asdict(report)})
        return
    for line in _report_lines(name, report):
        print_line(line)


def _summary(name: str, report: ClassifierReport) -> str:
    return (
        f"{name}: {len(report.genres)} genres, {report.n_tracks} tracks, "
        f"right {_percent(report.accuracy)} (guessing: {_percent(report.baseline)})"
    )


def _report_lines(name: str, report: ClassifierReport) -> Iterator[str]:
    yield f"{_summary(name, report)}, on artists that it had not heard"
    yield (
        f"right per genre on average {_percent(report.balanced_accuracy)}, "
        f"calibration error {report.ece:.3f}, {report.n_artists} artists, {report.n_folds} folds"
    )
    yield _level_line("high", report.high)
    yield _level_line("medium", report.medium)
    if report.n_without_artist:
        yield (
            f"{report.n_without_artist} tracks name no artist; if some are by one artist, "
            "these figures are too good"
        )
    yield f"{'genre':<24} {'precision':>9} {'recall':>7} {'tracks':>7} {'artists':>8}"
    yield from map(_genre_line, report.genres)
    if report.n_left_out:
        yield (
            f"left out, with fewer than {LEAST_TRACKS} tracks or {LEAST_ARTISTS} artists: "
            f"{report.n_left_out} genres"
        )
        yield "  " + "; ".join(f"{genre.genre} ({genre.n_tracks})" for genre in report.left_out)
    if not report.follows_sound:
        yield "The tags do not follow the sound: hardly better than guessing, not recommended."


def _percent(share: float) -> str:
    return f"{floor_percent(share)}%"


def _level_line(level: str, threshold: Threshold | None) -> str:
    if threshold is None:
        return f"level {level}: never, no confidence is right often enough"
    return (
        f"level {level}: from confidence {_percent(ceil_to_percent(threshold.confidence))} on, "
        f"where {_percent(threshold.precision)} are right, "
        f"for {_percent(threshold.coverage)} of the tracks"
    )


def _genre_line(genre: GenreReport) -> str:
    precision = "-" if genre.precision is None else _percent(genre.precision)
    few = f"  too few (below {ENOUGH_ARTISTS} artists)" if genre.few else ""
    return (
        f"{genre.genre:<24} {precision:>9} {_percent(genre.recall):>7} {genre.n_tracks:>7}"
        f" {genre.n_artists:>8}{few}"
    )
