"""What models and delegates share: roles beside Qt's, and the type of an index."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # the Row; None for a heading

Index = QModelIndex | QPersistentModelIndex
