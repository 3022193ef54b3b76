"""The personal classifier: learned from anything, honest about it, safe to load from anybody."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genretagger.analysis.personal import file, metrics
from genretagger.analysis.personal.classifier import PersonalClassifier
from genretagger.analysis.personal.train import train
from genretagger.analysis.scoring import softmax
from genretagger.core.errors import PersonalError
from genretagger.core.personal import (
    ClassifierReport,
    Example,
    GenreReport,
    LeftOutTracks,
    is_name,
)
from genretagger.core.predictions import Level, Prediction, SegmentOutputs, Threshold, Unsure

N_UNITS = 20
FILE = Path("mine.npz")


def learned(examples):
    return train(examples, embedding_id="embedding", plan_id="plan")


def library(n_genres, *, n_artists=12, n_tracks=3, spread=0.7, artist_spread=0.2, seed=0):
    """Return examples whose genres are clouds, each artist a cloud within its genre's."""
    rng = np.random.default_rng(seed)
    examples = []
    for genre in range(n_genres):
        centre = rng.normal(size=N_UNITS)
        for artist in range(n_artists):
            place = centre + artist_spread * rng.normal(size=N_UNITS)
            examples += [
                Example(
                    (place + spread * rng.normal(size=N_UNITS)).astype(np.float32),
                    f"Genre {genre}",
                    f"artist {genre}/{artist}",
                )
                for _ in range(n_tracks)
            ]
    return examples


def with_genres(examples, genres):
    return [replace(one, genre=genre) for one, genre in zip(examples, genres, strict=True)]


def main(unsure=None):
    return Prediction("rock", 0.5, (), (), unsure, Level.LOW, "model-1")


def heard(*rows):
    penultimate = np.array(rows, np.float32)
    starts = np.arange(len(rows), dtype=np.float32)
    return SegmentOutputs(starts, np.zeros((len(rows), 3), np.float32), penultimate)


@pytest.fixture(scope="module")
def three():
    """Return a classifier of three genres, the last with too few artists to be high."""
    examples = library(3)
    return learned([one for one in examples if one.group not in FEW])


FEW = {f"artist 2/{number}" for number in range(5, 12)}


def test_three_genres_are_learned_and_the_report_says_how_well(three):
    report = three.report
    assert [(one.genre, one.n_tracks, one.n_artists, one.few) for one in report.genres] == [
        ("Genre 0", 36, 12, False),
        ("Genre 1", 36, 12, False),
        ("Genre 2", 15, 5, True),
    ]
    assert report.accuracy > 0.9
    assert report.baseline == pytest.approx(36 / 87)
    assert report.ece < 0.1
    assert report.follows_sound
    assert report.high is not None
    assert report.high.precision >= 0.95
    assert (report.n_tracks, report.n_artists, report.n_folds) == (87, 29, 5)


def test_two_genres_are_learned_too():
    classifier = learned(library(2))
    assert classifier.report.accuracy > 0.9
    row = library(2)[0]
    prediction = classifier.predict(heard(row.features), main=main(), name="N")
    assert prediction.genre == row.genre
    assert sum(score.score for score in prediction.scores) == pytest.approx(1)


def test_two_hundred_genres_are_learned():
    report = learned(library(200, n_artists=4, n_tracks=2)).report
    assert len(report.genres) == 200
    assert report.accuracy > 0.5
    assert all(one.few for one in report.genres)


def test_an_artist_is_never_judged_by_what_was_learned_of_him():
    # Genres are drawn per artist, so that nothing but the artist can give them away.
    rng = random.Random(0)
    examples = library(1, n_artists=16, n_tracks=20, spread=0.05, artist_spread=1)
    genre_of = {one.group: rng.choice(("A", "B")) for one in examples[::20]}
    leaking = with_genres(examples, [genre_of[one.group] for one in examples])
    apart = [replace(one, group=str(number)) for number, one in enumerate(leaking)]
    assert learned(apart).report.accuracy > 0.9  # what splitting by track would claim
    report = learned(leaking).report
    assert report.balanced_accuracy < 0.7
    assert not report.follows_sound


def test_wrong_tags_everywhere_are_said_to_be_that():
    examples = library(5)
    genres = [one.genre for one in examples]
    random.Random(0).shuffle(genres)
    report = learned(with_genres(examples, genres)).report
    assert not report.follows_sound
    assert (report.high, report.medium) == (None, None)


def test_a_library_of_nearly_one_genre_may_follow_the_sound():
    examples = library(2, n_artists=40)
    rare = [f"artist 1/{number}" for number in range(36)]
    report = learned([one for one in examples if one.group not in rare]).report
    assert report.baseline > 0.9
    assert report.follows_sound


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ([], "no track that was analysed has a genre"),
        (library(1), "All 36 tracks have one genre, Genre 0"),
        ([replace(one, group="a") for one in library(3)], "All 108 tracks are by one artist"),
        (library(3, n_artists=2), "genres that have them: 0"),
        (library(3, n_artists=4, n_tracks=1), "each with 5 tracks by 3 artists"),
    ],
)
def test_too_little_is_one_sentence_that_says_what_is_missing(examples, said):
    with pytest.raises(PersonalError, match=said):
        learned(examples)


def test_small_genres_are_left_out_by_name():
    small = [replace(one, genre="Tiny") for one in library(1, n_artists=2, seed=9)]
    report = learned([*library(2), *small]).report
    assert [(one.genre, one.n_tracks, one.n_artists) for one in report.left_out] == [("Tiny", 6, 2)]
    assert report.n_left_out == 1
    assert report.n_tracks == 72


def test_a_unit_that_never_fires_does_no_harm():
    examples = library(3)
    for one in examples:
        one.features[3] = 0
    classifier = learned(examples)
    assert np.isfinite(classifier.weights).all()


def test_the_temperature_makes_the_loss_less_and_recovers_a_known_one():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 5)) * 2
    labels = np.array([rng.choice(5, p=row) for row in softmax(logits, temperature=1.0)])
    for factor in (0.2, 5.0):
        off = logits * factor
        temperature = metrics.best_temperature(off, labels)
        assert temperature == pytest.approx(factor, rel=0.1)
        assert metrics.log_loss(off / temperature, labels) < metrics.log_loss(off, labels)


def test_a_threshold_counts_what_it_is_told_to_and_needs_more_than_luck():
    confidence = np.linspace(1, 0, 100)
    right = np.arange(100) < 50
    every = np.ones(100, bool)
    sure = np.ones(len(right))
    found = metrics.find_threshold(confidence, right, expected=sure, counts=every, precision=0.8)
    assert found == Threshold(pytest.approx(confidence[61]), pytest.approx(50 / 62), 0.62)
    first = np.arange(100) < 19
    assert (
        metrics.find_threshold(confidence, right, expected=sure, counts=first, precision=0.8)
        is None
    )
    none = np.zeros(100, bool)
    assert (
        metrics.find_threshold(confidence, right, expected=sure, counts=none, precision=0.8) is None
    )


def test_a_level_promises_something_about_its_least_sure_track():
    confidence = np.repeat([0.9, 0.4], 100)
    right = np.concatenate([np.ones(100, np.bool_), np.arange(100) < 60])  # 80 % on average
    few = np.zeros(200, np.bool_)
    expected = np.repeat([1.0, 0.6], 100)
    high, medium = metrics.find_thresholds(confidence, right, expected=expected, few=few)
    assert high is not None
    assert medium is not None
    assert (high.confidence, medium.confidence) == (0.9, 0.9)


def test_a_genre_of_few_artists_is_never_high(three):
    sure = Threshold(0.0, 1.0, 1.0)
    eager = replace(three, report=replace(three.report, high=sure, medium=sure))
    levels = {}
    for one in library(3):
        prediction = eager.predict(heard(one.features), main=main(), name="N")
        levels.setdefault(prediction.genre, set()).add(prediction.level)
    assert levels == {
        "Genre 0": {Level.HIGH},
        "Genre 1": {Level.HIGH},
        "Genre 2": {Level.MEDIUM},
    }


def test_without_thresholds_every_level_is_low(three):
    humble = replace(three, report=replace(three.report, high=None, medium=None))
    prediction = humble.predict(heard(library(3)[0].features), main=main(), name="N")
    assert prediction.level is Level.LOW


def test_doubts_are_its_own_but_no_music_stays_no_music(three):
    clear = [one.features for one in library(3, n_tracks=1)][::12]
    for unsure in (*(set(Unsure) - {Unsure.NOT_MUSIC}), None):
        prediction = three.predict(heard(clear[0]), main=main(unsure), name="N")
        assert (prediction.genre, prediction.unsure) == ("Genre 0", None)
    speech = three.predict(heard(clear[0]), main=main(Unsure.NOT_MUSIC), name="N")
    assert speech.unsure is Unsure.NOT_MUSIC
    middle = np.mean(clear, axis=0)
    doubtful = three.predict(heard(middle), main=main(), name="N")
    assert doubtful.unsure in (Unsure.LOW_CONFIDENCE, None)
    loud = heard(*[8 * clear[0]], *[clear[1]] * 4)
    assert three.predict(loud, main=main(), name="N").unsure is Unsure.SEGMENTS_DISAGREE


def test_a_prediction_names_the_classifier_and_holds_the_ten_best(three):
    prediction = three.predict(heard(library(3)[0].features), main=main(), name="My own")
    assert prediction.model_id == f"personal:My own:{three.short_hash}"
    many = learned(library(20, n_artists=4, n_tracks=2))
    scores = many.predict(heard(library(20)[0].features), main=main(), name="N").scores
    assert len(scores) == 10
    assert [one.score for one in scores] == sorted((one.score for one in scores), reverse=True)


# The file


def packed_with(classifier, *, about=None, **arrays):
    """Return the file of `classifier` with some of its parts replaced."""
    parts = {
        "weights": classifier.weights,
        "bias": classifier.bias,
        "about": np.load(io.BytesIO(file.pack(classifier)))["about"],
    }
    if about is not None:
        parts["about"] = np.frombuffer(about, np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, **(parts | arrays))
    return stream.getvalue()


def described(classifier, **changes):
    about = json.loads(bytes(np.load(io.BytesIO(file.pack(classifier)))["about"]))
    about["report"] |= changes
    return json.dumps(about).encode()


def test_what_was_packed_comes_back_equal(three):
    content = file.pack(three)
    again = file.unpack(content, path=FILE)
    assert again.report == three.report
    assert (again.embedding_id, again.plan_id) == ("embedding", "plan")
    assert np.array_equal(again.weights, three.weights)
    assert np.array_equal(again.bias, three.bias)
    assert again.short_hash == three.short_hash
    assert file.pack(again) == content


def hostile(classifier):
    weights, bias = classifier.weights, classifier.bias
    nan = weights.copy()
    nan[0, 0] = np.nan
    genres = json.loads(described(classifier))["report"]["genres"]
    yield "text", b"not a zip file"
    yield "empty", b""
    yield "objects", packed_with(classifier, weights=np.array([{"a": 1}, None], object))
    yield "doubles", packed_with(classifier, weights=weights.astype(np.float64))
    yield "wrong shape", packed_with(classifier, weights=weights.T)
    yield "flat", packed_with(classifier, weights=weights.ravel())
    yield "no units", packed_with(classifier, weights=weights[:, :0])
    yield "too many units", packed_with(classifier, weights=np.zeros((3, 5000), np.float32))
    yield "fortran", packed_with(classifier, weights=np.asfortranarray(weights))
    yield "not a number", packed_with(classifier, weights=nan)
    yield "infinite", packed_with(classifier, bias=bias + np.inf)
    yield "short bias", packed_with(classifier, bias=bias[:2])
    yield "huge", packed_with(classifier, weights=np.zeros((2000, 4096), np.float32))
    yield "a further array", packed_with(classifier, more=bias)
    yield "no JSON", packed_with(classifier, about=b"{")
    yield "no text", packed_with(classifier, about=b"\xff\xfe")
    yield "deep JSON", packed_with(classifier, about=b"[" * 100_000)
    yield "a list", packed_with(classifier, about=b"[]")
    yield "another form", packed_with(classifier, about=b'{"format": 0}')
    yield "no number of a form", packed_with(classifier, about=b'{"format": "2"}')
    yield "no report", packed_with(classifier, about=b'{"format": 1}')
    for name, changes in {
        "a text for a number": {"accuracy": "0.9"},
        "a boolean for a number": {"accuracy": True},
        "no finite number": {"accuracy": 1e999},
        "below zero": {"ece": -1.0},
        "a number for a boolean": {"follows_sound": 1},
        "an unknown key": {"colour": "red"},
        "no list": {"genres": "abc"},
        "no genres": {"genres": []},
        "a genre twice": {"genres": [genres[0], genres[0], genres[1]]},
        "a genre of lines": {"genres": [*genres[:2], genres[2] | {"genre": "A\nB"}]},
        "a genre without name": {"genres": [*genres[:2], genres[2] | {"genre": ""}]},
        "a long genre": {"genres": [*genres[:2], genres[2] | {"genre": "A" * 101}]},
        "a direction": {"genres": [*genres[:2], genres[2] | {"genre": "A\u202eB"}]},
        "no threshold": {"high": {"confidence": 0.5}},
    }.items():
        yield name, packed_with(classifier, about=described(classifier, **changes))


def test_a_hostile_file_is_one_sentence(three):
    for name, content in hostile(three):
        with pytest.raises(PersonalError, match=r"mine\.npz is not a personal classifier"):
            pytest.fail(f"{name}: {file.unpack(content, path=FILE)}")


def test_a_file_of_a_newer_version_says_so(three):
    for more in ({}, {"more": three.bias}):
        content = packed_with(three, about=b'{"format": 2}', **more)
        with pytest.raises(PersonalError, match=r"mine\.npz was made by a newer Genretagger"):
            file.unpack(content, path=FILE)


def with_members(content, **members):
    """Return the archive `content` with the bytes of some members replaced, compressed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (parts | {f"{name}.npy": part for name, part in members.items()}).items():
            archive.writestr(name, part)
    return stream.getvalue()


def header(text):
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def test_a_bomb_and_a_lying_header_are_not_believed(three):
    content = file.pack(three)
    bomb = with_members(content, weights=bytes(300 * 2**20))
    assert len(bomb) < 2**20
    claims = b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 200), }\n"
    for name, hurt in {
        "bomb": bomb,
        "claims more": with_members(content, weights=header(claims)),
        "negative": with_members(content, bias=header(claims.replace(b"99999999999, 200", b"-1,"))),
        "nested": with_members(content, weights=header(b"(" * 9000)),
        "an expression": with_members(content, weights=header(b"__import__('os').getpid()\n")),
        "a newer kind": with_members(content, weights=b"\x93NUMPY\x03\x00" + bytes(99)),
    }.items():
        with pytest.raises(PersonalError, match=r"mine\.npz is not a personal classifier"):
            pytest.fail(f"{name}: {file.unpack(hurt, path=FILE)}")


def test_a_path_in_the_archive_leads_nowhere(three, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("a.npz", "w") as archive:
        archive.writestr("../weights.npy", file.pack(three))
    with pytest.raises(PersonalError):
        file.unpack(Path("a.npz").read_bytes(), path=Path("a.npz"))
    assert [entry.name for entry in tmp_path.iterdir() if entry.suffix != ""] == ["a.npz"]


@pytest.mark.filterwarnings("ignore")
def test_any_damage_is_noticed_or_harmless(three, runs):
    content = file.pack(three)
    rng = random.Random(0)
    for _ in range(runs(300, 20_000)):
        hurt = bytearray(content)
        for _ in range(rng.randrange(1, 4)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        if rng.random() < 0.2:
            del hurt[rng.randrange(len(hurt)) :]
        try:
            again = file.unpack(bytes(hurt), path=FILE)
        except PersonalError:
            continue
        assert np.isfinite(again.weights).all()


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    path = tmp_path / "a.npz"
    with path.open("wb") as stream:
        stream.truncate(file.LARGEST_BYTES + 1)
    with pytest.raises(PersonalError, match="too large"):
        file.read_file(path)
    with pytest.raises(PersonalError, match="cannot be read"):
        file.read_file(tmp_path / "none.npz")


@pytest.mark.parametrize(
    "name", ["Mine", "Émile's".replace("'", ""), "A & B", "a.b", "音楽", "x" * 60]
)
def test_names_for_people_are_names(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", ".", "..", "../x", "a/b", "a\\b", "/etc", "~", ".hidden", "a.", "a ", " a"),
        *("a\0b", "a\nb", "a\n", "a:b", "*", "CON", "nul.x", "com1", "a\u202eb", "x" * 61, "-a"),
    ],
)
def test_tricks_are_no_names(name):
    assert not is_name(name)


@pytest.mark.gtzan
def test_it_is_as_good_as_was_measured(gtzan):
    with np.load(gtzan / "gtzan_dev_embeddings.npz", allow_pickle=False) as table:
        rows = table["msd_penultimate"].astype(np.float32).mean(axis=1)
        genres, artists = table["genre"].tolist(), table["artist"].tolist()
    examples = [Example(*one) for one in zip(rows, genres, artists, strict=True)]
    report = learned(examples).report
    assert report.accuracy == pytest.approx(0.81, abs=0.025)
    assert report.ece <= 0.06
    assert report.follows_sound
    assert report.high is not None


def test_the_hash_of_a_file_is_that_of_every_earlier_version():
    genre = GenreReport("Polka", 3, 3, 0.5, 0.5, few=False)
    left_out = (LeftOutTracks("Ska", 2, 2),)
    report = ClassifierReport(
        (genre,), left_out, 1, 3, 2, 0, 5, 0.5, 0.5, 0.5, 0.125, 1.0, None, None, follows_sound=True
    )
    weights, bias = np.ones((1, 2), np.float32), np.zeros(1, np.float32)
    assert PersonalClassifier(weights, bias, "e", "p", report).short_hash == "914c0fe9"
