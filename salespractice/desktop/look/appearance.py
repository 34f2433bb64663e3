"""Light, dark or as the system; small text or large: applied to the whole program at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from salespractice.desktop.look.colours import DARK, LIGHT, palette_of
from salespractice.desktop.look.scale import SMALLEST_BODY
from salespractice.desktop.look.style_sheet import style_sheet

SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
SMALLEST, LARGEST, STEP = 80, 200, 10
"""Text sizes in percent."""


class Appearance(QObject):
    """The look of one application. Set `choose` and `resize_text`; the system's own changes are followed."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = "system"
        self.text_size = 100
        application.setStyle("Fusion")
        self._system_points = application.font().pointSizeF()
        application.styleHints().colorSchemeChanged.connect(self._apply)

    def choose(self, choice: str) -> None:
        """`system`, `light` or `dark`; anything else counts as `system`."""
        self._choice = choice if choice in SCHEMES else "system"
        self._application.styleHints().setColorScheme(SCHEMES[self._choice])
        self._apply()

    def resize_text(self, percent: int) -> None:
        """Everything grows and shrinks with the text."""
        size = max(SMALLEST, min(LARGEST, percent))
        if size != self.text_size:
            self.text_size = size
            self._apply()

    @property
    def points(self) -> float:
        """The size of the body text."""
        return max(self._system_points, SMALLEST_BODY) * self.text_size / 100

    @Slot()
    def _apply(self) -> None:
        if self._choice == "system":
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._choice == "dark"
        scheme = DARK if dark else LIGHT
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        font.setPointSizeF(self.points)
        self._application.setFont(font)
        self._application.setPalette(palette_of(scheme))
        self._application.setStyleSheet(style_sheet(scheme, self.points))
