import inspect

import pytest

from genretagger.gui import main_window
from genretagger.gui.shell import actions
from genretagger.gui.shell.actions import MAKERS, UNDO, WRITE, Actions
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track


@pytest.fixture
def core():
    return FakeCore([track("a.flac")])


def _constants():
    return {
        name: value
        for name, value in vars(actions).items()
        if name.isupper() and isinstance(value, str)
    }


def test_an_action_that_is_not_made_yet_is_told_with_its_maker(qapp):
    made = Actions(qapp)
    with pytest.raises(LookupError, match="writeAction is made by WriteFeature"):
        made.named(WRITE)
    write = made.make(WRITE, "&Write", "Write")
    assert made.named(WRITE) is write


def test_each_named_action_has_one_maker():
    listed = [name for names in MAKERS.values() for name in names]
    assert sorted(listed) == sorted(_constants().values())


@pytest.mark.parametrize("maker", MAKERS)
def test_each_maker_makes_its_actions(maker):
    source = inspect.getsource(getattr(main_window, maker))
    constants = {value: name for name, value in _constants().items()}
    for name in MAKERS[maker]:
        assert constants[name] in source


def test_the_window_has_every_named_action(driver):
    for name in _constants().values():
        assert driver.action(name) is not None, name
    assert driver.action(UNDO).objectName() == "undoAction"
