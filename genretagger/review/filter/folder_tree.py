"""The folders of rows as a tree with counts, and the check that limits rows to one folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from genretagger.core.texts.collation import natural_keys
from genretagger.review.filter.filters import RowCheck


@dataclass(slots=True, eq=False)
class Folder:
    """A folder with rows in it or below.

    path : as in the paths of rows, without a separator at the end
    n_rows, n_own : how many rows lie in it or below; and in itself
    """

    name: str = ""
    path: str = ""
    parent: Folder | None = None
    n_rows: int = 0
    n_own: int = 0
    children: dict[str, Folder] = field(default_factory=dict)

    def sorted_children(self) -> list[Folder]:
        """Return the folders in this one as a file manager sorts them."""
        children = [*self.children.values()]
        keys = natural_keys([child.name for child in children])
        order = sorted(range(len(children)), key=lambda n: keys[n])
        return [children[n] for n in order]


class FolderTree:
    """Counts rows by folder; `root` is the deepest folder that all of them lie in or below."""

    def __init__(self) -> None:
        self._top = Folder()
        self._known: dict[str, Folder] = {}

    def add(self, path: str) -> None:
        """Count the row of a file."""
        folder = path.rpartition(os.sep)[0]
        node = self._known.get(folder)
        if node is None:
            node = self._known[folder] = self._make(folder)
        node.n_own += 1
        above: Folder | None = node
        while above is not None:
            above.n_rows += 1
            above = above.parent

    def _make(self, folder: str) -> Folder:
        """Return the node of a folder, and make those above that are missing."""
        above, sep, name = folder.rpartition(os.sep)
        parent = self._known.get(above) if sep else self._top
        if parent is None:
            parent = self._known[above] = self._make(above)
        return parent.children.setdefault(name, Folder(name, folder, parent))

    @property
    def root(self) -> Folder:
        """The deepest folder that all rows lie in or below."""
        root = self._top
        while not root.n_own and len(root.children) == 1:
            (root,) = root.children.values()
        return root


def check_folder(folder: str) -> RowCheck:
    """Return a check of whether a row lies in a folder or below it."""
    start = folder + os.sep
    return lambda row, _text: str(row.path).startswith(start)


def is_in(path: str, folder: str) -> bool:
    """Return whether `path` is a folder or lies below it."""
    return path == folder or path.startswith(folder + os.sep)
