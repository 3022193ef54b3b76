"""What librosa says, for the tests that compare with it."""

import pytest

from tests.helpers import librosa_answers


@pytest.fixture(scope="session")
def librosa_says(torture):
    """Return librosa's answers by name: those stored, in the thorough form those it gives now."""
    return librosa_answers.asked() if torture else librosa_answers.stored()
