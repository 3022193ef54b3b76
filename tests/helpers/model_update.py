"""An update of the program that brings another embedding, or a classifier only."""

from __future__ import annotations

import json
import shutil

from genretagger.analysis.manifest import MANIFEST_FILE, default_model_folder


def update_model(tmp_path, monkeypatch, *, model_id="new-model", embedding_id=None):
    """Have the program bundle a model of other ids; the networks are the same, and so outputs.

    Without `embedding_id` only the classifier is another one.
    """
    bundled = tmp_path / f"models of {model_id}"
    folder = bundled / model_id
    shutil.copytree(default_model_folder(), folder)
    manifest = json.loads((folder / MANIFEST_FILE).read_text())
    manifest["model_id"] = model_id
    manifest["embedding_id"] = embedding_id or manifest["embedding_id"]
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest))
    monkeypatch.setattr("genretagger.analysis.manifest.models_folder", lambda: bundled)
