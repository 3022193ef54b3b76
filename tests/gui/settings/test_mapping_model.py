"""What is written for each genre that is heard, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.genres import GenreMapping
from genretagger.core.settings import Settings
from genretagger.gui.settings.mapping_model import MappingColumn, MappingModel


@pytest.fixture
def model(judged):
    return judged(MappingModel(["Post-Punk"]))


def heard(model):
    return [model.index(row, MappingColumn.HEARD).data() for row in range(model.rowCount())]


def write(model, genre, text):
    return model.setData(model.index(heard(model).index(genre), MappingColumn.WRITTEN), text)


def test_every_genre_that_is_known_has_a_row(model):
    model.show_mapping((("hiphop", ("Rap",)), ("Dub", ("Reggae",))))
    assert heard(model) == sorted(heard(model), key=str.casefold)
    assert {"Post-Punk", "Dub", "Hip-Hop", "Electronic", "Hard Rock"} <= set(heard(model))
    assert "Bossa Nova" not in heard(model), "no network hears it yet"
    assert model.pairs() == (("Dub", ("Reggae",)), ("hiphop", ("Rap",)))
    assert write(model, "Hip-Hop", " hip-hop ") is True
    assert replace(Settings(), mapping=model.pairs()).mapping[1] == ("hiphop", ("hip-hop",))


def test_a_style_is_mapped_as_a_genre_is(model):
    model.show_mapping(())
    assert write(model, "R&B", "Soul; R'n'B")
    assert model.pairs() == (("rnb", ("Soul", "R'n'B")),)
    assert GenreMapping(model.pairs()).names("rnb") == ("Soul", "R'n'B")


def test_a_genre_goes_back_to_its_own_name(model, qtbot):
    model.show_mapping((("hiphop", ("Rap",)),))
    assert write(model, "Post-Punk", "Punk; Rock")
    row = heard(model).index("Post-Punk")
    assert model.index(row, MappingColumn.WRITTEN).data() == "Punk; Rock"
    with qtbot.waitSignal(model.mapped):
        model.unmap([row])
    assert model.index(row, MappingColumn.WRITTEN).data() == "Post-Punk"
    model.show_mapping(())
    assert model.pairs() == ()
