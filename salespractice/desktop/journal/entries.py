"""The journal's entries as Qt wants a list: one row each, with its words for the eye and for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from salespractice.desktop import wording
from salespractice.journal.journal import Entry

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which the `Entry` itself is had."""

_Index = QModelIndex | QPersistentModelIndex


class Entries(QAbstractListModel):
    """Practices, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace them all."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entry(self, index: _Index) -> Entry:
        """The practice in a row."""
        return self._entries[index.row()]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many practices."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a row, or the entry."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (entry.title, entry.customer, wording.when(entry.started), wording.how_it_ended(entry))
            return ", ".join((*parts, wording.turns(entry.turns)))
        return None
