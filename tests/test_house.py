"""Each check of the house, on a small package made up to break it; and the diagram."""

from __future__ import annotations

import pytest

from tools import architecture, house
from tools.source_tree import read_modules

GLOSSARY = "| word | in the window | in the code | meaning |\n| --- | --- | --- | --- |\n"
SOUND = {
    "__init__.py": '"""A shop."""\n',
    "core/__init__.py": '"""What is sold."""\n',
    "core/fruit.py": "class Apple:\n    weight: int = 1\n\n\ndef peel(apple): ...\n",
    "core/basket.py": "from shop.core.fruit import Apple\n\n\nclass Basket:\n    holds = Apple\n",
    "till/__init__.py": '"""Where it is paid."""\n',
    "till/pay.py": "from shop.core import basket\nfrom shop.core.fruit import Apple\n",
    "gui/__init__.py": '"""The window of the shop."""\n',
    "gui/app.py": '"""Opens it."""\nfrom shop.till.pay import Apple\n',
}


@pytest.fixture
def shop(tmp_path):
    """Return a function that makes the package, with other or further files, and reads it."""

    def make(**files):
        for name, source in {**SOUND, **{_path(key): text for key, text in files.items()}}.items():
            path = tmp_path / "shop" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return read_modules(tmp_path / "shop")

    return make


def _path(key):
    room, _, module = key.partition("__")
    return f"{room}/{module}.py"


def page(modules):
    return f"# Shop\n\n{architecture.section(modules)}\n\nMore.\n"


def test_a_sound_house_has_no_fault(shop):
    modules = shop()
    glossary = (
        GLOSSARY + "| apple | *Apple* | `Apple`, `Apple.weight`, `core.fruit.peel` | Red. |\n"
    )
    pages = {house.GLOSSARY: glossary, architecture.PAGE: page(modules)}
    assert list(house.faults(modules, pages=pages, root=house.ROOT)) == []


@pytest.mark.parametrize(
    "fruit",
    [
        "from shop.till import pay\n",
        "from shop.till.pay import Apple\n",
        "import shop.till.pay\n",
        "def peel():\n    from shop.till import pay\n",
        "if TYPE_CHECKING:\n    from shop.till import pay\n",
        "try:\n    pass\nexcept OSError:\n    from shop.till import pay\n",
    ],
)
def test_a_circle_is_a_fault_wherever_the_import_stands(shop, fruit):
    (fault,) = house.circles(shop(core__fruit=fruit))
    assert fault.endswith("break it: shop.core.basket, shop.core.fruit, shop.till.pay")


def test_two_circles_are_two_faults_and_what_only_leads_there_is_none(shop):
    modules = shop(
        core__fruit="from shop.core import basket\n",
        till__pay="from shop.core import fruit\nfrom shop.till import coin\n",
        till__coin="from shop.till import pay\n",
    )
    assert [fault.rpartition(": ")[2] for fault in house.circles(modules)] == [
        "shop.core.basket, shop.core.fruit",
        "shop.till.coin, shop.till.pay",
    ]


@pytest.mark.parametrize(
    "pay",
    [
        "class Apple: ...\n",
        "def make():\n    class Apple: ...\n",
        "class B:\n    class Apple: ...\n",
    ],
)
def test_a_class_name_used_twice_is_a_fault(shop, pay):
    (fault,) = house.repeated_class_names(shop(till__pay=pay))
    assert "Apple" in fault
    assert "shop.core.fruit:1" in fault
    assert "shop.till.pay:" in fault


def test_private_class_names_count_too(shop):
    (fault,) = house.repeated_class_names(
        shop(till__pay="class _Part: ...\n", core__fruit="class _Part: ...\n")
    )
    assert "_Part" in fault


def test_a_folder_of_more_than_twenty_modules_is_a_fault(shop):
    more = {f"core__fruit{number}": "" for number in range(18)}
    assert not list(house.crowded_rooms(shop(**more)))
    (fault,) = house.crowded_rooms(shop(core__fruit18="", **more))
    assert "core holds 21 modules" in fault


def test_a_module_of_more_than_300_lines_is_a_fault(shop):
    assert not list(house.crowded_rooms(shop(core__fruit="\n" * 300)))
    (fault,) = house.crowded_rooms(shop(core__fruit="\n" * 301))
    assert "fruit.py has 301 lines" in fault


@pytest.mark.parametrize("source", ["", '"""No sentence"""\n', '"""Begun here,\nended there."""\n'])
def test_a_room_that_does_not_say_what_lives_there_is_a_fault(shop, source):
    (fault,) = house.unexplained_rooms(shop(till____init__=source))
    assert "till" in fault


def test_a_folder_without_init_is_a_fault(shop):
    (fault,) = house.unexplained_rooms(shop(attic__box=""))
    assert "attic has no __init__.py" in fault


@pytest.mark.parametrize(
    "word", ["Pear", "Apple.colour", "core.pear", "core.fruit.eat", "peal", "shop.core.fruit"]
)
def test_a_word_of_the_glossary_that_the_code_lacks_is_a_fault(shop, word):
    glossary = GLOSSARY + f"| fruit | *Fruit*, `anything` | `Apple`, `{word}` | `anything` |\n"
    assert list(house.unknown_words(glossary, shop())) == [
        f"The page names `{word}`, which the code does not have"
    ]


@pytest.mark.parametrize(
    ("word", "is_known"),
    [
        ("core.fruit.peel", True),
        ("core.fruit.eat", False),
        ("core.Apple", True),
        ("till.Apple", False),
        ("elsewhere.Apple", True),
        ("Apple", True),
        ("anything", True),
    ],
)
def test_dotted_names_of_rooms_are_checked_in_the_text_too(shop, word, is_known):
    modules = shop(core____init__='"""What is sold."""\nfrom shop.core.fruit import Apple\n')
    assert bool(list(house.unknown_words(f"See `{word}`.", modules))) is not is_known


def test_what_a_room_hands_on_is_known_where_it_is_imported_for_types_only(shop):
    lazy = (
        '"""What is sold."""\nif TYPE_CHECKING:\n    from shop.core.fruit import Apple as Apple\n'
    )
    assert not list(house.unknown_words("See `core.Apple`.", shop(core____init__=lazy)))


@pytest.mark.parametrize(
    "source",
    [
        '"""Sells `{word}`."""\n',
        '"""Sells."""\n\n# what `{word}` grows\nPRICE = 1  # not `core.fruit.Apple`\n',
        'class Till:\n    def add(self):\n        """Take it from `{word}`."""\n',
    ],
)
def test_docstrings_and_comments_may_name_only_modules_that_there_are(shop, source):
    assert not list(house.stale_comments(shop(till__sell=source.format(word="core.fruit.peel"))))
    (fault,) = house.stale_comments(shop(till__sell=source.format(word="core.pear")))
    assert fault.endswith("names `core.pear`, which the code does not have")
    assert "sell.py:" in fault


def test_other_strings_may_name_what_they_like(shop):
    source = 'KEY = "`core.pear`"  # `elsewhere.pear`, core.pear\n'
    assert not list(house.stale_comments(shop(till__sell=source)))


@pytest.mark.parametrize(
    ("sentences", "line"),
    [([], "House: 0 faults in"), (["a"], "House: 1 fault in"), (["a", "b"], "House: 2 faults in")],
)
def test_faults_are_counted_in_words(monkeypatch, capsys, sentences, line):
    monkeypatch.setattr(house, "faults", lambda *_, **__: iter(sentences))
    monkeypatch.setattr(house, "read_modules", lambda _: {})
    assert house.main() == bool(sentences)
    assert capsys.readouterr().out.splitlines()[-1].startswith(line)


def test_other_tables_may_name_what_they_like(shop):
    table = "| key | does |\n| --- | --- |\n| `A` | `anything` |\n"
    assert not list(house.unknown_words(GLOSSARY + "\n" + table, shop()))


def test_a_path_on_a_page_that_is_not_there_is_a_fault(tmp_path):
    fruit = tmp_path / "genretagger" / "core" / "fruit.py"
    fruit.parent.mkdir(parents=True)
    fruit.touch()
    page = "`core/fruit.py`, `genretagger/core/fruit.py`, `fruit.py`, `a/b`, [x](core/plum.md)"
    assert not list(house.missing_files(page, tmp_path, {str(fruit): ""}))
    page += "`core/pear.py` and `pear.py`"
    assert list(house.missing_files(page, tmp_path, {str(fruit): ""})) == [
        "The page names `core/pear.py`, which is not there",
        "The page names `pear.py`, which is not there",
    ]


@pytest.mark.parametrize("word", ["Pear", "_PEARS", "PEARS", "eat_pear", "_eat"])
def test_an_identifier_on_a_page_that_no_source_has_is_a_fault(word):
    sources = {"fruit.py": "class Apple: ...\n_APPLES = ()\ndef eat_apple(): ...\n"}
    page = "`Apple`, `_APPLES`, `eat_apple`, `make run`, `A`, `J`, `breakpoint()`, Pear"
    assert not list(house.unknown_identifiers(page, sources))
    assert list(house.unknown_identifiers(f"{page} `{word}`", sources)) == [
        f"The page names `{word}`, which no source has"
    ]


def test_a_room_that_no_page_names_is_a_fault(shop):
    modules = shop()
    assert list(house.unnamed_rooms("`core` `gui`", "`core`", modules)) == [
        "The room `till` is neither in the glossary nor in the diagram"
    ]


def test_a_diagram_that_no_longer_holds_is_a_fault(shop):
    before = page(shop())
    modules = shop(gui__app='"""Opens it."""\nfrom shop.core import basket\n')
    (fault,) = house.stale_diagram(before, modules)
    assert "make architecture" in fault


def test_a_page_without_its_marks_is_a_fault(shop):
    (fault,) = house.stale_diagram("# Shop\n", shop())
    assert "has no lines" in fault


def test_rooms_in_a_circle_cannot_be_drawn_and_that_is_said(shop):
    modules = shop()
    (fault,) = house.stale_diagram(page(modules), shop(core__fruit="from shop.till import pay\n"))
    assert "circle: core, gui.app, till" in fault


def test_the_diagram_has_an_arrow_for_each_direct_way_and_floors_from_the_bottom(shop):
    drawn = architecture.section(shop())
    assert "  core --> till\n" in drawn
    assert "  till --> gui_app\n" in drawn
    assert "core --> gui_app" not in drawn
    rows = [line for line in drawn.splitlines() if line.startswith("| ") and "`" in line]
    assert rows == [
        "| 0 | `core` | What is sold. |",
        "| 1 | `till` | Where it is paid. |",
        "|  | `gui` | The window of the shop. |",
        "| 2 | `gui.app` | Opens it. |",
    ]


def test_only_what_stands_between_the_marks_is_written(shop, tmp_path):
    modules = shop()
    assert architecture.with_section(page(shop()), architecture.section(modules)) == page(modules)
    old = f"# Shop\n{architecture.BEGIN}\nold\n{architecture.END}\nMore.\n"
    new = architecture.with_section(old, architecture.section(modules))
    assert new.startswith(f"# Shop\n{architecture.BEGIN}\n\n```mermaid")
    assert new.endswith(f"{architecture.END}\nMore.\n")
