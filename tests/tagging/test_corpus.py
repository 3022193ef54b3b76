"""Files from others' test suites, written and undone: only the genre changes, or a named refusal.

Judged by tests/judge.py. Besides the samples of mutagen's own tests, any folder of files can be
tried: GENRETAGGER_CORPUS=FOLDER.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from genretagger.core.datatypes import Policy
from tests import foreign, trial

POLICIES = [Policy.REPLACE, Policy.ADD]
CORPUS_VARIABLE = "GENRETAGGER_CORPUS"
REFUSED = {}


@pytest.fixture(scope="module")
def samples(request):
    return sorted(foreign.mutagen_samples(request.config.cache).iterdir())


def complaints(trials):
    return [f"{trial.path.name}: {'; '.join(trial.problems)}" for trial in trials if trial.problems]


@pytest.mark.parametrize("policy", POLICIES)
def test_each_sample_of_mutagen_is_written_right_or_refused_by_name(policy, samples):
    trials = list(trial.run_all(samples, policy))
    assert complaints(trials) == []
    assert {each.path.name: each.key for each in trials if each.key} == REFUSED
    assert Counter(each.status for each in trials)["written"] == len(samples) - len(REFUSED)


@pytest.mark.parametrize("policy", POLICIES)
def test_each_file_of_a_corpus_is_written_right_or_refused_by_name(policy):
    folder = os.environ.get(CORPUS_VARIABLE)
    if not folder:
        pytest.skip(f"{CORPUS_VARIABLE} is not set")
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    assert complaints(trial.run_all(files, policy)) == []
