"""What librosa says, for the tests that compare with it."""

import pytest

from tests.analysis import by_librosa


@pytest.fixture(scope="session")
def librosa_says(torture):
    """Return librosa's answers by name: those stored, in the thorough form those it gives now."""
    return by_librosa.asked() if torture else by_librosa.stored()
