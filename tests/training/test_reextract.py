"""Music without labels is heard by source."""

from __future__ import annotations

from genretagger.analysis.manifest import default_model_folder
from genretagger.training import reextract
from genretagger.training.data.audio_files import write_audio
from genretagger.training.sounds.synthesis import make_sound

SAMPLE_RATE_HZ = 22_050


def test_music_without_labels_is_heard_by_source(tmp_path):
    for name in ("band/a.flac", "band/album/b.flac", "choir/c.flac"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_audio(path, make_sound("saw", seconds=4, seed=1), sample_rate_hz=SAMPLE_RATE_HZ)
    (tmp_path / "choir" / "notes.txt").write_text("no music", encoding="utf-8")
    heard = reextract.hear_music(tmp_path, model_folder=default_model_folder(), n_segments=10)
    assert sorted(heard.groups.tolist()) == [
        "openly licensed band",
        "openly licensed band",
        "openly licensed choir",
    ]
    assert heard.is_music.all()
    assert heard.segments.shape == (3, 10, 200)
