"""Passes of the bank: the same ones whenever and in whichever process they are made."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from genretagger.analysis.features import cut_segments
from genretagger.training.model.feature_spec import FEATURE_SPEC, make_mel_filters
from genretagger.training.student.bank import (
    BankPass,
    PassMaker,
    StudentError,
    claim_bank,
    cut_segments_of,
    list_missing,
    path_of_pass,
)
from genretagger.training.student.bank_filling import fill_bank
from genretagger.training.student.pieces import StudyPiece
from genretagger.training.student.recordings import decode
from genretagger.training.student.teachers import RATE_HZ, Teachers
from tests.helpers.samples import encode


@pytest.fixture
def make_pass(recordings, made_up_teacher, tmp_path):
    """Return a function that makes a pass with a teacher that may stop after some answers."""

    def make(number, *, folder="bank", seed=1, stop_after=None):
        (tmp_path / folder).mkdir(exist_ok=True)
        teacher = made_up_teacher(stop_after)
        PassMaker(recordings, teacher, tmp_path / folder, seed).make(number)
        return BankPass.open(tmp_path / folder, number)

    return make


def test_the_plain_pass_holds_every_piece_with_what_the_teacher_says(make_pass, recordings):
    plain = make_pass(0)
    assert plain.rows.tolist() == list(range(len(recordings.pieces)))
    assert plain.read_segments(slice(0, 2)).shape == (2, 10, 187, 96)
    features = plain.read_answers("audioset_features")
    assert features.shape == (6, 3, 384)
    assert features.std(axis=0).min() > 0  # each piece has its own


def test_an_augmented_pass_takes_pieces_by_their_weights(recordings, made_up_teacher, tmp_path):
    maker = PassMaker(recordings, made_up_teacher(), tmp_path, 1)
    taken = np.concatenate([maker.choose_rows(number) for number in range(1, 401)])
    shares = np.bincount(taken, minlength=6) / 400
    assert shares[1:5].tolist() == [1, 1, 1, 1]  # clips
    assert shares[[0, 5]] == pytest.approx([0.5, 0.12], abs=0.06)  # the cut, and noise


def test_a_pass_that_was_broken_off_is_made_again_and_comes_out_the_same(make_pass, tmp_path):
    whole = make_pass(1, folder="whole")
    with pytest.raises(KeyboardInterrupt):
        make_pass(1, stop_after=2)
    assert path_of_pass(tmp_path / "bank", 1).with_suffix(".tmp").exists()
    assert list_missing(tmp_path / "bank", n_passes=2) == [0, 1]
    again = make_pass(1)
    assert list_missing(tmp_path / "bank", n_passes=2) == [0]
    assert again.records.tobytes() == whole.records.tobytes()
    assert [path.name for path in (tmp_path / "bank").iterdir()] == ["pass-0001.npy"]


def test_another_seed_makes_another_pass(make_pass):
    first, other = make_pass(1), make_pass(1, folder="other", seed=2)
    shared, in_first, in_other = np.intersect1d(first.rows, other.rows, return_indices=True)
    assert shared.size >= 4
    assert not np.array_equal(first.read_segments(in_first), other.read_segments(in_other))


def test_segments_are_those_of_the_application():
    samples = np.random.default_rng(0).normal(0, 0.1, 30 * RATE_HZ).astype(np.float32)
    filterbank = make_mel_filters(FEATURE_SPEC)
    ours = cut_segments_of(samples, filterbank=filterbank)
    halved = soxr.resample(samples, RATE_HZ, FEATURE_SPEC.sample_rate_hz)
    heard = cut_segments(halved, spec=FEATURE_SPEC, filterbank=filterbank)
    assert ours.shape == heard.shape == (10, 187, 96)
    np.testing.assert_allclose(ours, heard, atol=1e-5)


def test_a_bank_of_another_origin_is_refused(tmp_path):
    claim_bank(tmp_path / "bank", origin="these teachers")
    claim_bank(tmp_path / "bank", origin="these teachers")
    with pytest.raises(StudentError, match="bank is not of this run but of other audio"):
        claim_bank(tmp_path / "bank", origin="others")


def test_a_process_that_cannot_begin_ends_the_filling_with_a_sentence(tmp_path):
    with pytest.raises(StudentError, match="A process that made the bank has ended"):
        fill_bank(
            tmp_path,
            n_passes=1,
            recordings=tmp_path,
            teachers=tmp_path,
            seed=1,
            n_processes=1,
        )


@pytest.mark.gtzan
def test_processes_side_by_side_make_what_one_makes(teachers_folder, tmp_path, capsys):
    pieces = []
    for number, genre in enumerate(("jazz", "jazz", "pop", "pop")):
        path = encode(tmp_path / f"{number}.flac", seconds=4, noise=0.3, seed=number)
        pieces.append(StudyPiece(str(path), "clip", genre, str(number)))
    recordings = decode(pieces, tmp_path / "audio")
    alone, bank = tmp_path / "alone", tmp_path / "bank"
    alone.mkdir()
    bank.mkdir()
    options = {"recordings": tmp_path / "audio", "teachers": teachers_folder, "seed": 3}
    fill_bank(alone, n_passes=3, n_processes=1, **options)
    capsys.readouterr()
    path_of_pass(bank, 1).write_bytes(path_of_pass(alone, 1).read_bytes())
    fill_bank(bank, n_passes=3, n_processes=2, **options)
    maker = PassMaker(recordings, Teachers.open(teachers_folder), tmp_path, seed=3)
    for number in range(3):
        ours, theirs = (BankPass.open(folder, number) for folder in (bank, alone))
        assert ours.records.tobytes() == theirs.records.tobytes()
        maker.make(number)
        here = BankPass.open(tmp_path, number).read_answers("msd_logits")
        np.testing.assert_allclose(ours.read_answers("msd_logits"), here, rtol=2e-3, atol=2e-3)
    said = capsys.readouterr().err
    assert "pass 1," not in said  # it was there
    assert "2 of 2, 0 min left" in said
