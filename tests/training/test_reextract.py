"""Music without labels is heard by source."""

from __future__ import annotations

import pytest

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.training import reextract
from genretagger.training.data.audio_files import write_audio
from genretagger.training.data.dataset import TableError
from genretagger.training.sounds.synthesis import make_sound

SAMPLE_RATE_HZ = 22_050


def test_music_without_labels_is_heard_by_source(tmp_path):
    for name in ("band/a.flac", "band/album/b.flac", "choir/c.flac"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_audio(path, make_sound("saw", seconds=4, seed=1), sample_rate_hz=SAMPLE_RATE_HZ)
    (tmp_path / "choir" / "notes.txt").write_text("no music", encoding="utf-8")
    (tmp_path / "music.tsv").write_text("file\tstyle\nband/a.flac\telectronic\n", "utf-8")
    manifest = load_manifest(default_model_folder())
    heard, styled = reextract.hear_music(
        tmp_path, model_folder=default_model_folder(), n_segments=10
    )
    assert sorted(heard.groups.tolist()) == [
        "openly licensed band",
        "openly licensed band",
        "openly licensed choir",
    ]
    assert heard.is_music.all()
    assert heard.segments.shape == (3, 10, manifest.n_units)
    assert styled.groups.tolist() == ["band", "band/album", "choir"]
    assert styled.genres.tolist() == ["", "?", "?"]  # what is not listed may be of the ten genres
    assert [label.tell("electronic") for label in styled.labels] == [True, None, None]
    assert styled.logits.shape == (3, 10, len(manifest.tags))


def test_a_list_that_is_no_table_is_said(tmp_path):
    (tmp_path / "music.tsv").write_text("song\tstyle\na\tb\n", "utf-8")
    with pytest.raises(TableError, match="cannot be read"):
        reextract._read_styles(tmp_path)
