"""Check what the linters do not: circles, names, the size of rooms, glossary and diagram.

`make check` runs it. Each fault is one sentence that says where it is and what to do; nothing of
the package is imported.
"""

from __future__ import annotations

import ast
import gc
import os
import re
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from io import StringIO
from pathlib import Path

from tools import architecture
from tools.source_tree import ROOT, Module, imports_of, read_modules

GLOSSARY = "docs/glossary.md"
GUIDE = "CONTRIBUTING.md"  # names functions, constants and tests in its lists
PACKAGE = "genretagger"
_FOLDERS = (PACKAGE, "tests", "tools", "benchmarks")  # whose modules a page may name
_MOST_MODULES = 20
_MOST_LINES = 300
_CODE_COLUMN = "in the code"  # the head of the column in which a table names code
_CODE_WORD = re.compile(r"`([^`]+)`")
_WORD = re.compile(r"\w+")
_IDENTIFIER = re.compile(r"`(_?[A-Z][a-z]\w+|[A-Z_]{3,}|\w*[A-Za-z]_\w+|_\w+)`")
_DOTTED_WORD = re.compile(r"`(\w+(?:\.\w+)+)`")
_SOURCE_PATH = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|md|sh|yml)|\w+\.py)`")

Modules = Mapping[str, Module]


def circles(modules: Modules) -> Iterator[str]:
    """Yield each group of modules that import each other, in functions and for types too."""
    graph = _core_of({name: imports_of(module, modules) for name, module in modules.items()})
    below = {name: architecture.reachable(graph, name) for name in graph}
    reported: set[str] = set()
    for name in graph:
        group = {other for other in below[name] if name in below[other]}
        if group and name not in reported:
            reported |= group
            names = ", ".join(sorted(group))
            yield f"These modules import each other in a circle, break it: {names}"


def _core_of(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return `graph` without what cannot be in a circle, as nothing left in it is imported."""
    left = dict(graph)
    while leaves := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in leaves:
            del left[name]
    return {name: imported & left.keys() for name, imported in left.items()}


def repeated_class_names(modules: Modules) -> Iterator[str]:
    """Yield each class name used twice; private and nested classes count: tracebacks name them."""
    places = defaultdict(list)
    for module in modules.values():
        for node in module.classes():
            places[node.name].append(f"{module.name}:{node.lineno}")
    for name, where in places.items():
        if len(where) > 1:
            yield f"The class name {name} is used {len(where)} times: {', '.join(where)}"


def crowded_rooms(modules: Modules) -> Iterator[str]:
    """Yield each folder with too many modules, and each module with too many lines."""
    rooms = Counter(str(module.path.parent) for module in modules.values() if not module.is_room)
    for folder, n_modules in rooms.items():
        if n_modules > _MOST_MODULES:
            yield f"{folder} holds {n_modules} modules, part it (at most {_MOST_MODULES})"
    for module in modules.values():
        n_lines = len(module.source.splitlines())
        if n_lines > _MOST_LINES:
            yield f"{module.path} has {n_lines} lines, part it (at most {_MOST_LINES})"


def unexplained_rooms(modules: Modules) -> Iterator[str]:
    """Yield each folder whose `__init__.py` is missing or does not say what lives there."""
    rooms = {module.path.parent for module in modules.values() if module.is_room}
    for folder in sorted({module.path.parent for module in modules.values()} - rooms):
        yield f"{folder} has no __init__.py: add one that says what lives there"
    for module in modules.values():
        if module.is_room and not module.summary.endswith("."):
            yield f"{module.path} must begin with one line, a sentence, that says what lives there"


def unknown_words(page: str, modules: Modules) -> Iterator[str]:
    """Yield each name of code on a page that the code does not have.

    Names are all that tables have in their column of code, and anywhere `room.module.function`.
    """
    names = _names_in(modules)
    words = [word for cell in _code_cells(page) for word in _CODE_WORD.findall(cell)]
    words += _dotted_names(page, _outer_rooms(modules))
    for word in dict.fromkeys(words):
        if word not in names:
            yield f"The page names `{word}`, which the code does not have"


def stale_comments(modules: Modules) -> Iterator[str]:
    """Yield each `room.module.function` in a docstring or comment that the code does not have."""
    names, rooms = _names_in(modules), _outer_rooms(modules)
    for module in modules.values():
        if not any(word not in names for word in _dotted_names(module.source, rooms)):
            continue  # tokens take long, and names in other strings only look like stale ones
        for line, text in _prose(module):
            for word in dict.fromkeys(_dotted_names(text, rooms)):
                if word not in names:
                    yield f"{module.path}:{line} names `{word}`, which the code does not have"


def _prose(module: Module) -> Iterator[tuple[int, str]]:
    """Yield each comment and docstring with its line."""
    for token in tokenize.generate_tokens(StringIO(module.source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in (module.tree, *module.statements):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield node.body[0].lineno, text


def _dotted_names(text: str, rooms: Collection[str]) -> list[str]:
    """Return the dotted names in `text` that begin with one of `rooms`."""
    return [word for word in _DOTTED_WORD.findall(text) if word.partition(".")[0] in rooms]


def _outer_rooms(modules: Modules) -> set[str]:
    return {room.partition(".")[0] for room in _rooms(modules)}


def _rooms(modules: Modules) -> set[str]:
    return {module.name.partition(".")[2] for module in modules.values() if module.is_room} - {""}


def _code_cells(page: str) -> Iterator[str]:
    """Yield the cells of code, row by row, of every table that has a column of it."""
    column: int | None = None
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            column = None
        elif _CODE_COLUMN in cells:
            column = cells.index(_CODE_COLUMN)
        elif column is not None:
            yield cells[column]


def _names_in(modules: Modules) -> set[str]:
    """Return what the glossary may name.

    Modules, and functions as `module.function`, by their dotted names without the package's;
    what a room hands on as `room.name`; classes, functions and constants by their own name;
    `Class.member` for fields, methods and enum members.
    """
    names: set[str] = set()
    for module in modules.values():
        short = module.name.partition(".")[2]
        names.add(short)
        for node in module.tree.body:
            for name in _defined(node):
                names |= {name, f"{short}.{name}"}
        for node in module.statements:  # also those for types only
            if module.is_room and isinstance(node, ast.ImportFrom):
                names |= {f"{short}.{alias.name}" for alias in node.names}
        for node in module.classes():
            members = {name for line in node.body for name in _defined(line)}
            names |= {f"{node.name}.{member}" for member in members}
    return names


def _defined(node: ast.stmt) -> list[str]:
    """Return the names that a statement gives to something."""
    match node:
        case ast.ClassDef(name) | ast.FunctionDef(name) | ast.AnnAssign(target=ast.Name(name)):
            return [name]
        case ast.Assign(targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []


def unnamed_rooms(glossary: str, page: str, modules: Modules) -> Iterator[str]:
    """Yield each folder that neither the glossary nor the page of the architecture names."""
    for room in sorted(_rooms(modules)):
        if f"`{room}`" not in glossary + page:
            yield f"The room `{room}` is neither in the glossary nor in the diagram"


def stale_diagram(page: str, modules: Modules) -> Iterator[str]:
    """Yield what is to do if the page does not show the rooms as the imports make them."""
    try:
        drawn = architecture.with_section(page, architecture.section(modules))
    except ValueError as error:
        yield f"docs/architecture.md cannot be drawn: {error}"
        return
    if drawn != page:
        yield "docs/architecture.md does not show the rooms as they are: run `make architecture`"


def missing_files(page: str, root: Path, sources: Mapping[str, str]) -> Iterator[str]:
    """Yield each source or page named on a page that is not there.

    Paths start at `root` or its package; a module named without its folder may lie in any.
    """
    modules = {Path(name).name for name in sources}
    for name in dict.fromkeys(_SOURCE_PATH.findall(page)):
        places = (root, root / PACKAGE)
        if name not in modules and not any((place / name).exists() for place in places):
            yield f"The page names `{name}`, which is not there"


def unknown_identifiers(page: str, sources: Mapping[str, str]) -> Iterator[str]:
    """Yield each identifier on a page that no source has: a ClassName, CONSTANT or snake_case."""
    known = {word for source in sources.values() for word in _WORD.findall(source)}
    for name in dict.fromkeys(_IDENTIFIER.findall(page)):
        if name not in known:
            yield f"The page names `{name}`, which no source has"


def faults(modules: Modules, *, pages: Mapping[str, str], root: Path) -> Iterator[str]:
    """Yield a sentence for everything that is wrong; `pages` by their paths from `root`."""
    glossary, architecture_page = pages[GLOSSARY], pages[architecture.PAGE]
    sources = {
        str(path): path.read_text(encoding="utf-8")
        for folder in _FOLDERS
        for path in [*(root / folder).rglob("*.py"), root / "build.spec"]
        if path.exists()
    }
    yield from circles(modules)
    yield from repeated_class_names(modules)
    yield from crowded_rooms(modules)
    yield from unexplained_rooms(modules)
    yield from unnamed_rooms(glossary, architecture_page, modules)
    yield from stale_diagram(architecture_page, modules)
    yield from stale_comments(modules)
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in unknown_words(page, modules))
        yield from (f"{name}: {fault}" for fault in missing_files(page, root, sources))
    guide = pages.get(GUIDE, "")
    yield from (f"{GUIDE}: {fault}" for fault in unknown_identifiers(guide, sources))


def main() -> int:
    """Print every fault; return 1 if there is one."""
    gc.disable()  # every parsed module stays: looking for garbage triples the time
    modules = read_modules(ROOT / PACKAGE)
    pages_of_root = (ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY"))
    paths = [
        *pages_of_root,
        *sorted(ROOT.glob("docs/*.md")),
        *sorted(ROOT.glob("docs/manual/**/*.md")),
    ]
    pages = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}
    sentences = list(faults(modules, pages=pages, root=ROOT))
    for sentence in sentences:
        print(sentence.replace(f"{ROOT}{os.sep}", ""))
    faults_text = "1 fault" if len(sentences) == 1 else f"{len(sentences)} faults"
    print(f"House: {faults_text} in {len(modules)} modules")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
