"""Styles are suggested by their tags, the surest first, and hints are not."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.styles import (
    average_style_tags,
    compute_style_confidence,
    suggest_styles,
)
from genretagger.core.predictions import StyleOutput

TAGS = ("folk", "electronic", "electronica", "soul")


def style(name, *tags, least=0.5, offset=0.0, proven=False):
    slopes = (1 / len(tags),) * len(tags)
    return StyleOutput(name, tags, slopes, offset, least, 0.9, 0.7, 20, is_proven=proven)


def test_tags_count_by_their_mean_over_segments():
    logits = np.array([[0, -4, -1, 9], [0, 2, -2, 9]], np.float32)
    means = average_style_tags(logits, tags=TAGS, style_tags=("electronica", "electronic"))
    assert means.tolist() == [-1.5, -1]  # a single loud segment is no style
    both = average_style_tags(np.stack([logits, logits + 1]), tags=TAGS, style_tags=("folk",))
    assert both.tolist() == [[0], [1]]


def test_confidence_rises_with_each_tag_and_stays_a_probability():
    means = np.array([[-1e9, 0], [-1, 0], [0, 0], [0, 2], [1, 0], [1e9, 0]])
    confidence = compute_style_confidence(means, slopes=(2.0, 0.5), offset=0.0)
    assert confidence.tolist() == sorted(confidence)
    assert confidence[2] == 0.5
    assert confidence[3] == pytest.approx(1 / (1 + np.exp(-1)))
    assert confidence[4] == pytest.approx(1 / (1 + np.exp(-2)))
    assert ((confidence >= 0) & (confidence <= 1)).all()


def test_styles_are_suggested_from_their_least_confidence_on_the_surest_first():
    logits = np.array([[0.5, 3.0, 1.0, -3.0]], np.float32)
    styles = (
        style("folk", "folk"),
        style("electronic", "electronic", "electronica", proven=True),
        style("soul", "soul"),
        style("electronica", "electronica", least=0.74),
    )
    suggested = suggest_styles(logits, tags=TAGS, styles=styles)
    assert [score.style for score in suggested] == ["electronic", "folk"]
    assert [score.is_proven for score in suggested] == [True, False]
    assert suggested[0].confidence == pytest.approx(1 / (1 + np.exp(-2)))


def test_a_style_with_too_little_labelled_audio_is_never_suggested():
    logits = np.full((3, 4), 50, np.float32)
    assert suggest_styles(logits, tags=TAGS, styles=(style("folk", "folk", least=None),)) == ()
