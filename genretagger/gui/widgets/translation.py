"""Translates the window: our sentences, Qt's own buttons, numbers and dates.

Must be called before a window is made: what is already shown is not translated again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genretagger.core.resources import resource
from genretagger.core.settings import LANGUAGES

_LOG = logging.getLogger(__name__)
_SOURCE: Final = "en"  # the language of the sentences in the code
_OWN: Final = ("genretaggerTranslator", "qtTranslator")
_CURRENT: Final = "genretaggerLanguage"  # a property of the application


def pick_language(chosen: str, system: Sequence[str]) -> str:
    """Return which of our languages to use.

    Parameters
    ----------
    chosen : str
        One of LANGUAGES.
    system : Sequence[str]
        The languages of the system, best first, such as "es-MX"; the first that we have is used.
    """
    if chosen:
        return chosen
    names = (name.replace("_", "-").split("-")[0] for name in system)
    return next((name for name in names if name and name in LANGUAGES), _SOURCE)


def install_language(app: QCoreApplication, chosen: str) -> None:
    """Use `chosen`, one of LANGUAGES, in every window made from now on."""
    system = QLocale.system()
    language = pick_language(chosen, system.uiLanguages())
    QLocale.setDefault(_locale(chosen, language, system))
    app.setProperty(_CURRENT, language)
    for name in _OWN:
        for old in app.findChildren(QTranslator, name):
            app.removeTranslator(old)
            old.deleteLater()
    if language != _SOURCE:
        ours = str(resource("translations"))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, stem, folder in zip(_OWN, ("genretagger", "qtbase"), (ours, qt), strict=True):
            _install(app, name, f"{stem}_{language}", folder)


def current_language() -> str:
    """Return the language that new windows speak."""
    app = QCoreApplication.instance()
    return str((app and app.property(_CURRENT)) or _SOURCE)


def _locale(chosen: str, language: str, system: QLocale) -> QLocale:
    """Return the locale of numbers and dates: the system's, unless its language differs."""
    locale = QLocale(language)
    return locale if chosen and system.language() != locale.language() else system


def _install(app: QCoreApplication, name: str, file: str, folder: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(name)
    if translator.load(file, folder):
        app.installTranslator(translator)
    else:
        _LOG.warning("no translation %s in %s", file, folder)
