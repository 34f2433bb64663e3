"""The menus: every way to do something with its key beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox

from salespractice import __version__
from salespractice.desktop.practice.turn_bar import STILL_THINKING

if TYPE_CHECKING:
    from salespractice.desktop.main_window import MainWindow


def _tr(words: str) -> str:
    return QCoreApplication.translate("Menus", words)


class Menus(QObject):
    """The menu bar of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        bar = window.menuBar()
        go = bar.addMenu(_tr("&Go"))
        self._places = [
            self._add(go, _tr("&Practise"), "Ctrl+1", window.go_practise),
            self._add(go, _tr("&Journal"), "Ctrl+2", window.go_journal),
            self._add(go, _tr("&Settings"), "Ctrl+3", window.go_settings),
        ]
        go.addSeparator()
        quit_program = self._add(go, _tr("&Quit"), QKeySequence.StandardKey.Quit, window.close)
        if quit_program.shortcut().isEmpty():
            quit_program.setShortcut("Ctrl+Q")
        self._conversation = bar.addMenu(_tr("&Conversation"))
        page = window.practice.conversation
        for words, key, slot in (
            (_tr("&Talk on or off"), "Ctrl+T", page.talk.begin_or_end),
            (_tr("I am still t&hinking"), STILL_THINKING, page.think_longer),
            (_tr("Hands-&free or by key"), "Ctrl+F", page.turns.hands_free.click),
            (_tr("&Repeat the line"), "Ctrl+R", page.repeat.click),
            (_tr("T&ype an answer"), "Ctrl+E", page.begin_typing),
            (_tr("&Show or hide what was said"), "Ctrl+H", page.show_or_hide_side),
            (_tr("Choose the &microphone"), "Ctrl+M", page.trouble.offer),
            (_tr("&Leave"), "Ctrl+L", window.practice.leave),
        ):
            self._add(self._conversation, words, key, slot)
        view = bar.addMenu(_tr("&View"))
        larger = self._add(view, _tr("&Larger text"), QKeySequence.StandardKey.ZoomIn, window.larger_text)
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(view, _tr("&Smaller text"), "Ctrl+-", window.smaller_text)
        self._add(view, _tr("&Normal text"), "Ctrl+0", window.normal_text)
        about = bar.addMenu(_tr("&Help"))
        self._places.append(self._add(about, _tr("How far can I &trust this?"), "", window.go_trust))
        self._add(about, _tr("&About SalesPractice"), "", self.about)
        self.show_conversation(False)

    def _add(self, menu: QMenu, words: str, key: str | QKeySequence.StandardKey, slot: Callable[[], object]) -> QAction:
        action = menu.addAction(words)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        return action

    def show_conversation(self, in_conversation: bool) -> None:
        """What can be done in a conversation, and what cannot."""
        for action in self._conversation.actions():
            action.setEnabled(in_conversation)
        self.set_places_enabled(not in_conversation)

    def set_places_enabled(self, enabled: bool) -> None:
        """Whether one may go elsewhere."""
        for action in self._places:
            action.setEnabled(enabled)

    @Slot()
    def about(self) -> None:
        """What this is."""
        QMessageBox.about(
            self._window,
            _tr("About SalesPractice"),
            _tr(
                "SalesPractice {version}\n\nPractise sales conversations aloud, with a customer who reacts to what you "
                "say. Everything happens on this computer, without a network."
            ).format(version=__version__),
        )
