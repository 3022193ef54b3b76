"""For packages that hand on names of their modules: a module is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def load_on_use(package: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """Return the `__getattr__` of `package` (PEP 562), which hands on `names`, by module.

    No module may be called as one of the names: Python would hand on the module, once loaded.
    """
    modules = {name: f"{package}.{module}" for module, inside in names.items() for name in inside}

    def hand_on(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(modules[name]), name)

    return hand_on


def load_all(package: str, names: Mapping[str, tuple[str, ...]]) -> None:
    """Load all modules that hand on `names` to `package`."""
    for module in names:
        import_module(f"{package}.{module}")
