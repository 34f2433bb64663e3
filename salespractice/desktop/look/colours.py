"""The few colours of the program, light and dark. Text pairs reach WCAG AA (4.5:1), borders of controls 3:1."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. `accent` is for what can be done and what went well, `warm` for what to change and for trouble."""

    window: str
    surface: str
    line: str
    border: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    warm: str
    warm_soft: str

    @property
    def dark(self) -> bool:
        """Whether this is the dark scheme."""
        return QColor(self.window).lightness() < 128


LIGHT = Colours(
    window="#f5f4f0",
    surface="#ffffff",
    line="#e3e1da",
    border="#85837b",
    text="#1d2126",
    quiet="#565c64",
    accent="#14655a",
    on_accent="#ffffff",
    accent_hover="#0f4f47",
    accent_soft="#e1efec",
    warm="#8a4210",
    warm_soft="#fbeee1",
)
DARK = Colours(
    window="#15171a",
    surface="#1f2226",
    line="#343940",
    border="#80868f",
    text="#eceded",
    quiet="#aab1b9",
    accent="#7accbc",
    on_accent="#08241f",
    accent_hover="#9adccf",
    accent_soft="#1e3833",
    warm="#f1b27d",
    warm_soft="#39291b",
)


def colours(palette: QPalette) -> Colours:
    """The scheme that a widget with this palette is shown in."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def palette_of(scheme: Colours) -> QPalette:
    """The Qt palette of a scheme, for every widget that Fusion paints."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for color_role, colour in {
        role.Window: scheme.window,
        role.WindowText: scheme.text,
        role.Base: scheme.surface,
        role.AlternateBase: scheme.window,
        role.Text: scheme.text,
        role.PlaceholderText: scheme.quiet,
        role.Button: scheme.surface,
        role.ButtonText: scheme.text,
        role.BrightText: scheme.warm,
        role.Light: scheme.surface,
        role.Midlight: scheme.line,
        role.Mid: scheme.line,
        role.Dark: scheme.border,
        role.Highlight: scheme.accent,
        role.HighlightedText: scheme.on_accent,
        role.Accent: scheme.accent,
        role.Link: scheme.accent,
        role.LinkVisited: scheme.accent,
        role.ToolTipBase: scheme.surface,
        role.ToolTipText: scheme.text,
    }.items():
        palette.setColor(color_role, QColor(colour))
    for color_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, color_role, QColor(scheme.quiet))
    return palette
