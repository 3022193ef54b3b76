"""The licences that travel with the model (its card: `training.card`)."""

from __future__ import annotations

from typing import Final

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
