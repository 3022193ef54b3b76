"""A fake pipeline that learns: classifiers in a dictionary, with one report for all."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from genretagger.core.errors import Cancelled, PersonalError
from genretagger.core.events import ClassifierSetAside, Progress, Stage, TrackAnalysed
from genretagger.core.personal import ClassifierReport, GenreReport, LeftOutTracks
from genretagger.core.predictions import Level, Threshold
from genretagger.core.settings import PersonalUse, with_personal
from genretagger.core.settings_file import read_stored, save_settings
from genretagger.pipeline import Learned, Personal
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction


def report(*, follows_sound=True, n_left_out=2):
    return ClassifierReport(
        genres=(
            GenreReport("Post-Punk", 212, 41, 0.81, 0.77, False),
            GenreReport("Chanson", 12, 4, None, 0.0, True),
        ),
        left_out=(LeftOutTracks("Klezmer", 4, 2),),
        n_left_out=n_left_out,
        n_tracks=224,
        n_artists=45,
        n_without_artist=0,
        n_folds=5,
        accuracy=0.716 if follows_sound else 0.47,
        balanced_accuracy=0.6,
        baseline=0.46,
        ece=0.043,
        temperature=1.0,
        high=Threshold(0.85, 0.95, 0.4),
        medium=None,
        follows_sound=follows_sound,
    )


class LearningCore(FakeCore):
    """Plays the pipeline with personal classifiers; learning raises `learning_error`, if set."""

    def __init__(self, tracks, predictions=None, **named):
        super().__init__(tracks, predictions, **named)
        self.shelf = {}
        self.follows_sound = True
        self.learning_error = None
        self.learning_gate = None
        self.learned_from = None
        self.set_aside = {}  # how far each classifier of another embedding is heard, by name
        self.learned_again = []
        self.n_asked_how_far = 0
        self.exported = []
        self.n_analysed = 0

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.n_analysed += 1
        settings = context.settings
        name = settings.personal_classifier
        if name in self.set_aside:
            yield ClassifierSetAside(PersonalError("personal-other-model", name=name))
            yield from super().analyse(paths, context=context, cancel=cancel)
            return
        for event in super().analyse(paths, context=context, cancel=cancel):
            if isinstance(event, TrackAnalysed) and name:
                own = f"personal:{name}:1"
                mine = prediction("Post-Punk", 0.9, level=Level.HIGH, model=own)
                heard = mine if settings.personal_use == "instead" else event.prediction
                yield replace(event, prediction=heard, personal=mine)
            else:
                yield event

    def start(self, folders):
        started = super().start(folders)
        return self.with_settings(started, started.context.settings)

    def with_settings(self, started, settings):
        renewed = super().with_settings(started, settings)
        made = self.shelf.get(settings.personal_classifier)
        levels = Levels(made.high, made.medium) if isinstance(made, ClassifierReport) else Levels()
        return replace(
            renewed,
            classifier_levels=ClassifierLevels(started.classifier_levels.model, levels),
            has_personal=isinstance(made, ClassifierReport)
            and settings.personal_classifier not in self.set_aside,
        )

    def heard_again(self, *, context):
        self._note()
        self.n_asked_how_far += 1
        return dict(self.set_aside)

    def learn(self, name, paths=(), *, context, cancel, anyway=False, again=False):
        self._note()
        self.learned_from = paths
        self.learned_again += [name] if again else []
        yield Progress(Stage.READ, 5, 5)
        if self.learning_error is not None:
            raise self.learning_error
        yield Progress(Stage.LEARN, 1, 7)
        while self.learning_gate is not None and not self.learning_gate.wait(0.01):
            if cancel.is_set():
                raise Cancelled
        made = report(follows_sound=self.follows_sound)
        if self.follows_sound:
            self.shelf[name] = made
            self.set_aside.pop(name, None)
        yield Learned(name, SimpleNamespace(report=made), 3, self.follows_sound)

    def save_learned(self, learned, *, context):
        self._note()
        self.shelf[learned.name] = learned.report

    def personal_classifiers(self, *, context):
        self._note()
        settings = context.settings
        return tuple(
            Personal(
                name,
                None if isinstance(made, PersonalError) else made,
                made if isinstance(made, PersonalError) else self._other_model(name),
                settings.personal_use if name == settings.personal_classifier else None,
            )
            for name, made in sorted(self.shelf.items())
        )

    def read_settings(self, *, context):
        loaded = super().read_settings(context=context)
        whole = [name for name, made in self.shelf.items() if isinstance(made, ClassifierReport)]
        return replace(loaded, classifiers=tuple(sorted(whole)))

    def _other_model(self, name):
        is_other = name in self.set_aside
        return PersonalError("personal-other-model", name=name) if is_other else None

    def personal_report(self, name, *, context):
        self._note()
        if name not in self.shelf:
            raise PersonalError("personal-missing", name=name)
        return self.shelf[name]

    def use_personal(self, name, *, context, instead=False, anyway=False):
        self._note()
        if name is not None and not (self.shelf[name].follows_sound or anyway):
            raise PersonalError("personal-wrong-tags", name=name)
        return self._saved(context, name or "", "instead" if instead else "beside")

    def delete_personal(self, name, *, context):
        self._note()
        del self.shelf[name]
        if context.settings.personal_classifier == name:
            return self._saved(context, "", "beside")
        return context.settings

    def export_personal(self, name, file, *, context):
        self._note()
        if file.exists():
            raise PersonalError("personal-file-exists", path=str(file))
        self.exported.append((name, file))

    def import_personal(self, file, name=None, *, context):
        self._note()
        if file.stem in self.shelf:
            raise PersonalError("personal-exists", name=file.stem)
        self.shelf[file.stem] = report()
        return file.stem

    def _saved(self, context, name, use):
        stored = read_stored(context.folders.settings).settings
        settings = with_personal(stored, name, PersonalUse(use))
        save_settings(context.folders.settings, settings, unusable={})
        return settings
