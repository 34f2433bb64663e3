"""The journal: every practice, the newest first; opening one shows its debrief."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from salespractice.desktop.equipment import Equipment
from salespractice.desktop.journal.entries import Entries
from salespractice.desktop.journal.row import EntryRow
from salespractice.desktop.look.scale import READING_WIDTH, XL, L, M, S, em
from salespractice.desktop.look_back import LookBack, from_journal
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import body, quiet, text, title
from salespractice.journal.journal import Entry
from salespractice.problem import Problem


class JournalPage(QWidget):
    """`opened` carries the practice to look back at; `practise` asks for the first one."""

    opened = Signal(object)
    practise = Signal()

    def __init__(self, equipment: Equipment) -> None:
        super().__init__()
        self._equipment = equipment
        around = QHBoxLayout(self)
        around.setContentsMargins(XL, L, XL, L)
        self._column = QWidget()
        around.addStretch(1)
        around.addWidget(self._column, 1000)
        around.addStretch(1)
        layout = QVBoxLayout(self._column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        layout.addWidget(title(self.tr("Your journal")))
        self._hint = quiet(self.tr("Only you see it. Open a practice to read and hear it again."))
        layout.addWidget(self._hint)
        self.banner = ProblemBanner()
        layout.addWidget(self.banner)
        self.entries = Entries()
        self.list = QListView()
        self.list.setModel(self.entries)
        self.list.setItemDelegate(EntryRow(self.list))
        self.list.setAccessibleName(self.tr("Practices"))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        layout.addWidget(self.list, 1)
        self._empty = self._make_empty()
        layout.addWidget(self._empty)
        layout.addStretch(0)
        self._opening = ""
        equipment.journal_opened.connect(self.refresh)
        self._show([])
        self._fit()

    def _make_empty(self) -> QWidget:
        card = Card("plain", S, L)
        card.column.addWidget(text("lead", self.tr("Nothing here yet")))
        card.column.addWidget(
            body(
                self.tr(
                    "After a practice you find it here: what was said, the moments that counted, and your own voice "
                    "at exactly that second. After a few of them you see what has become a habit."
                )
            )
        )
        card.column.addSpacing(S)
        self.first = button(self.tr("Practise a first conversation"), "primary")
        self.first.clicked.connect(self.practise)
        card.column.addWidget(self.first)
        return card

    @Slot()
    def refresh(self) -> None:
        """Read the entries again."""
        journal = self._equipment.journal
        if journal is not None:
            self._equipment.background.run(journal.entries, self._show, self.banner.show_problem, "entries")

    def take_focus(self) -> None:
        """The page is shown: where the keyboard begins."""
        (self.list if self.entries.rowCount() else self.first).setFocus()

    def _show(self, entries: list[Entry]) -> None:
        row = self.list.currentIndex().row()
        waits_here = self.isVisible() and self.window().focusWidget() in (None, self.first)
        self.entries.show_entries(entries)
        if entries:
            self.list.setCurrentIndex(self.entries.index(max(0, min(row, len(entries) - 1)), 0))
        self.list.setVisible(bool(entries))
        self._hint.setVisible(bool(entries))
        self._empty.setVisible(not entries)
        if waits_here:
            self.take_focus()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        journal, places = self._equipment.journal, self._equipment.places
        practice = self.entries.entry(index).practice
        # A double click, and Enter on some systems, say it twice.
        if journal is None or self._opening == practice:
            return
        self._opening = practice
        self._equipment.background.run(
            lambda: from_journal(journal.open(practice), places), self._opened, self._not_opened, "practice"
        )

    def _opened(self, look_back: LookBack) -> None:
        self._opening = ""
        self.opened.emit(look_back)

    def _not_opened(self, problem: Problem) -> None:
        self._opening = ""
        self.banner.show_problem(problem)

    def changeEvent(self, event: QEvent) -> None:
        """A larger text has a wider column."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(em(self, READING_WIDTH))
