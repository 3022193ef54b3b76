"""What `genretagger.pipeline` hands on from its modules, and that it waits for the first use."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from genretagger import pipeline

ROOT = Path(__file__).parents[2]


def names_for_types():
    """Return the names that type checkers see, by module."""
    names = {}
    for node in ast.walk(ast.parse(Path(pipeline.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith(pipeline.__name__):
            module = node.module.rpartition(".")[2]
            names[module] = names.get(module, ()) + tuple(alias.name for alias in node.names)
    return names


def test_python_and_type_checkers_are_told_the_same_names():
    assert names_for_types() == pipeline._NAMES


@pytest.mark.parametrize("module", pipeline._NAMES)
def test_each_name_is_that_of_its_module_also_once_all_modules_are_loaded(module):
    pipeline.load_all()
    for name in pipeline._NAMES[module]:
        assert getattr(pipeline, name) is getattr(
            sys.modules[f"{pipeline.__name__}.{module}"], name
        )


def test_a_name_that_there_is_not_is_an_ordinary_mistake():
    with pytest.raises(AttributeError, match="analyze"):
        _ = pipeline.analyze
    with pytest.raises(ImportError):
        exec("from genretagger.pipeline import analyze", {})


def test_importing_it_loads_none_of_its_modules():
    code = (
        "import sys, genretagger.pipeline;"
        "print([m for m in sys.modules if m.startswith('genretagger.pipeline.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
