"""The sections of the report, each from its part of the figures. Knows no files."""

from __future__ import annotations

import html
from typing import Final

from genretagger.training.evaluation.figures import Figures, FoldFigures, SeparationFigures
from genretagger.training.report.html import (
    NOT_MEASURED,
    ReportSection,
    bullets,
    missing,
    paragraph,
    picture,
    table,
)
from genretagger.training.report.phrases import (
    CALLED,
    CALLED_HEADINGS,
    FILTERED,
    GROUPED,
    LEAKING,
    SEPARATION,
    WHAT,
    between,
    calibration,
    called_rows,
    change,
    headline_rows,
    levels,
    percent,
    reasons,
    share,
)
from genretagger.training.report.plots import (
    comparison_plot,
    confusion_plot,
    reliability_plot,
    risk_coverage_plot,
)

_WORDS: Final = frozenset({1})  # the second column of a table is text


def chapters(figures: Figures) -> tuple[ReportSection, ...]:
    """Return the sections of the report, in reading order."""
    return (
        ReportSection("what", "What it is", _what(figures)),
        ReportSection("data", "Data", _data(figures)),
        ReportSection("protocols", "Protocols", _protocols(figures)),
        ReportSection("baselines", "Beside the origin's network", _baselines(figures)),
        ReportSection("confusion", "What is taken for what", _confusion(figures)),
        ReportSection("genres", "By genre", _genres(figures)),
        ReportSection("reliability", "Is confidence what it says?", _reliability(figures)),
        ReportSection("risk", "How much can be accepted unseen?", _risk(figures)),
        ReportSection("robustness", "When the sound is changed", _robustness(figures)),
        ReportSection("open-set", "What has no genre here", _open_set(figures)),
        ReportSection("hints", "Style hints", _hints(figures)),
        ReportSection("speed", "Speed", _speed(figures)),
        ReportSection("limits", "Limits", bullets(figures.limits) if figures.limits else missing()),
    )


def _what(figures: Figures) -> str:
    model = figures.model
    text = WHAT.format(
        seconds=model.segment_s,
        n=len(model.genres),
        segments=model.max_segments,
        level=model.level_db,
        megabytes=model.n_bytes / 1e6,
    )
    rows = [
        ("model", model.model_id),
        ("embedding", model.embedding_id),
        ("genres", ", ".join(model.genres)),
        ("trained on", model.trained_on),
        *((f"SHA-256 of {name}", digest) for name, digest in model.sha256.items()),
        ("measured on", f"{figures.machine.system}, {figures.machine.n_cores} cores"),
        *((f"version of {name}", version) for name, version in figures.machine.versions.items()),
    ]
    facts = table(("", ""), rows, caption="Identity", text_columns=_WORDS)
    return paragraph(text) + f"<details><summary>Identity and versions</summary>{facts}</details>"


def _data(figures: Figures) -> str:
    data = figures.data
    text = (
        f"{data.n_clips} clips of {data.name}, by {data.n_artists} known artists;"
        f" {data.n_unnamed} clips have no known artist and are kept apart by clip."
    )
    counts = [(genre, str(n), str(data.artists[genre])) for genre, n in data.clips.items()]
    splits = [(split or "no split", str(n)) for split, n in data.splits.items()]
    return (
        paragraph(text)
        + table(("genre", "clips", "known artists"), counts, caption="Clips and artists by genre")
        + table(("partition", "clips"), splits, caption="Partitions")
    )


def _protocols(figures: Figures) -> str:
    text = bullets((GROUPED, FILTERED, LEAKING))
    folds, held = figures.cross_validation, figures.hold_out
    title = "Artists kept apart, all folds" if folds is None else f"{folds.n_folds} folds"
    rows = [] if folds is None else headline_rows(folds)
    parts = [
        text,
        table((title, ""), rows, caption="Artists kept apart", text_columns=_WORDS)
        if rows
        else missing(),
    ]
    if held is None:
        return "".join([*parts, paragraph(f"Filtered: {NOT_MEASURED}.", kind="missing")])
    held_rows = [
        ("accuracy", f"{share(held.accuracy)} (95 %: {between(held.interval)})"),
        ("balanced accuracy", share(held.balanced_accuracy)),
        ("expected calibration error", share(held.ece)),
        ("covered while 95 % right", share(held.coverage_at_precision)),
    ]
    caption = f"Filtered: trained on {held.n_training} clips, scored on {held.n}"
    return "".join([*parts, table(("", ""), held_rows, caption=caption, text_columns=_WORDS)])


def _baselines(figures: Figures) -> str:
    if not figures.baselines:
        return missing()
    rows = []
    bars: list[tuple[str, float, bool]] = []
    for one in figures.baselines:
        name = f"origin's network, {one.protocol}"
        bars.append((name + (" (leaks)" if one.leaks else ""), one.accuracy, one.leaks))
        cells = (one.n_rows, one.n_features, one.n_test, one.n_epochs)
        rows.append((bars[-1][0], share(one.accuracy), f"{one.loss:.2f}", *map(str, cells)))
    folds = figures.cross_validation
    if folds is not None:
        bars.append(("ours, artists kept apart", folds.accuracy.mean, False))
        rows.append((bars[-1][0], share(folds.accuracy.mean), "-", "-", "-", "-", "-"))
    numbers = table(
        ("", "accuracy", "loss", "rows", "features", "test rows", "epochs"),
        rows,
        caption="Accuracy by protocol; a row of the origin's network is a piece of a clip",
        marked=frozenset(name for name, _, leaks in bars if leaks),
    )
    gap = figures.baselines[0].accuracy - figures.baselines[-1].accuracy
    text = (
        f"The origin's network loses {share(gap)} when artists are kept apart: that much of its"
        " figure was recognising songs again. The dashed bar leaks and is no result."
    )
    return picture(comparison_plot(bars), text=text, numbers=numbers)


def _confusion(figures: Figures) -> str:
    folds = figures.cross_validation
    if folds is None:
        return missing()
    names = [one.genre for one in folds.genres]
    rows = [(name, *map(str, counts)) for name, counts in zip(names, folds.confusion, strict=True)]
    numbers = table(
        ("true \\ named", *names), rows, caption="Verdicts on held-out clips, all folds pooled"
    )
    return picture(confusion_plot(folds), text=_confusion_text(folds, names), numbers=numbers)


def _confusion_text(folds: FoldFigures, names: list[str]) -> str:
    """Return the three most frequent confusions in words."""
    errors = [
        (count / sum(counts), names[row], names[column])
        for row, counts in enumerate(folds.confusion)
        for column, count in enumerate(counts)
        if row != column and count
    ]
    worst = [
        f"{percent(part)} of {true} is named {named}"
        for part, true, named in sorted(errors, reverse=True)[:3]
    ]
    return (
        "Percent of each true genre, by the genre that was named; the diagonal is right."
        f" Most often confused: {'; '.join(worst) or 'nothing'}."
    )


def _genres(figures: Figures) -> str:
    folds = figures.cross_validation
    if folds is None:
        return missing()
    rows = [
        (one.genre, share(one.recall), share(one.precision), str(one.n)) for one in folds.genres
    ]
    return table(
        ("genre", "recall", "precision", "verdicts"),
        rows,
        caption="Recall: share of the genre that is found. Precision: share of its verdicts that"
        " is right.",
    )


def _reliability(figures: Figures) -> str:
    folds = figures.cross_validation
    if folds is None:
        return missing()
    rows = [
        (f"{one.low:.1f} to {one.high:.1f}", share(one.confidence), share(one.accuracy), str(one.n))
        for one in folds.reliability
    ]
    numbers = table(("bin", "mean confidence", "right", "verdicts"), rows, caption="By confidence")
    text = (
        "Share that is right by confidence, and how many verdicts have it. On the dashed line"
        " confidence is what it says; the mean distance from it (expected calibration error) is"
        f" {share(folds.ece)} (95 %: {between(folds.ece_interval)}, drawing whole artists; a drawn"
        " set is less even than all clips, so the interval leans upwards)."
    )
    return paragraph(calibration(figures.model)) + picture(
        reliability_plot(folds), text=text, numbers=numbers
    )


def _risk(figures: Figures) -> str:
    folds = figures.cross_validation
    if folds is None:
        return missing()
    rows = [
        (share(one.confidence), share(one.coverage), share(one.risk)) for one in folds.risk_coverage
    ]
    numbers = table(("from confidence", "accepted", "wrong"), rows, caption="Risk by coverage")
    text = (
        "Share of wrong verdicts by the share of tracks accepted, most confident first. Diamonds:"
        f" the thresholds of the application. {percent(folds.coverage_at_precision)} can be"
        f" accepted while {percent(folds.precision)} are right."
    )
    drawn = risk_coverage_plot(folds, figures.model.levels)
    return bullets(levels(figures.model)) + picture(drawn, text=text, numbers=numbers)


def _robustness(figures: Figures) -> str:
    if not figures.robustness:
        return missing()
    rows = [
        (
            one.name,
            share(one.agreement),
            share(one.accuracy),
            change(one.accuracy_change),
            share(one.confidence_change),
            str(one.n),
            str(one.n_refused),
        )
        for one in figures.robustness
    ]
    same = ("what was done", "same verdict", "accuracy", "its change")
    headings = (*same, "mean change of confidence", "clips", "refused")
    return table(
        headings,
        rows,
        caption="The shipped model on clips it was trained on: compare rows, not accuracies.",
    )


def _open_set(figures: Figures) -> str:
    if figures.open_set is None:
        return missing()
    return (
        paragraph(reasons(figures.model))
        + paragraph(SEPARATION)
        + _separation(figures.open_set.left_out, "A genre that training never saw")
        + _separation(figures.open_set.not_music, "What is not music")
        + table(CALLED_HEADINGS, called_rows(figures.open_set), caption=CALLED, text_columns=_WORDS)
    )


def _separation(found: tuple[SeparationFigures, ...], caption: str) -> str:
    rows = [(one.name, share(one.auroc), str(one.n)) for one in found]
    return table(("", "AUROC", "n"), rows, caption=caption) if rows else missing()


def _hints(figures: Figures) -> str:
    told = ", ".join(f"{tag} {least:g}" for tag, least in figures.model.hints)
    return paragraph(
        "Tags of the embedding that are styles and not among the genres are shown as hints where"
        " they stand out: where the mean probability reaches what it is in a tenth of the training"
        " tracks (genres balanced), and 0.1. So chosen, the tags that are genres of ours (blues,"
        " country, metal, Hip-Hop) are right in 54 to 95 % of the clips; how often the others are"
        f" right was not measured. Tags and their least probability: {told}."
    )


def _speed(figures: Figures) -> str:
    speed = figures.speed
    if speed is None:
        return missing()
    rows = [
        ("decode", f"{speed.decode_ms:.1f}"),
        ("level and log-mel", f"{speed.features_ms:.1f}"),
        ("embedding", f"{speed.embedding_ms:.1f}"),
        ("classify", f"{speed.classify_ms:.2f}"),
        ("together", f"{speed.total_ms:.1f}"),
    ]
    caption = f"Medians over {speed.n} tracks of {speed.track_s:.0f} s, one core"
    machine = html.escape(figures.machine.system)
    return table(("", "ms per track"), rows, caption=caption) + f"<p>{machine}</p>"
