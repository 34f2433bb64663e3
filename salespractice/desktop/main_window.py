"""The window: the places, the way between them, the menus, and how it looked when it was last closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from salespractice.desktop.debrief.page import DebriefPage
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.journal.page import JournalPage
from salespractice.desktop.look.appearance import STEP, Appearance
from salespractice.desktop.look.scale import XL, L, M
from salespractice.desktop.look_back import LookBack
from salespractice.desktop.menus import Menus
from salespractice.desktop.navigation import Navigation
from salespractice.desktop.parts.layout import dividing_line
from salespractice.desktop.parts.problem import ProblemBanner, ProblemPage
from salespractice.desktop.practice.place import PracticePlace
from salespractice.desktop.settings.page import SettingsPage
from salespractice.desktop.trust.page import TrustPage
from salespractice.events import Event
from salespractice.problem import Problem

PRACTISE, JOURNAL, SETTINGS = range(3)


class MainWindow(QMainWindow):
    """`closed` when everything that it used has been given back."""

    closed = Signal()

    def __init__(
        self, equipment: Equipment, appearance: Appearance, watch: Callable[[Event], None] | None = None
    ) -> None:
        """`watch` sees every event of every practice, in the practice's threads."""
        super().__init__()
        self._equipment = equipment
        self._appearance = appearance
        self._place = PRACTISE
        self._from_journal = False
        self.setWindowTitle("SalesPractice")
        self.setMinimumSize(640, 480)
        self._remembered = QSettings(str(equipment.places.data / "window.ini"), QSettings.Format.IniFormat)
        # Before there are widgets: each change of the text size goes through all of them.
        size = str(self._remembered.value("text-size", 100))
        appearance.resize_text(int(size) if size.isdigit() else 100)

        self.navigation = Navigation(equipment)
        self.practice = PracticePlace(equipment, watch)
        self.debrief = DebriefPage(equipment)
        self.journal = JournalPage(equipment)
        self.settings = SettingsPage(equipment, appearance)
        self.trust = TrustPage()
        self._before_trust: QWidget = self.practice
        self.pages = QStackedWidget()
        for page in (self.practice, self.journal, self.settings, self.debrief, self.trust):
            self.pages.addWidget(page)
        self.banner = ProblemBanner()
        self._problem_page: ProblemPage | None = None
        self._put_together()
        self.menus = Menus(self)
        self._connect()
        self._restore()
        self.go(PRACTISE)

    def _put_together(self) -> None:
        middle = QWidget()
        self._above = QVBoxLayout()
        self._above.setContentsMargins(XL, 0, XL, 0)
        self._above.addWidget(self.banner)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above)
        column.addWidget(self.pages, 1)
        centre = QWidget()
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.navigation)
        edge = dividing_line()
        edge.setMinimumSize(1, 0)
        edge.setMaximumSize(1, 16_777_215)
        line.addWidget(edge)
        self._edge = edge
        line.addWidget(middle, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        self.navigation.went.connect(self.go)
        self.practice.ended.connect(self.look_back)
        self.practice.in_conversation.connect(self._stand_back)
        self.journal.opened.connect(self.look_back)
        self.journal.practise.connect(self.go_practise)
        self.debrief.closed.connect(self._leave_debrief)
        self.debrief.again.connect(self._practise_again)
        self.debrief.trust_asked.connect(self.go_trust)
        self.trust.closed.connect(self._leave_trust)
        self.settings.text_size_chosen.connect(self.resize_text)
        self._equipment.trouble.connect(self.show_trouble)
        self._equipment.journal_opened.connect(self._journal_opened)

    # --- going places ----------------------------------------------------------------------------------------------

    @Slot(int)
    def go(self, place: int) -> None:
        """Show a place. During a conversation one stays in it: leaving is a decision of its own."""
        if self.practice.practice is not None:
            return
        self._place = place
        self._enter((self.practice, self.journal, self.settings)[place])
        self.navigation.show_place(place)

    @Slot()
    def go_practise(self) -> None:
        """The scenarios."""
        self.go(PRACTISE)

    @Slot()
    def go_journal(self) -> None:
        """The journal."""
        self.go(JOURNAL)

    @Slot()
    def go_settings(self) -> None:
        """The settings."""
        self.go(SETTINGS)

    @Slot(object)
    def look_back(self, look_back: LookBack) -> None:
        """The debrief of a practice."""
        self._from_journal = self._place == JOURNAL
        self.debrief.show_practice(look_back)
        self._enter(self.debrief)
        self.navigation.show_place(self._place)
        self.debrief.practise_again.setFocus()

    @Slot()
    def go_trust(self) -> None:
        """How far the feedback can be trusted."""
        if self.practice.practice is None and self.pages.currentWidget() is not self.trust:
            self._before_trust = self.pages.currentWidget() or self.practice
            self._enter(self.trust)
            self.trust.enter()

    @Slot()
    def _leave_trust(self) -> None:
        self._enter(self._before_trust)
        if self._before_trust is self.debrief:
            self.debrief.trust.setFocus()

    def _enter(self, page: QWidget) -> None:
        before = self.pages.currentWidget()
        if before is self.settings and page is not self.settings:
            self.settings.leave()
        if before is self.practice and page is not self.practice:
            self.practice.rest()
        if before is self.debrief:
            self.debrief.player.stop()
        self.pages.setCurrentWidget(page)
        if page is self.practice and before is not self.practice:
            self.practice.show_list()
        elif page is self.journal:
            self.journal.refresh()
            self.journal.take_focus()
        elif page is self.settings:
            self.settings.enter()

    @Slot()
    def _leave_debrief(self) -> None:
        self.go(JOURNAL if self._from_journal else PRACTISE)

    @Slot(str)
    def _practise_again(self, address: str) -> None:
        self.go(PRACTISE)
        if not self.practice.open_address(address):
            self.show_trouble(Problem(self.tr("This scenario is no longer on this computer."), address))

    @Slot(bool)
    def _stand_back(self, in_conversation: bool) -> None:
        self.navigation.setVisible(not in_conversation)
        self._edge.setVisible(not in_conversation)
        self.menus.show_conversation(in_conversation)

    # --- trouble ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_trouble(self, problem: Problem) -> None:
        """Above whatever is shown."""
        self._above.setContentsMargins(XL, L, XL, M)
        self.banner.show_problem(problem)

    @Slot()
    def _journal_opened(self) -> None:
        """Without a journal nothing could be kept, so nothing is offered."""
        problem = self._equipment.journal_problem
        if self._problem_page is not None:
            self.pages.removeWidget(self._problem_page)
            self._problem_page.deleteLater()
            self._problem_page = None
        self.navigation.setEnabled(problem is None)
        self.menus.set_places_enabled(problem is None)
        if problem is None:
            self.go(self._place)
            return
        self._problem_page = ProblemPage(problem)
        self._problem_page.again.connect(self._equipment.open_journal)
        self.pages.addWidget(self._problem_page)
        self.pages.setCurrentWidget(self._problem_page)
        self._problem_page.try_again.setFocus()

    # --- as it was left --------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        geometry = self._remembered.value("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1180, 800)

    @Slot(int)
    def resize_text(self, percent: int) -> None:
        """Grow or shrink the text, and remember it."""
        self._appearance.resize_text(percent)
        self._remembered.setValue("text-size", self._appearance.text_size)

    @Slot()
    def larger_text(self) -> None:
        """One step."""
        self.resize_text(self._appearance.text_size + STEP)

    @Slot()
    def smaller_text(self) -> None:
        """One step."""
        self.resize_text(self._appearance.text_size - STEP)

    @Slot()
    def normal_text(self) -> None:
        """As it came."""
        self.resize_text(100)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked, because nothing is lost: a practice that is not over stays in the journal as it is."""
        self._remembered.setValue("geometry", self.saveGeometry())
        self._remembered.sync()
        self.hide()
        self.debrief.player.stop()
        self.settings.leave()
        self.practice.brief.rest()
        self.practice.close_practice()
        for check in (self.practice.brief.check, self.settings.sound.check):
            check.no_more()
            check.stop_now()
        self._equipment.close()
        event.accept()
        self.closed.emit()
