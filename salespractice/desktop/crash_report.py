"""A mistake of ours: told once, with a report to copy, while everything that was kept stays kept."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from salespractice import __version__
from salespractice.desktop.look.scale import L, M
from salespractice.desktop.parts.text import body, heading

_log = logging.getLogger(__name__)


def report_text(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What a developer needs to mend it. Nothing of what was said in a practice is in it."""
    system = f"SalesPractice {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return system + "\n\n" + "".join(traceback.format_exception(kind, error, trace))


class CrashReports(QObject):
    """Catches what nobody else caught, in any thread, and shows it in the window's thread, one at a time."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: CrashDialog | None = None
        self._caught.connect(self._show)

    def install(self) -> None:
        """From now on every uncaught exception comes here."""
        sys.excepthook = self._from_python
        threading.excepthook = self._from_thread

    def uninstall(self) -> None:
        """Give the hooks back, once no window can show anything."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _from_python(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        text = report_text(kind, error, trace)
        _log.error("%s", text)
        print(text, file=sys.stderr)
        self._caught.emit(text)

    def _from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._from_python(caught.exc_type, caught.exc_value, caught.exc_traceback)

    @Slot(str)
    def _show(self, text: str) -> None:
        if self._shown is None:
            self._shown = CrashDialog(text, QApplication.activeWindow())
            self._shown.finished.connect(self._closed)
            self._shown.open()
        else:
            self._shown.add(text)

    @Slot()
    def _closed(self) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None


class CrashDialog(QDialog):
    """Says that it is our fault, and offers the report."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A mistake in the program"))
        self.resize(720, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addWidget(heading(self.tr("Something went wrong, and it is our mistake.")))
        layout.addWidget(
            body(
                self.tr(
                    "What you practised so far is kept. You can go on; if something looks odd, close the program and "
                    "open it again. With this report the mistake can be found. It holds nothing of what you said."
                )
            )
        )
        self._report = QPlainTextEdit(text)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(self.tr("Crash report"))
        layout.addWidget(self._report, 1)
        buttons = QDialogButtonBox()
        copy = QPushButton(self.tr("Copy the report"))
        copy.clicked.connect(self.copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        go_on = QPushButton(self.tr("Go on"))
        go_on.setProperty("kind", "primary")
        go_on.setDefault(True)
        buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        layout.addWidget(buttons)

    def add(self, text: str) -> None:
        """A second mistake while the first is still shown."""
        self._report.appendPlainText("\n" + text)

    @Slot()
    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report.toPlainText())
