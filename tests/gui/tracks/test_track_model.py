"""The table model, judged by Qt's own tester as each change happens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, QLocale, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QStyleOptionViewItem

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.tracks import TagReading
from genretagger.core.writes import Action, Decision, Policy
from genretagger.gui.cells.columns import Column
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.tracks.track_view import TrackView
from genretagger.gui.widgets.item_views import ROW_ROLE
from genretagger.gui.widgets.texts import percent
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.row_events import make_row
from genretagger.review.table.sort_keys import EMPTY, SortField, make_sort_key
from tests.helpers.rows import heard, track


@pytest.fixture
def model(qtmodeltester, qapp):
    model = TrackTableModel()
    qtmodeltester.check(model)  # attached before the changes, so that each is judged
    return model


def names(model):
    return [
        model.index(position, 0).data(ROW_ROLE).path.name for position in range(model.rowCount())
    ]


def test_the_model_keeps_the_contract_of_qt(model):
    model.append([heard("a.mp3"), heard("b.mp3", "jazz", 0.1)])
    model.append([])
    model.append([heard("c.mp3", "pop", 0.95)])
    model.replace({0: heard("a.mp3", "rock", 0.2)})
    model.sort(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    model.filter("b.mp3")
    model.append([heard("d.mp3"), heard("b.mp3 too")])
    assert names(model) == ["b.mp3", "b.mp3 too"]
    model.filter("")
    model.clear()
    assert model.rowCount() == 0


def test_sorting_is_by_value_not_by_text(model):
    model.append([heard("10.mp3", confidence=0.95), heard("9.mp3", confidence=1.0)])
    model.append([heard("100.mp3", confidence=0.1), make_row(track("1.mp3"))])
    model.sort(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["9.mp3", "10.mp3", "100.mp3", "1.mp3"]
    model.sort(Column.FILE)
    assert names(model) == ["1.mp3", "9.mp3", "10.mp3", "100.mp3"]
    model.sort(-1)
    assert names(model) == ["10.mp3", "9.mp3", "100.mp3", "1.mp3"]


def test_every_column_can_be_sorted_both_ways(model):
    model.append([heard(f"{n % 7} {n}.mp3", genres=("Pop",) * (n % 2)) for n in range(20)])
    model.append([make_row(track("x.mp3"))])
    for column in Column:
        for order in Qt.SortOrder:
            model.sort(column, order)
            keys = [make_sort_key(model.row(n), SortField[column.name]) for n in model.shown()]
            given = [key for key in keys if key not in EMPTY]
            assert keys[: len(given)] == given, "what is empty is last in both directions"
            assert given == sorted(given, reverse=order == Qt.SortOrder.DescendingOrder)


def test_persistent_indexes_follow_their_rows(model):
    model.append([heard("b.mp3"), heard("a.mp3"), heard("c.mp3")])
    kept = QPersistentModelIndex(model.index(0, 2))
    model.sort(Column.FILE)
    assert (kept.row(), kept.column()) == (1, 2)
    model.filter("a.mp3")
    assert not kept.isValid()


def test_the_filter_wants_every_word_anywhere_in_any_case(model):
    model.append([heard("a.mp3", artist="Nina Simone"), heard("b.mp3", "metal", title="Nina")])
    for text, found in (
        ("nina", ["a.mp3", "b.mp3"]),
        ("NINA metal", ["b.mp3"]),
        ("missing", ["a.mp3", "b.mp3"]),  # the word of the state
        ("nina xyz", []),
    ):
        model.filter(text)
        assert names(model) == found, text


def test_a_changed_row_stays_in_its_place_until_asked(model):
    model.append([heard("a.mp3", confidence=0.9), heard("b.mp3", confidence=0.5)])
    model.sort(Column.CONFIDENCE)
    model.replace({0: heard("a.mp3", confidence=0.1)})
    assert names(model) == ["b.mp3", "a.mp3"]
    model.arrange()
    assert names(model) == ["a.mp3", "b.mp3"]


def test_only_the_suggestion_of_a_heard_track_can_be_edited(model):
    model.append([heard("a.mp3"), make_row(track("b.mp3"))])
    editable = Qt.ItemFlag.ItemIsEditable
    flagged = [
        (position, column)
        for position in range(2)
        for column in Column
        if model.index(position, column).flags() & editable
    ]
    assert flagged == [(0, Column.SUGGESTED)]


def test_editing_asks_and_changes_nothing_itself(model, qtbot):
    model.append([heard("a.mp3")])
    with qtbot.waitSignal(model.edited) as edited:
        assert model.setData(model.index(0, Column.SUGGESTED), "House")
    assert edited.args == [0, "House"]
    assert model.row(0).suggested == ("Blues",)
    assert not model.setData(model.index(0, Column.TITLE), "House")


def test_a_decision_shows_in_words_and_font_not_only_in_colour(model):
    row = heard("a.mp3")
    model.append([row, replace(row, decision=Decision(Action.ACCEPT, ("Blues",)))])
    model.append([replace(row, decision=Decision(Action.REJECT))])
    words = [model.index(position, Column.STATE).data() for position in range(3)]
    assert words == ["missing genre", "accepted", "rejected"]
    fonts = [
        model.index(position, Column.SUGGESTED).data(Qt.ItemDataRole.FontRole)
        for position in range(3)
    ]
    assert fonts[0].bold()  # new to the file
    assert fonts[1].bold()
    assert not fonts[2].bold()
    assert fonts[2].strikeOut()


@pytest.mark.parametrize(("value", "text"), [(0.996, "99 %"), (1.0, "100 %"), (0.29, "29 %")])
def test_a_confidence_is_never_rounded_up(qapp, value, text):
    assert percent(value) == text


def test_every_state_has_an_icon_of_its_own(qapp):
    from PySide6.QtGui import QPalette

    from genretagger.gui.widgets.icons import state_icon

    images = [state_icon(state, QPalette()).pixmap(24).toImage() for state in State]
    assert all(images[i] != images[j] for i in range(len(images)) for j in range(i))


def test_a_tag_that_looks_like_html_is_shown_as_it_is(model):
    row = heard("a.mp3", title="<b>Loud</b> & <img src=x>")
    model.append([row])
    index = model.index(0, Column.TITLE)
    assert index.data() == "<b>Loud</b> & <img src=x>"
    said = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Loud&lt;/b&gt; &amp; &lt;img src=x&gt;" in said


def test_the_file_says_what_it_is_by_its_content_and_that_it_is_cut_off(model):
    row = heard("a.flac", container="mp3")
    tags = replace(row.track.tags, read_only="cut-off", share=0.5)
    model.append([replace(row, track=replace(row.track, tags=tags))])
    said = model.index(0, Column.FILE).data(Qt.ItemDataRole.ToolTipRole)
    assert "MP3, named .flac" in said
    assert "cut off, 50 % is there" in said


def test_the_row_says_that_its_file_is_cut_off_where_the_file_is_named_or_in_the_title(model):
    rows = [heard("a.flac", title="One"), heard("b.flac", title="Two"), heard("c.flac")]
    for number, key in enumerate(("cut-off", "layout-broken")):
        one = rows[number].track
        tags = replace(one.tags, read_only=key)
        rows[number] = replace(rows[number], track=replace(one, tags=tags))
    model.append(rows)

    def shown(column):
        return [model.index(position, column).data() for position in range(3)]

    assert shown(Column.FILE) == ["a.flac (cut off)", "b.flac (damaged)", "c.flac"]
    assert shown(Column.TITLE) == ["One", "Two", "c"]
    model.noted = Column.TITLE
    assert shown(Column.FILE) == ["a.flac", "b.flac", "c.flac"]
    assert shown(Column.TITLE) == ["One (cut off)", "Two (damaged)", "c"]
    said = model.index(0, Column.TITLE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "One (cut off)"


def test_a_name_is_elided_before_what_is_said_of_its_file(qtbot, model):
    row = heard("a very long name.flac")
    tags = replace(row.track.tags, read_only="cut-off")
    model.append([replace(row, track=replace(row.track, tags=tags))])
    view = TrackView(model, genres=lambda _row: [])
    qtbot.addWidget(view)
    model.noted = Column.FILE
    option = QStyleOptionViewItem()
    option.fontMetrics = view.fontMetrics()
    option.rect = QRect(0, 0, view.fontMetrics().horizontalAdvance("name.flac (cut off)"), 20)
    index = model.index(0, Column.FILE)
    view.itemDelegateForIndex(index).initStyleOption(option, index)
    assert option.text.startswith("a ")
    assert option.text.endswith(" (cut off)")
    assert option.fontMetrics.horizontalAdvance(option.text) < option.rect.width()
    option.rect = QRect()
    view.itemDelegateForIndex(index).initStyleOption(option, index)
    assert option.text == "a very long name.flac (cut off)"


def test_a_sign_that_the_file_stays_as_it_is_is_explained_and_not_shown_where_it_has_the_genre(
    model,
):
    error = UnsupportedFormatError(Path("/music/c.flac"), "cut-off")
    rows = [
        heard("a.flac", genres=("Salsa",)),
        heard("b.flac"),
        replace(heard("c.flac"), read_only=error),
        replace(heard("d.flac", genres=("Blues",)), read_only=error),
    ]
    model.append(rows)
    cells = [model.index(position, Column.SUGGESTED) for position in range(4)]
    tips = [cell.data(Qt.ItemDataRole.AccessibleDescriptionRole) for cell in cells]
    assert tips[0] == (
        "Blues\nIf you accept it, writing leaves Salsa: the setting fills only empty genres."
    )
    stays = "Blues\nIf you accept it, writing changes nothing: the file cannot be written.\n"
    assert tips[2].startswith(f"{stays}This file is cut off")
    assert (tips[1], tips[3]) == ("Blues", "Blues")
    spoken = [cell.data(Qt.ItemDataRole.AccessibleTextRole) for cell in cells]
    assert spoken[3] == "Blues, unchanged"


def test_a_runner_up_that_next_to_nothing_speaks_for_is_not_named(model):
    model.append([heard("a.mp3", confidence=0.97), heard("b.mp3", confidence=0.3)])
    cells = [model.index(position, Column.RUNNER_UP).data() for position in range(2)]
    assert cells[0] == ""
    assert cells[1] == "Classical 8 %"


def test_a_confidence_stands_only_beside_the_genre_it_belongs_to(model):
    row = heard("a.mp3", confidence=0.97)
    edited = replace(row, decision=Decision(Action.ACCEPT, ("Hip",)))
    same = replace(row, decision=Decision(Action.ACCEPT, ("blues",)))
    model.append([row, edited, same])
    cells = [model.index(position, Column.CONFIDENCE) for position in range(3)]
    assert [cell.data() for cell in cells] == ["97 %", "", "97 %"]
    assert "Heard: Blues, 97 %" in cells[1].data(Qt.ItemDataRole.ToolTipRole)
    for order in Qt.SortOrder:
        model.sort(Column.CONFIDENCE, order)
        assert list(model.shown())[-1] == 1, "without a confidence, last"


def test_the_preview_keeps_its_label_and_the_table_its_columns_where_room_is_scarce(qtbot):
    dialog = WriteDialog([], policy=Policy.FILL)
    qtbot.addWidget(dialog)
    dialog.resize(500, 350)
    dialog.show()
    label = next(x for x in dialog.findChildren(QLabel) if x.text().startswith("Accepted"))
    assert label.width() >= label.fontMetrics().horizontalAdvance("Accepted suggestions:")
    button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert button.text() == "&Write"

    model = TrackTableModel()
    view = TrackView(model, genres=list)
    qtbot.addWidget(view)
    view.resize(704, 300)
    view.show()
    bare = make_row(track("a.mp3", artist=""))
    bare = replace(bare, track=replace(bare.track, tags=TagReading("mp3")))
    model.append([bare])
    assert view.columnWidth(Column.ARTIST) < 50
    assert not view.horizontalScrollBar().isVisible()
    view.show_personal(shown=True)
    for column in filter(lambda column: not view.isColumnHidden(column), Column):
        heading = model.headerData(column, Qt.Orientation.Horizontal)
        assert view.columnWidth(column) > view.fontMetrics().horizontalAdvance(heading), heading
    narrow = view.columnWidth(Column.ARTIST)
    model.append([heard("b.mp3", artist="There is one after all")])
    assert view.columnWidth(Column.ARTIST) > narrow
    view.show_personal(shown=False)
    model.arrange()  # Qt hides what is hidden anew, which is not the user's choice of a width
    view.show_personal(shown=True)
    assert view.columnWidth(Column.PERSONAL) < 100
    assert not view.horizontalScrollBar().isVisible()


def test_the_columns_about_the_file_say_what_it_claims(model):
    claimed = track("a.mp3", container="mp3", year=1974, track_number=3, disc_number=2)
    exact = replace(claimed.tags, bitrate_bps=320_400, album_artist="Various")
    sized = replace(claimed.stamp, size_bytes=3 * 16_000, mtime_ns=10**18)
    bare = replace(track("b.flac"), stamp=sized)
    model.append([make_row(replace(claimed, tags=exact)), make_row(bare), Row(Path("/m/gone"))])
    number = (Column.YEAR, Column.TRACK, Column.DISC)
    text = (Column.FORMAT, Column.ALBUM_ARTIST, Column.BIT_RATE)
    shown = [[model.index(row, column).data() for column in (*number, *text)] for row in range(3)]
    assert shown == [
        ["1974", "3", "2", "MP3", "Various", "320 kbit/s"],
        ["", "", "", "FLAC", "", "about 128 kbit/s"],
        [""] * 6,
    ]
    tip = Qt.ItemDataRole.AccessibleDescriptionRole
    assert "over its length" in model.index(1, Column.BIT_RATE).data(tip)
    assert "over its length" not in model.index(0, Column.BIT_RATE).data(tip)
    when = QDateTime.fromSecsSinceEpoch(10**9)
    short = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    assert model.index(1, Column.MODIFIED).data() == short
    assert model.index(2, Column.MODIFIED).data() == ""


def test_the_columns_about_the_file_sort_by_value(model):
    rows = [
        make_row(track(f"{n}.flac", year=year, track_number=place, bitrate_bps=rate))
        for n, (year, place, rate) in enumerate([(1999, 10, 900), (None, 9, 1000), (200, None, 8)])
    ]
    model.append(rows)
    for column, order in (
        (Column.YEAR, [2, 0, 1]),
        (Column.TRACK, [1, 0, 2]),
        (Column.BIT_RATE, [2, 0, 1]),
    ):
        model.sort(column)
        assert names(model) == [f"{n}.flac" for n in order]
