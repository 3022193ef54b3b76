"""The actions of the window by object name, a contract with whoever drives it (automation.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette

from genretagger.gui.widgets.icons import icon

_translate = QCoreApplication.translate

# Object names: a contract (docs/automation.md).
OPEN_FOLDER: Final = "openFolderAction"
ADD_FOLDER: Final = "addFolderAction"
RECENT: Final = "recentAction"
SAMPLE_MUSIC: Final = "sampleMusicAction"
WATCH: Final = "watchAction"
ANALYSE: Final = "analyseAction"
TRY_AGAIN: Final = "tryAgainAction"
PAUSE: Final = "pauseAction"
STOP: Final = "stopAction"
EXPORT: Final = "exportAction"
SETTINGS: Final = "settingsAction"
QUIT: Final = "quitAction"
ACCEPT: Final = "acceptAction"
ACCEPT_OWN: Final = "acceptOwnAction"
REJECT: Final = "rejectAction"
EDIT: Final = "editAction"
CLEAR: Final = "clearAction"
TAKE_FIRST: Final = "takeFirstAction"
TAKE_SECOND: Final = "takeSecondAction"
TAKE_THIRD: Final = "takeThirdAction"
ADD_FIRST: Final = "addFirstAction"
ADD_SECOND: Final = "addSecondAction"
ADD_THIRD: Final = "addThirdAction"
ACCEPT_ALBUM: Final = "acceptAlbumAction"
COPY_TO_ALBUM: Final = "copyToAlbumAction"
UNIFORM_ALBUM: Final = "uniformAlbumAction"
THRESHOLD: Final = "thresholdAction"
ACCEPT_ALL: Final = "acceptAllAction"
NEXT_STEP: Final = "nextStepAction"
UNDO_DECISION: Final = "undoDecisionAction"
REDO_DECISION: Final = "redoDecisionAction"
REVIEW: Final = "reviewAction"
OVERVIEW: Final = "overviewAction"
FAILURES: Final = "failuresAction"
FILTER: Final = "filterAction"
CHIPS: Final = "chipsAction"
SAVE_FILTER: Final = "saveFilterAction"
CLEAR_FILTER: Final = "clearFilterAction"
FOLDERS: Final = "foldersAction"
GROUP: Final = "groupAction"
GROUP_BY: Final = "groupByAction"
COLUMNS: Final = "columnsAction"
SORT: Final = "sortAction"
FILTER_BY: Final = "filterByAction"
FILTER_BY_ARTIST: Final = "filterByArtistAction"
FILTER_BY_ALBUM: Final = "filterByAlbumAction"
FILTER_BY_GENRE: Final = "filterByGenreAction"
FILTER_BY_FOLDER: Final = "filterByFolderAction"
DETAILS: Final = "detailsAction"
PLAY: Final = "playAction"
FIVE_SECONDS_BACK: Final = "backAction"
FIVE_SECONDS_ON: Final = "onAction"
LOUDER: Final = "louderAction"
SOFTER: Final = "softerAction"
SHOW_IN_FOLDER: Final = "showInFolderAction"
OPEN_WITH_PLAYER: Final = "openWithPlayerAction"
COPY_PATH: Final = "copyPathAction"
HEAR_ANEW: Final = "hearAnewAction"
RULE: Final = "ruleAction"
RULE_FOR_ARTIST: Final = "ruleForArtistAction"
RULE_FOR_FOLDER: Final = "ruleForFolderAction"
LEAVE_FOLDER: Final = "leaveFolderAction"
FORGET_RULE: Final = "forgetRuleAction"
RULES: Final = "rulesAction"
WRITE: Final = "writeAction"
UNDO: Final = "undoAction"
RESULT: Final = "resultAction"
HISTORY: Final = "historyAction"
GENRE_SET: Final = "genreSetAction"
MAPPING: Final = "mappingAction"
SPELLINGS: Final = "spellingsAction"
LEARN: Final = "learnAction"
MANUAL: Final = "manualAction"
KEYS: Final = "keySheetAction"
REPORT: Final = "reportAction"
ABOUT: Final = "aboutAction"

# The window makes a feature before those that use its actions.
MAKERS: Final[dict[str, tuple[str, ...]]] = {
    "MainWindow": (QUIT,),
    "OpenFoldersFeature": (OPEN_FOLDER, ADD_FOLDER, RECENT, SAMPLE_MUSIC, ANALYSE, TRY_AGAIN, STOP),
    "PauseFeature": (PAUSE,),
    "FilterFeature": (FILTER, CHIPS, SAVE_FILTER, CLEAR_FILTER),
    "FolderFeature": (FOLDERS,),
    "GroupFeature": (GROUP, GROUP_BY),
    "TableFeature": (COLUMNS, SORT),
    "DecideFeature": (
        ACCEPT, ACCEPT_OWN, REJECT, EDIT, CLEAR, TAKE_FIRST, TAKE_SECOND, TAKE_THIRD,
        ADD_FIRST, ADD_SECOND, ADD_THIRD,
        ACCEPT_ALL, UNDO_DECISION, REDO_DECISION,
    ),
    "AlbumFeature": (ACCEPT_ALBUM, COPY_TO_ALBUM, UNIFORM_ALBUM),
    "ThresholdFeature": (THRESHOLD,),
    "DetailFeature": (DETAILS,),
    "PlaybackFeature": (PLAY, FIVE_SECONDS_BACK, FIVE_SECONDS_ON, LOUDER, SOFTER),
    "FileFeature": (SHOW_IN_FOLDER, OPEN_WITH_PLAYER, COPY_PATH, HEAR_ANEW),
    "FilterByFeature": (
        FILTER_BY, FILTER_BY_ARTIST, FILTER_BY_ALBUM, FILTER_BY_GENRE, FILTER_BY_FOLDER,
    ),
    "OverviewFeature": (REVIEW, OVERVIEW),
    "WriteFeature": (WRITE, UNDO),
    "ResultFeature": (RESULT, FAILURES),
    "NextStepFeature": (NEXT_STEP,),
    "HistoryFeature": (HISTORY,),
    "WatchFeature": (WATCH,),
    "ExportFeature": (EXPORT,),
    "LearnFeature": (LEARN,),
    "SpellingFeature": (SPELLINGS,),
    "SettingsFeature": (SETTINGS, MAPPING, RULES),
    "RuleFeature": (RULE, RULE_FOR_ARTIST, RULE_FOR_FOLDER, LEAVE_FOLDER, FORGET_RULE),
    "GenreSetFeature": (GENRE_SET,),
    "ManualFeature": (MANUAL,),
    "HelpFeature": (KEYS, REPORT, ABOUT),
}  # fmt: skip


def _tips() -> dict[str, str]:
    """Return what actions on buttons do, where their text in the menu does not say it."""
    return {
        OPEN_FOLDER: _translate("Tip", "Choose a folder and analyse the music in it"),
        ANALYSE: _translate("Tip", "Analyse what is new, changed or not analysed yet"),
        PAUSE: _translate("Tip", "Finish the tracks in work, then wait"),
        STOP: _translate("Tip", "Stop; what is analysed or written is kept"),
        ACCEPT: _translate("Tip", "Take what is suggested; it is written later, all at once"),
        REJECT: _translate("Tip", "Leave the genre of the file as it is"),
        EDIT: _translate("Tip", "Type other genres for what is selected"),
        ACCEPT_ALL: _translate("Tip", "Accept all tracks shown that are at least this sure"),
        THRESHOLD: _translate("Tip", "Choose the threshold by the tracks that it takes"),
        WRITE: _translate("Tip", "Show what would change in which files, then write it"),
    }


class Actions(QObject):
    """The actions that features make; `menus` arranges them.

    Single letters do not fire while an editor has the focus.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, str] = {}
        self._named: dict[str, QAction] = {}
        self._problems: dict[QAction, str] = {}
        self._tips = _tips()

    def make(
        self,
        name: str,
        text: str,
        short: str,
        keys: str | Sequence[str] = "",
        icon_name: str | None = None,
    ) -> QAction:
        """Return a new action.

        Parameters
        ----------
        name : str
            The object name, such as `quitAction`.
        text, short : str
            What menus and buttons say.
        keys : str or sequence of str
            The keys that trigger it; the first is shown.
        icon_name : str, optional
            A name in `icons`.
        """
        action = QAction(text, self.parent())
        action.setObjectName(name)
        sequences = [keys] if isinstance(keys, str) else keys
        action.setShortcuts([QKeySequence(key) for key in sequences if key])
        self.describe(action, text, short)
        action.setWhatsThis(action.statusTip())  # unlike the status tip, this text never changes
        self._named[name] = action
        if icon_name:
            self._icons[action] = icon_name
        return action

    def named(self, name: str) -> QAction:
        """Return the action with an object name.

        Raises
        ------
        LookupError
            The action is not made yet: the caller comes too early.
        """
        if name not in self._named:
            maker = next((maker for maker, names in MAKERS.items() if name in names), "nobody")
            raise LookupError(f"{name} is made by {maker}, which must come before what uses it")
        return self._named[name]

    def all(self) -> Sequence[QAction]:
        """Return every action, in the order of their making."""
        return tuple(self._named.values())

    def allow(self, action: QAction, problem: str = "") -> None:
        """Enable `action`, unless there is a `problem`: a sentence that says why it does nothing.

        Whoever presses its key is told.
        """
        self._problems[action] = problem
        action.setEnabled(not problem)

    def problem(self, action: QAction) -> str:
        """Return why `action` does nothing, empty if it may."""
        if action.isEnabled():
            return ""
        unexplained = self.tr("Not possible right now: {action}")
        return self._problems.get(action) or unexplained.format(action=plain_text(action.text()))

    def problem_of(self, keys: QKeyCombination) -> str:
        """Return why the action of these keys does nothing; empty if none has them or it may."""
        modifiers = keys.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(modifiers, keys.key()))
        for action in self._named.values():
            if not action.isEnabled() and pressed in action.shortcuts():
                return self.problem(action)
        return ""

    def keys_of(self, name: str) -> str:
        """Return the keys of an action as the system writes them."""
        return _shown_keys(self.named(name))

    def describe(self, action: QAction, text: str, short: str) -> None:
        """Set the texts of `action`: `text` in menus, `short` on buttons, and its tips."""
        action.setText(text)
        action.setIconText(short)
        plain = plain_text(text)
        action.setStatusTip(plain)
        tip = self._tips.get(action.objectName(), plain)
        keys = _shown_keys(action)
        if keys:
            tip = self.tr("{action} ({keys})").format(action=tip, keys=keys)
        action.setToolTip(tip)

    def show_icon(self, action: QAction, icon_name: str, palette: QPalette) -> None:
        """Give `action` another icon."""
        if self._icons.get(action) != icon_name:
            self._icons[action] = icon_name
            action.setIcon(icon(icon_name, palette))

    def paint_icons(self, palette: QPalette) -> None:
        """Draw the icons in the colours of `palette`; again when it changes."""
        for action, name in self._icons.items():
            action.setIcon(icon(name, palette))


def _shown_keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def plain_text(text: str) -> str:
    """Return the text of an action without the mark of its mnemonic and without its dots."""
    return "&".join(part.replace("&", "") for part in text.split("&&")).rstrip("…")
