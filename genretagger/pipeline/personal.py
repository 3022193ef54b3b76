"""The user's personal classifiers, and the one in use."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.analysis.personal.classifier import PersonalClassifier
from genretagger.analysis.personal.file import read_file, unpack
from genretagger.core.errors import PersonalError
from genretagger.core.events import TrackAnalysed
from genretagger.core.personal import ClassifierReport
from genretagger.core.predictions import SegmentOutputs
from genretagger.core.settings import PersonalUse, Settings, with_personal
from genretagger.core.settings_file import PERSONAL_USE, read_stored, save_settings
from genretagger.library.classifier_store import ClassifierStore
from genretagger.pipeline.context import Context

# The key of the error of a classifier that was learned from what another embedding heard.
OTHER_MODEL: Final = "personal-other-model"


@dataclass(frozen=True, slots=True)
class Personal:
    """One personal classifier.

    report : None if its file is damaged
    error : why it cannot be used: its file is damaged, or it is of another embedding
    use : None if the settings do not name the classifier
    """

    name: str
    report: ClassifierReport | None
    error: PersonalError | None
    use: PersonalUse | None

    @property
    def is_set_aside(self) -> bool:
        """Whether it was learned from what another embedding heard, and can be learned again."""
        return self.error is not None and self.error.key == OTHER_MODEL


@dataclass(frozen=True, slots=True)
class InUse:
    """The personal classifier that the settings name."""

    name: str
    classifier: PersonalClassifier
    is_instead: bool

    def judge(self, heard: TrackAnalysed, outputs: SegmentOutputs) -> TrackAnalysed:
        """Return `heard` with the verdict of this classifier."""
        personal = self.classifier.predict(outputs, main=heard.prediction, name=self.name)
        prediction = personal if self.is_instead else heard.prediction
        return replace(heard, prediction=prediction, personal=personal)


def in_use(*, context: Context) -> InUse | None:
    """Return the personal classifier that the settings name, None if they name none.

    Raises
    ------
    PersonalError
        The classifier is missing, damaged or of another embedding.
    """
    name = context.settings.personal_classifier
    if not name:
        return None
    classifier = _fitting(ClassifierStore(context.folders.personal).load(name), name=name)
    return InUse(name, classifier, context.settings.personal_use is PersonalUse.INSTEAD)


def _fitting(
    classifier: PersonalClassifier, *, name: str, otherwise: str = OTHER_MODEL
) -> PersonalClassifier:
    """Return `classifier` if it was learned from outputs of the bundled embedding.

    Raises
    ------
    PersonalError
        It was not; `otherwise` is the key of the message.
    """
    manifest = load_manifest(default_model_folder())
    heard_by = manifest.embedding_id, manifest.feature_spec.plan_id, manifest.n_units
    learned_from = classifier.embedding_id, classifier.plan_id, classifier.weights.shape[1]
    if heard_by != learned_from:
        raise PersonalError(otherwise, name=name)
    return classifier


def personal_classifiers(*, context: Context) -> tuple[Personal, ...]:
    """Return all personal classifiers, sorted by name, with damaged ones and those set aside."""
    store, settings = ClassifierStore(context.folders.personal), context.settings
    classifiers = []
    for name in store.names():
        use = settings.personal_use if name == settings.personal_classifier else None
        report: ClassifierReport | None = None
        problem: PersonalError | None = None
        try:
            classifier = store.load(name)
            report = classifier.report
            _fitting(classifier, name=name)
        except PersonalError as error:
            problem = error
        classifiers.append(Personal(name, report, problem, use))
    return tuple(classifiers)


def usable_classifiers(*, context: Context) -> tuple[str, ...]:
    """Return the names of the personal classifiers that can be used, sorted."""
    store = ClassifierStore(context.folders.personal)
    names = []
    for name in store.names():
        with suppress(PersonalError):
            _fitting(store.load(name), name=name)
            names.append(name)
    return tuple(names)


def personal_report(name: str, *, context: Context) -> ClassifierReport:
    """Return the report of the classifier `name`, measured when it was learned.

    Raises
    ------
    PersonalError
        The classifier does not exist, or its file is damaged.
    """
    return ClassifierStore(context.folders.personal).load(name).report


def use_personal(
    name: str | None, *, context: Context, instead: bool = False, anyway: bool = False
) -> Settings:
    """Use the classifier `name`, or none, from the next analysis on; return the saved settings.

    Parameters
    ----------
    instead : bool
        Whether to use it instead of the ten genres, not beside them.
    anyway : bool
        Whether to use it even if its genres do not follow the sound.

    Raises
    ------
    PersonalError
        The classifier is missing, damaged or of another embedding, or does not follow the sound.
    SettingsError
        The settings cannot be read or saved.
    """
    if name is None:
        return _saved(context, name="")
    classifier = _fitting(ClassifierStore(context.folders.personal).load(name), name=name)
    if not (classifier.report.follows_sound or anyway):
        raise PersonalError("personal-wrong-tags", name=name)
    use = PersonalUse.INSTEAD if instead else PersonalUse.BESIDE
    return _saved(context, name=name, use=use)


def _saved(context: Context, *, name: str, use: PersonalUse = PersonalUse.BESIDE) -> Settings:
    """Save which classifier is used, and how; the rest of the present file stays."""
    stored = read_stored(context.folders.settings)
    settings = with_personal(stored.settings, name, use)
    ours = ("personal_classifier", "genres", PERSONAL_USE)
    kept = {key: value for key, (value, _) in stored.unusable.items() if key not in ours}
    save_settings(context.folders.settings, settings, unusable=kept)
    return settings


def delete_personal(name: str, *, context: Context) -> Settings:
    """Delete the classifier `name`, and stop using it; return the settings.

    Raises
    ------
    PersonalError
        The classifier does not exist, or its file cannot be deleted.
    SettingsError
        The settings cannot be read or saved.
    """
    ClassifierStore(context.folders.personal).delete(name)
    settings = read_stored(context.folders.settings).settings
    if settings.personal_classifier == name:
        return _saved(context, name="")
    return settings


def export_personal(name: str, file: Path, *, context: Context) -> None:
    """Write the classifier `name` to a new `file`.

    Raises
    ------
    PersonalError
        The classifier does not exist or is damaged, or `file` exists or cannot be written.
    """
    ClassifierStore(context.folders.personal).export(name, file)


def import_personal(file: Path, name: str | None = None, *, context: Context) -> str:
    """Import the classifier in `file` as `name`, by default the name of the file; return the name.

    Raises
    ------
    PersonalError
        The file is no classifier or of another embedding, or the name is taken or invalid.
    """
    chosen = file.stem if name is None else name
    store = ClassifierStore(context.folders.personal)
    store.path(chosen)
    classifier = unpack(read_file(file), path=file)
    _fitting(classifier, name=chosen, otherwise="personal-foreign-model")
    store.save(chosen, classifier, replace=False)
    return chosen
