"""Styles are suggested by their tags, the surest first, and hints are not."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.styles import (
    compute_style_confidence,
    compute_style_strength,
    suggest_styles,
)
from genretagger.core.predictions import StyleOutput

TAGS = ("folk", "electronic", "electronica", "soul")


def style(name, *tags, least=0.5, offset=0.0, proven=False):
    return StyleOutput(name, tags, 1.0, offset, least, 0.9, 0.7, 20, is_proven=proven)


def test_the_strongest_tag_counts_by_its_mean_over_segments():
    logits = np.array([[0, -4, -1, 9], [0, 2, -1, 9]], np.float32)
    strength = compute_style_strength(logits, tags=TAGS, style_tags=("electronic", "electronica"))
    assert strength == pytest.approx(-1)  # means are -1 and -1; a single loud segment is no style
    both = compute_style_strength(np.stack([logits, logits + 1]), tags=TAGS, style_tags=("folk",))
    assert both.tolist() == [0, 1]


def test_confidence_rises_with_strength_and_stays_a_probability():
    strength = np.array([-1e9, -1.0, 0.0, 1.0, 1e9])
    confidence = compute_style_confidence(strength, slope=2.0, offset=0.0)
    assert confidence.tolist() == sorted(confidence)
    assert confidence[2] == 0.5
    assert confidence[3] == pytest.approx(1 / (1 + np.exp(-2)))
    assert ((confidence >= 0) & (confidence <= 1)).all()


def test_styles_are_suggested_from_their_least_confidence_on_the_surest_first():
    logits = np.array([[0.5, 2.0, 0.0, -3.0]], np.float32)
    styles = (
        style("folk", "folk"),
        style("electronic", "electronic", "electronica", proven=True),
        style("soul", "soul"),
        style("electronica", "electronica", least=0.51),
    )
    suggested = suggest_styles(logits, tags=TAGS, styles=styles)
    assert [score.style for score in suggested] == ["electronic", "folk"]
    assert [score.is_proven for score in suggested] == [True, False]
    assert suggested[0].confidence == pytest.approx(1 / (1 + np.exp(-2)))


def test_a_style_with_too_little_labelled_audio_is_never_suggested():
    logits = np.full((3, 4), 50, np.float32)
    assert suggest_styles(logits, tags=TAGS, styles=(style("folk", "folk", least=None),)) == ()
