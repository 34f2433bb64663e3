"""A problem as the person sees it: what, why, and the way out; inside a page, or instead of one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from salespractice.desktop.look.scale import XL, XS, M, S
from salespractice.desktop.parts.announce import announce
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import ReadingColumn, column, row
from salespractice.desktop.parts.picture import Sign
from salespractice.desktop.parts.text import body, quiet, text, title
from salespractice.problem import Problem


def _copyable(label: QLabel) -> QLabel:
    """A way out is often a command."""
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class ProblemBanner(Card):
    """A problem inside a page; hidden while there is none. Put controls that mend it into `controls`."""

    dismissed = Signal()

    def __init__(self, *, dismissable: bool = True) -> None:
        super().__init__("warm", margins=M + XS)
        self._what, self._why, self._way_out = text("strong"), body(), body()
        words = column(XS)
        for label in (self._what, self._why, self._way_out):
            words.addWidget(_copyable(label))
        # An empty layout would make the column as narrow as itself, hence a widget around it.
        around = QWidget()
        self.controls = QHBoxLayout(around)
        self.controls.setContentsMargins(0, 0, 0, 0)
        words.addWidget(around)
        line = row(M)
        line.addWidget(Sign("notice"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._dismiss: QPushButton | None = None
        if dismissable:
            self._dismiss = button(self.tr("Hide"), "flat", by_keyboard_only=True)
            self._dismiss.setAccessibleName(self.tr("Hide this message"))
            self._dismiss.clicked.connect(self._hide)
            line.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show it, and say it to a screen reader."""
        for label, words in ((self._what, problem.what), (self._why, problem.why), (self._way_out, problem.way_out)):
            label.setText(words)
            label.setVisible(bool(words))
        self.show()
        announce(self, str(problem), urgent=True)

    @property
    def words(self) -> str:
        """What it says at the moment."""
        return "\n".join(label.text() for label in (self._what, self._why, self._way_out) if label.text())

    @Slot()
    def _hide(self) -> None:
        self.hide()
        self.dismissed.emit()


class ProblemPage(QWidget):
    """A problem instead of a page: nothing can be done until it is mended. `again` asks to try once more."""

    again = Signal()

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        page = ReadingColumn(36)
        around.addWidget(page)
        page.content.setContentsMargins(0, XL, 0, 0)
        page.content.addWidget(Sign("notice", 2.4))
        page.content.addWidget(_copyable(title(problem.what)))
        if problem.why:
            page.content.addWidget(_copyable(quiet(problem.why)))
        if problem.way_out:
            page.content.addWidget(_copyable(body(problem.way_out)))
        self.try_again = button(self.tr("Try again"), "primary")
        self.try_again.clicked.connect(self.again)
        page.content.addSpacing(S)
        page.content.addWidget(self.try_again)
        page.content.addStretch(1)
