"""Every sentence of the window has its translation, and the window speaks it."""

from __future__ import annotations

import ast
import re
import shutil
import string
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMenu

from genretagger.core.errors import DecodeError
from genretagger.core.messages import MESSAGES
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import load_usable, save_settings
from genretagger.core.vocabulary import vocabulary
from genretagger.gui.app import create_window
from genretagger.gui.settings.genre_words import words_of_language
from genretagger.gui.settings.mapping_model import MappingModel
from genretagger.gui.widgets.texts import error_text, percent, time_text
from genretagger.gui.widgets.translation import install_language, pick_language
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tools import translations

ROOT = Path(__file__).parents[2]
LANGUAGES = translations.languages()
# Methods that show their first text; what they are given must have come through tr().
SHOWING = {
    "setText", "setWindowTitle", "setToolTip", "setStatusTip", "setPlaceholderText",
    "setAccessibleName", "setAccessibleDescription", "setWhatsThis", "addAction", "addMenu",
    "addTab", "setTitle", "setInformativeText", "setPlainText", "showMessage", "QLabel",
    "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QToolButton",
}  # fmt: skip


@pytest.fixture(params=LANGUAGES, ids=lambda path: path.stem)
def committed(request):
    return request.param


@pytest.fixture
def speak(qapp):
    """Return a function that chooses a language; at the end it is that of the other tests."""
    before = QLocale()
    yield lambda language: install_language(qapp, language)
    install_language(qapp, "en")
    QLocale.setDefault(before)


def placeholders(text):
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


# The files


def test_there_is_spanish():
    assert [path.name for path in LANGUAGES] == ["genretagger_es.ts"]


def test_no_sentence_lacks_an_entry_and_none_is_left_over(committed, tmp_path):
    fresh = tmp_path / committed.name
    shutil.copy(committed, fresh)
    translations.update(fresh)
    there = {entry[:2] for entry in translations.entries(committed)}
    wanted = {entry[:2] for entry in translations.entries(fresh)}
    assert wanted - there == set(), "run make translations, then translate these"
    assert there - wanted == set(), "run make translations"
    assert fresh.read_bytes() == committed.read_bytes(), "run make translations"


def test_the_extraction_finds_every_call(committed):
    """Qt's tool reads Python in its own way: what it overlooks would never be translated."""
    found = {entry[:2] for entry in translations.entries(committed)}
    assert {(context, text) for _, context, text in translated_calls()} <= found
    assert {("errors", sentence) for sentence in MESSAGES.values()} <= found


def test_every_entry_is_translated(committed):
    left = [
        (context, source)
        for context, source, translation in translations.entries(committed)
        if translation.get("type") is not None or not (translation.text or "").strip()
    ]
    assert left == []


def test_placeholders_mnemonics_and_marks_are_those_of_the_source(committed):
    for _, source, translation in translations.entries(committed):
        text = translation.text or ""
        assert placeholders(text) == placeholders(source), text
        assert text.count("&") == source.count("&"), text
        assert text.count("<p>") == source.count("<p>"), text
        assert text.endswith("…") == source.endswith("…"), text
        assert text.endswith(".") == source.endswith("."), text


def test_what_is_shipped_was_compiled_from_what_is_committed(committed, tmp_path):
    compiled = tmp_path / "compiled.qm"
    translations.release(committed, compiled)
    assert compiled.read_bytes() == committed.with_suffix(".qm").read_bytes()


# The source


def calls_of(path):
    """Yield each call with the class it stands in and whether it runs when it is imported."""

    def visit(node, owner, *, at_import):
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.ClassDef) else owner
            later = not isinstance(child, (ast.FunctionDef, ast.Lambda)) and at_import
            if isinstance(child, ast.Call):
                yield child, owner, at_import
            yield from visit(child, inner, at_import=later)

    yield from visit(ast.parse(path.read_text(encoding="utf-8")), None, at_import=True)


def gui_sources():
    return sorted((ROOT / "genretagger/gui").rglob("*.py"))


def called(call):
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def translated_calls():
    """Yield path, context and text of each sentence that is translated by a literal."""
    for path in gui_sources():
        for call, owner, _ in calls_of(path):
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            if called(call) == "tr":
                yield path, owner, texts[0]
            elif called(call) == "_translate" and len(texts) == 2:
                yield path, *texts


def test_only_literals_are_translated_and_none_on_import():
    for path in gui_sources():
        for call, owner, at_import in calls_of(path):
            where = f"{path.name}:{call.lineno}"
            if called(call) in ("tr", "_translate"):
                assert not at_import, f"{where} is translated before there is a language"
                is_error = ast.unparse(call).startswith("_translate('errors', MESSAGES[")
                assert is_error or all(isinstance(arg, ast.Constant) for arg in call.args), where
            if called(call) == "tr":
                assert owner, where
                assert ast.unparse(call.func) == "self.tr", where


def test_no_widget_is_given_a_bare_english_text():
    for path in gui_sources():
        for call, _, _ in calls_of(path):
            first = call.args[0] if call.args else None
            if called(call) in SHOWING and isinstance(first, ast.Constant):
                text = first.value
                is_word = isinstance(text, str) and re.search(r"[A-Za-z]{2}", text)
                assert not is_word, f"{path.name}:{call.lineno} shows {text!r}"


# The language that is chosen


@pytest.mark.parametrize(
    ("chosen", "system", "expected"),
    [
        ("", ["es-MX", "es"], "es"),
        ("", ["en-GB"], "en"),
        ("", ["de-DE", "de", "es"], "es"),
        ("", ["en-US", "es"], "en"),
        ("", ["C"], "en"),
        ("", [], "en"),
        ("es", ["en-US"], "es"),
        ("en", ["es-ES"], "en"),
    ],
)
def test_the_setting_decides_then_what_the_system_prefers(chosen, system, expected):
    assert pick_language(chosen, system) == expected


def test_a_damaged_settings_file_leaves_the_language_of_the_system(home):
    assert load_usable(user_folders().settings).language == ""
    save_settings(user_folders().settings, Settings(language="es"))
    assert load_usable(user_folders().settings).language == "es"
    user_folders().settings.write_text("{", encoding="utf-8")
    assert load_usable(user_folders().settings).language == ""


def test_a_window_made_by_the_program_speaks_the_language_of_the_settings(qtbot, speak):
    save_settings(user_folders().settings, Settings(language="es"))
    window = create_window()
    assert window.menuBar().actions()[0].text() == "&Archivo"
    window.close()
    window.deleteLater()


# The window


@pytest.fixture
def core():
    tracks = [track("a.flac"), track("b.flac", genres=("Salsa",))]
    return FakeCore(tracks, {tracks[0].path: prediction("jazz", 0.87)})


def menus_of(window):
    bar = window.menuBar()
    yield "menu bar", [action.text() for action in bar.actions()]
    for menu in bar.findChildren(QMenu):
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        yield menu.objectName(), texts


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_entries_of_a_menu_have_one_mnemonic(opened, core, speak, language):
    speak(language)
    driver = opened(core)
    for name, texts in menus_of(driver.window):
        keys = Counter(QKeySequence.mnemonic(text).toString() for text in texts if "&" in text)
        assert [key for key, n in keys.items() if n > 1] == [], (name, texts)


def test_the_window_speaks_spanish(opened, core, speak):
    speak("es")
    core.failures = {track("b.flac", genres=("Salsa",)).path}
    driver = opened(core)
    titles = [action.text().replace("&", "") for action in driver.window.menuBar().actions()]
    assert titles[:2] == ["Archivo", "Revisar"]
    assert driver.action("acceptAction").text() == "&Aceptar"
    assert "todo a la vez (A)" in driver.action("acceptAction").toolTip()
    assert driver.status() == "1 pista analizada.   Con error: 1"
    driver.select("a.flac")
    driver.trigger("acceptAction")
    assert "Por escribir: 1" in driver.window.findChild(QLabel, "countsLabel").text()
    driver.trigger("writeAction")
    dialog = driver.window.findChild(object, "writePreviewDialog")
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel.text().replace("&", "") == "Cancelar", "Qt's own words are Spanish too"
    dialog.reject()


def test_genres_are_written_in_spanish_if_the_user_wants_it(opened, speak):
    speak("es")
    tracks = [track("a.flac"), track("b.flac", genres=("Classical",))]
    driver = opened(FakeCore(tracks, {one.path: prediction("classical") for one in tracks}))
    driver.trigger("settingsAction")
    driver.qtbot.waitUntil(lambda: driver.window.findChild(object, "settingsDialog") is not None)
    dialog = driver.window.findChild(object, "settingsDialog")
    button = dialog.findChild(object, "genreWordsButton")
    button.click()
    assert not button.isEnabled(), "all are mapped"
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Clásica",))
    assert driver.row("b.flac").state is State.AGREES, "another name of the same genre"


def test_a_word_of_the_user_counts_more_than_that_of_the_language(qapp, speak):
    model = MappingModel(())
    model.show_mapping([("classical", ("Culta",))])
    speak("en")
    assert words_of_language() == {}
    speak("es")
    model.add_names(words_of_language())
    assert dict(model.pairs())["classical"] == ("Culta",)
    assert dict(model.pairs())["soundtrack"] == ("Banda sonora",)


def test_the_vocabulary_knows_every_genre_in_every_language(qapp, speak, committed):
    """Else a file with that word would not agree with what was heard."""
    speak(committed.stem.rpartition("_")[2])
    words = words_of_language()
    assert words
    known = vocabulary()
    assert {genre: known.places(word)[:1] for genre, word in words.items()} == {
        genre: (genre,) for genre in words
    }
    assert set(words) <= {*known.genres, *known.heard_styles()}


def test_errors_and_numbers_are_spanish(speak, tmp_path):
    speak("es")
    error = DecodeError(tmp_path / "x.mp3", "file-unreadable", reason="roto")
    assert error_text(error) == (f"{tmp_path / 'x.mp3'} no se puede leer (roto).")
    assert percent(0.87) == "87 %"
    noon = QDateTime(QDate(2026, 3, 27), QTime(12, 0)).toUTC()
    assert time_text(noon.toString(Qt.DateFormat.ISODate)) == "27/3/26 12:00"
    assert QLocale().toString(1234567.5, "f", 1) == "1.234.567,5"
    speak("en")
    assert "cannot be read" in error_text(error)
