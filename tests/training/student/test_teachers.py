"""The teachers: what they are given, what they answer, and what is said where they are missing."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.data.audio_files import read_audio
from genretagger.training.student.tags import AUDIOSET
from genretagger.training.student.teachers import (
    AUDIOSET_NAMES,
    JAMENDO_NAMES,
    MSD,
    RATE_HZ,
    TeacherError,
    Teachers,
    compute_digest,
    find_tags,
)

N_SAMPLES = 30 * RATE_HZ


class MadeUpNetwork:
    """Answers with numbers that say which network, which row and which output they are of."""

    def __init__(self, number, widths):
        self.shapes = []
        self._number, self._widths = number, widths

    def run(self, names, given):
        assert names == ["emb", "logits"]
        assert list(given) == ["mel"]
        self.shapes.append(given["mel"].shape)
        rows = np.arange(len(given["mel"]), dtype=np.float32)[:, np.newaxis]
        return [
            np.broadcast_to(100 * self._number + 10 * output + rows, (len(rows), width))
            for output, width in enumerate(self._widths)
        ]


def test_each_network_hears_its_own_input_and_answers_have_their_places():
    networks = [
        MadeUpNetwork(1, (64, 50)),
        MadeUpNetwork(2, (64, 50)),
        MadeUpNetwork(3, (384, 527)),
    ]
    outputs = Teachers(*networks).hear(np.zeros(N_SAMPLES, np.float32))
    assert [network.shapes for network in networks] == [
        [(1, 1, 96, 1813)],
        [(1, 1, 96, 1813)],
        [(3, 1, 128, 999)],
    ]
    assert outputs.msd_features.shape == outputs.jamendo_features.shape == (64,)
    assert outputs.audioset_logits.shape == (3, 527)
    assert (outputs.msd_features[0], outputs.msd_logits[0]) == (100, 110)
    assert (outputs.jamendo_features[0], outputs.jamendo_logits[0]) == (200, 210)
    assert outputs.audioset_features[:, 0].tolist() == [300, 301, 302]
    assert outputs.audioset_logits[:, 0].tolist() == [310, 311, 312]


def test_tags_are_found_by_name(tag_lists):
    tags = find_tags(tag_lists)
    assert len(tags.names) == len(set(tags.names)) == len(AUDIOSET) + 31
    assert tags.names[0] == "AudioSet: Music"
    assert tags.names[-1] == "Jamendo: style30"
    assert tags.audioset[0] == 526  # the list of this test has them in reverse
    assert tags.jamendo == tuple(range(1, 32))


def test_a_list_without_a_class_is_named(tag_lists):
    path = tag_lists / AUDIOSET_NAMES
    path.write_text(path.read_text().replace('"Jazz"', '"Jatz"'))
    with pytest.raises(TeacherError, match=r"audioset_527\.csv cannot be used \(it lacks Jazz\)"):
        find_tags(tag_lists)


def test_a_list_without_genres_is_named(tag_lists):
    (tag_lists / JAMENDO_NAMES).write_bytes(b"\xff\xfe")
    with pytest.raises(TeacherError, match=r"jamendo_50\.txt cannot be used"):
        find_tags(tag_lists)


@pytest.mark.parametrize("use", [Teachers.open, find_tags, compute_digest])
def test_a_missing_teacher_is_named_with_what_to_do(use, tmp_path):
    with pytest.raises(TeacherError, match="is missing; name the folder of the teachers by --te"):
        use(tmp_path)


def test_a_file_that_is_no_network_is_named_in_one_line(tmp_path):
    (tmp_path / MSD).write_bytes(b"no network")
    with pytest.raises(TeacherError, match=r"msd_fcn\.onnx cannot be used \(.+\)\.$"):
        Teachers.open(tmp_path)


@pytest.mark.gtzan
def test_a_network_in_the_place_of_another_is_refused(teachers_folder, tmp_path):
    (tmp_path / MSD).symlink_to(teachers_folder / "mn04.onnx")
    with pytest.raises(TeacherError, match=r"msd_fcn\.onnx cannot be used"):
        Teachers.open(tmp_path)


@pytest.mark.gtzan
def test_the_teachers_recognise_music_and_its_genre(teachers_folder, gtzan):
    teachers, tags = Teachers.open(teachers_folder), find_tags(teachers_folder)
    for genre in ("classical", "hiphop", "metal", "reggae"):
        path = sorted((gtzan / "clips" / genre).iterdir())[0]
        samples = np.resize(read_audio(path, sample_rate_hz=RATE_HZ), N_SAMPLES)
        outputs = teachers.hear(samples)
        of_classes = outputs.audioset_logits.mean(axis=0)
        assert of_classes.argmax() == tags.audioset[0]  # Music
        of_genres = outputs.jamendo_logits[list(tags.jamendo)]
        names = [name for name in tags.names if name.startswith("Jamendo")]
        best = [names[index] for index in np.argsort(-of_genres)[:5]]
        assert f"Jamendo: {genre}" in best
