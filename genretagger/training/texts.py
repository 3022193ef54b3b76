"""Texts that travel with the model: its card and its licences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from genretagger.core.hearing import ModelManifest

LICENSES: Final = """\
Licences of the files in this folder

classifier.tflite, filterbanks.npz, manifest.json, MODEL_CARD.md
    Part of Genretagger, GPL-3.0-or-later. The classifier was trained on features computed from
    GTZAN (Tzanetakis and Cook 2002). The copyright of that audio is not cleared; none of it, whole
    or cut, is included here, and none can be recovered from these files.

embedding.tflite
    The network and weights of musicnn 0.1.0, MSD_musicnn (Jordi Pons and Xavier Serra, "musicnn:
    pre-trained convolutional neural networks for music audio tagging", 2019), rebuilt in Keras and
    converted, otherwise unchanged, under the ISC licence that follows.

----------------------------------------------------------------------------------------------------
"""

_CARD: Final = """\
# Model card: {model_id}

(Sections after Mitchell et al. 2019, arXiv 1810.03993.)

## Model details
Two networks. `embedding.tflite` is musicnn (Pons and Serra 2019, ISC licence), trained by its
authors on the Million Song Dataset with 50 Last.fm tags, unchanged. `classifier.tflite` is ours
(GPL-3.0-or-later): a small ensemble of Dense + ReLU + Dropout + softmax networks, averaged inside
one graph, on the mean over time of the embedding's penultimate layer.
Input: up to {max_segments} segments of {segment_s:.2f} s, {sample_rate_hz} Hz mono.

## Intended use
Suggest one of ten broad genres ({genres}) for a track of recorded music, for a person who
reviews the suggestion. Not for judging people, not for licensing decisions, not for speech.

## Factors
The ten genres are those of GTZAN: mostly Western popular music before 2001. Electronic music, folk,
soul, anything non-Western and speech have no genre here; the network names one of the ten anyway.
Style hints (other tags of the embedding) are shown beside it and are not calibrated.

## Metrics
Accuracy and balanced accuracy, mean of 15 folds in which no known artist stands on both sides.
Everything that was tried: docs/model.md in the source.

{figures}

## Training and evaluation data
{trained_on}. Cross-validation on the same clips; artists, and clips known to be identical, are
never split. The fault-filtered test partition was not used for any choice.

## Caveats
Confidence is {calibrated}. The level of a recording changes verdicts: audio is not
level-normalised. Disco (11 clips) and reggae (33) are sparse in the training data.
"""


def model_card(manifest: ModelManifest, *, figures: str = "") -> str:
    """Return the model card; `figures` are lines of Markdown."""
    spec = manifest.feature_spec
    return _CARD.format(
        model_id=manifest.model_id,
        max_segments=spec.max_segments,
        segment_s=spec.segment_s,
        sample_rate_hz=spec.sample_rate_hz,
        genres=", ".join(manifest.genres),
        figures=figures,
        trained_on=manifest.trained_on,
        calibrated="calibrated" if manifest.calibrated else "not calibrated yet",
    )
