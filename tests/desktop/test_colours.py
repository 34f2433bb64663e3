"""Both schemes reach WCAG's contrast: 4.5:1 for text, 3:1 for the borders of controls."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from salespractice.desktop.look.colours import DARK, LIGHT, Colours, colours, palette_of


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, 1 to 21."""

    def luminance(name: str) -> float:
        parts = (QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_text_can_be_read(scheme: Colours) -> None:
    for ground in (scheme.window, scheme.surface, scheme.accent_soft, scheme.warm_soft):
        for ink in (scheme.text, scheme.quiet):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ink, ground in (
        (scheme.on_accent, scheme.accent),
        (scheme.on_accent, scheme.accent_hover),
        (scheme.accent, scheme.window),
        (scheme.accent, scheme.surface),
        (scheme.accent, scheme.accent_soft),
        (scheme.warm, scheme.warm_soft),
        (scheme.warm, scheme.window),
    ):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_controls_and_focus_can_be_seen(scheme: Colours) -> None:
    for ground in (scheme.window, scheme.surface):
        assert contrast(scheme.border, ground) >= 3, ground
        assert contrast(scheme.accent, ground) >= 3, ground


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_palette_leads_back_to_its_scheme(scheme: Colours) -> None:
    assert colours(palette_of(scheme)) is scheme
