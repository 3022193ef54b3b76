"""Every text that shows figures agrees with their file, and nothing else is written."""

from __future__ import annotations

import re

import pytest

from genretagger.training.evaluation.figures import FiguresError, load_figures, save_figures
from genretagger.training.report import build
from genretagger.training.report.build import replace_block

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def test_a_block_is_replaced_and_everything_else_left(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    assert replace_block(path, "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_blocks_of_two_names_stand_in_one_file(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"{BEGIN}\nold\n{END}\n<!-- speed -->\nslow\n<!-- /speed -->\n")
    text = replace_block(path, "fast", name="speed")
    assert text == f"{BEGIN}\nold\n{END}\n<!-- speed -->\nfast\n<!-- /speed -->\n"


def test_a_second_block_is_replaced_in_the_text_with_the_first(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(f"{BEGIN}\nold\n{END}\n<!-- styles -->\nold\n<!-- /styles -->\n")
    first = replace_block(path, "new")
    text = replace_block(path, "punk", name="styles", text=first)
    assert text == f"{BEGIN}\nnew\n{END}\n<!-- styles -->\npunk\n<!-- /styles -->\n"


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_file_without_its_markers_is_not_touched(text, tmp_path):
    path = tmp_path / "README.md"
    path.write_text(text)
    with pytest.raises(FiguresError, match="markers"):
        replace_block(path, "new")


def test_every_text_agrees_with_the_file_of_figures():
    figures = load_figures()
    texts = build.render_texts(figures, build.source_paths(figures.model.model_id))
    assert len(texts) == 4
    for path, text in texts.items():
        # Pictures depend on the version of matplotlib; their numbers stand below them.
        assert _without_pictures(path.read_text(encoding="utf-8")) == _without_pictures(text), (
            f"{path.name} is out of date: run make report"
        )


def _without_pictures(text):
    return re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)


def test_the_command_writes_the_texts_of_a_trial_only(full, tmp_path, capsys):
    save_figures(full, tmp_path / "model-figures.json")
    assert build.main(["--trial", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {"model-report.html", "model/MODEL_CARD.md"} <= written
    assert capsys.readouterr().out.strip().endswith("model-report.html")


def test_the_command_says_what_it_cannot_read(tmp_path, capsys):
    assert build.main(["--trial", str(tmp_path)]) == 2
    assert "model-figures.json cannot be used" in capsys.readouterr().err
