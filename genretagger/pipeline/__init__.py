"""Analyse, apply, undo: generators of events. Alone knows the order of the steps.

Every generator raises `Cancelled` soon after its `cancel` is set; finished work stays.
"""

from genretagger.pipeline.analysing import analyse
from genretagger.pipeline.context import Context
from genretagger.pipeline.details import details, envelopes
from genretagger.pipeline.exporting import export
from genretagger.pipeline.history_table import export_history_table
from genretagger.pipeline.learning import Learned, learn, save_learned
from genretagger.pipeline.personal import (
    Personal,
    delete_personal,
    export_personal,
    import_personal,
    in_use,
    personal_classifiers,
    personal_report,
    use_personal,
)
from genretagger.pipeline.reviewing import ReviewEvent, analyse_for_review
from genretagger.pipeline.sampling import SampleMade, make_samples
from genretagger.pipeline.settings import LoadedSettings, read_settings, save_settings
from genretagger.pipeline.starting import Started, start, with_settings
from genretagger.pipeline.writing import (
    apply,
    batch_writes,
    export_history,
    history,
    read_only_reason,
    recover,
    request_for,
    undo,
)

__all__ = [
    "Context",
    "Learned",
    "LoadedSettings",
    "Personal",
    "ReviewEvent",
    "SampleMade",
    "Started",
    "analyse",
    "analyse_for_review",
    "apply",
    "batch_writes",
    "delete_personal",
    "details",
    "envelopes",
    "export",
    "export_history",
    "export_history_table",
    "export_personal",
    "history",
    "import_personal",
    "in_use",
    "learn",
    "make_samples",
    "personal_classifiers",
    "personal_report",
    "read_only_reason",
    "read_settings",
    "recover",
    "request_for",
    "save_learned",
    "save_settings",
    "start",
    "undo",
    "use_personal",
    "with_settings",
]
