"""The style sheet: what Fusion with our palette would leave grey or cramped."""

from __future__ import annotations

from salespractice.desktop.look import scale
from salespractice.desktop.look.colours import Colours


def style_sheet(colours: Colours, points: float) -> str:
    """The program's style sheet in one scheme, with a body text of `points`."""

    def size(share: float) -> str:
        return f"font-size: {points * share:.1f}pt;"

    c = colours
    return f"""
    QWidget {{ {size(scale.BODY)} }}
    QToolTip {{ color: {c.text}; background: {c.surface}; border: 1px solid {c.border}; padding: 4px; }}

    QLabel[kind="small"] {{ {size(scale.SMALL)} color: {c.quiet}; }}
    QLabel[kind="quiet"] {{ color: {c.quiet}; }}
    QLabel[kind="lead"] {{ {size(scale.LEAD)} font-weight: 600; }}
    QLabel[kind="label"] {{ {size(scale.SMALL)} font-weight: 600; color: {c.quiet}; }}
    QLabel[kind="heading"] {{ {size(scale.HEADING)} font-weight: 600; }}
    QLabel[kind="title"] {{ {size(scale.TITLE)} font-weight: 600; }}
    QLabel[kind="spoken"] {{ {size(scale.SPOKEN)} }}
    QLabel[kind="strong"] {{ font-weight: 600; }}
    QLabel[kind="accent"] {{ font-weight: 600; color: {c.accent}; }}
    QLabel[kind="warm"] {{ font-weight: 600; color: {c.warm}; }}

    QFrame[card="plain"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {scale.RADIUS}px; }}
    QFrame[card="accent"] {{ background: {c.accent_soft}; border: none; border-radius: {scale.RADIUS}px; }}
    QFrame[card="warm"] {{ background: {c.warm_soft}; border: none; border-radius: {scale.RADIUS}px; }}
    QFrame[line="true"] {{ background: {c.line}; border: none; }}

    QPushButton {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; border-radius: 8px;
        padding: 7px 16px; min-height: 1.3em;
    }}
    QPushButton:hover {{ border-color: {c.accent}; color: {c.accent}; }}
    QPushButton:pressed {{ background: {c.accent_soft}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 15px; }}
    QPushButton:disabled {{ color: {c.quiet}; border-color: {c.line}; background: {c.window}; }}
    QPushButton[kind="primary"] {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600;
    }}
    QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; color: {c.on_accent}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; padding: 6px 15px; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.quiet}; border-color: {c.line}; }}
    QPushButton[kind="flat"] {{
        background: transparent; border-color: transparent; color: {c.accent}; padding: 4px 6px;
    }}
    QPushButton[kind="flat"]:hover {{ background: {c.accent_soft}; }}
    QPushButton[kind="flat"]:focus {{ border: 2px solid {c.accent}; padding: 3px 5px; }}

    QPushButton:checked {{ background: {c.accent_soft}; color: {c.accent}; border-color: {c.accent}; }}

    QLineEdit, QComboBox, QDoubleSpinBox {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; border-radius: 8px;
        padding: 7px 10px; min-height: 1.3em; selection-background-color: {c.accent};
        selection-color: {c.on_accent};
    }}
    QLineEdit:focus, QComboBox:focus, QDoubleSpinBox:focus {{ border: 2px solid {c.accent}; padding: 6px 9px; }}
    QLineEdit:disabled, QComboBox:disabled, QDoubleSpinBox:disabled {{
        background: {c.window}; color: {c.quiet}; border-color: {c.line};
    }}
    QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ border: none; width: 28px; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox QAbstractItemView {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 4px; outline: none;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QPlainTextEdit {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; border-radius: 8px; padding: 6px;
    }}
    QPlainTextEdit:focus {{ border: 2px solid {c.accent}; padding: 5px; }}

    QListView {{ background: transparent; border: none; outline: none; }}
    QScrollArea {{ background: transparent; border: 2px solid transparent; }}
    QScrollArea:focus {{ border-color: {c.accent}; border-radius: 8px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 4px; min-height: 32px; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 4px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

    QMenuBar {{ background: {c.window}; color: {c.text}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 6px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 6px; }}
    QMenu::item {{ padding: 6px 28px 6px 24px; border-radius: 6px; }}
    QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:disabled {{ color: {c.quiet}; background: transparent; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 6px 8px; }}
    """
