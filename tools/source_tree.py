"""Read the modules of a package and who imports whom; imports nothing of the package itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Module:
    """One source file; `name` is dotted, that of an `__init__.py` is the name of its folder."""

    name: str
    path: Path
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source)

    @property
    def is_room(self) -> bool:
        """Whether this is the `__init__.py` of a folder."""
        return self.path.name == "__init__.py"

    @property
    def summary(self) -> str:
        """The first line of the docstring, "" without one."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]

    @cached_property
    def statements(self) -> tuple[ast.AST, ...]:
        """Every statement, with those in functions, classes, branches and handlers."""
        return tuple(_statements(self.tree))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield every class, nested ones too."""
        return (node for node in self.statements if isinstance(node, ast.ClassDef))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in the blocks of `node`; `ast.walk` enters expressions and is slow."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, block, ()):
            yield inner
            yield from _statements(inner)


def read_modules(package: Path) -> dict[str, Module]:
    """Return all modules below the folder `package` by their dotted names."""
    modules = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = Module(name, path, path.read_text(encoding="utf-8"))
    return modules


def imports_of(module: Module, modules: Mapping[str, Module]) -> set[str]:
    """Return the modules that `module` imports anywhere: in functions and for types, too.

    The `__init__.py` of a folder counts only where a name is imported from it. Relative imports
    are not read: ruff forbids them.
    """
    imported = set()
    for node in module.statements:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full_names = [f"{node.module}.{alias.name}" for alias in node.names]
            imported |= {name if name in modules else node.module for name in full_names}
    return (imported & modules.keys()) - {module.name}
