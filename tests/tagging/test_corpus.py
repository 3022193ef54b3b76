"""Files from others' test suites, written and undone: only the genre changes, or a named refusal.

Judged by tests/helpers/independent_readers.py. Besides the samples of mutagen's own tests, any
folder of files can be tried: GENRETAGGER_CORPUS=FOLDER.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from genretagger.core.writes import Policy
from tests.helpers import mutagen_corpus, roundtrip

pytestmark = pytest.mark.slow
POLICIES = [Policy.REPLACE, Policy.ADD]
CORPUS_VARIABLE = "GENRETAGGER_CORPUS"
# The samples of mutagen that are not written, by key of the reason.
REFUSED = {
    # cut off, or with a part that says it is longer or shorter than it is
    "106-invalid-streaminfo.flac": "tags-unreadable",
    "106-short-picture-block-size.flac": "layout-broken",
    "52-overwritten-metadata.flac": "layout-broken",
    "52-too-short-block-size.flac": "layout-broken",
    "bad-POPM-frame.mp3": "cut-off",
    "bad-xing.mp3": "cut-off",
    "emptyfile.mp3": "file-empty",
    "flac_application.flac": "cut-off",
    "issue_29.wma": "cut-off",
    "ooming-header.flac": "layout-broken",
    "too-short.mp3": "id3v22-read-only",
    "truncated-64bit.mp4": "cut-off",
    "variable-block.flac": "cut-off",
    # tags, atoms or notes without audio
    "145-invalid-item-count.apev2": "format-unknown",
    "64bit.mp4": "layout-broken",
    "almostempty.mpc": "file-only-tags",
    "brokentag.apev2": "format-unknown",
    "id3v23_unsynch.id3": "tags-unreadable",
    "id3v24_extended_header.id3": "file-only-tags",
    "oldtag.apev2": "file-zeros",
    "sample.mid": "kind-unheard",
    # pictures and films
    "image.jpg": "file-image",
    "sample.oggtheora": "video-silent",
    "sample_bitrate.oggtheora": "video-silent",
    "sample_length.oggtheora": "cut-off",
    # kinds of file and tag that mutagen cannot write
    "adif.aac": "container-without-tags",
    "empty.aac": "container-without-tags",
    "silence-44-s.ac3": "container-without-tags",
    "silence-44-s.eac3": "container-without-tags",
    "id3v22-test.mp3": "id3v22-read-only",
    # a genre in an ID3v2 tag at the end, where Audacious looks and others do not
    "audacious-trailing-id32-apev2.mp3": "id3-buried",
    "audacious-trailing-id32-id31.mp3": "id3-buried",
    "no-tags.3g2": "mp4-fragmented",
}


@pytest.fixture(scope="module")
def samples(request):
    return sorted(mutagen_corpus.mutagen_samples(request.config.cache).iterdir())


def complaints(trials):
    return [f"{trial.path.name}: {'; '.join(trial.problems)}" for trial in trials if trial.problems]


@pytest.mark.parametrize("policy", POLICIES)
def test_each_sample_of_mutagen_is_written_right_or_refused_by_name(policy, samples):
    trials = list(roundtrip.run_all(samples, policy))
    assert len(trials) > 80
    assert complaints(trials) == []
    assert {each.path.name: each.key for each in trials if each.key} == REFUSED
    assert Counter(each.status for each in trials)["written"] == len(samples) - len(REFUSED)


@pytest.mark.parametrize("policy", POLICIES)
def test_each_file_of_a_corpus_is_written_right_or_refused_by_name(policy):
    folder = os.environ.get(CORPUS_VARIABLE)
    if not folder:
        pytest.skip(f"{CORPUS_VARIABLE} is not set")
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    assert complaints(roundtrip.run_all(files, policy)) == []
