"""How far can I trust this? What was compared with whom, and how it went, before anybody has to ask."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salespractice.coaching.validation import Row, read_validation
from salespractice.desktop.look.scale import XS, M, S
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import Foot, ReadingColumn, column, dividing_line, part_heading, row
from salespractice.desktop.parts.problem import ProblemBanner
from salespractice.desktop.parts.text import body, quiet, small, text, title
from salespractice.desktop.trust.scale import Compared
from salespractice.places import shipped
from salespractice.problem import Problem


def _tr(words: str) -> str:
    return QCoreApplication.translate("Trust", words)


class TrustPage(QWidget):
    """Filled when it is first shown. `closed` goes back."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.page = ReadingColumn()
        self.page.setAccessibleName(self.tr("How far can I trust this?"))
        layout.addWidget(self.page, 1)
        foot = Foot(M)
        line = row(S)
        line.addStretch(1)
        self.back = button(self.tr("Back"), "primary")
        self.back.clicked.connect(self.closed)
        line.addWidget(self.back)
        foot.content.addLayout(line)
        layout.addWidget(foot)
        self._filled = False

    @Slot()
    def enter(self) -> None:
        """The page is shown."""
        if not self._filled:
            self._filled = True
            self._fill(self.page.content)
        self.page.to_top()
        self.back.setFocus()

    def _fill(self, content: QVBoxLayout) -> None:
        content.addWidget(title(_tr("How far can I trust this?")))
        try:
            found = read_validation(shipped("assets") / "validation.json")
        except Problem as problem:
            banner = ProblemBanner()
            content.addWidget(banner)
            banner.show_problem(problem)
            content.addStretch(1)
            return
        content.addWidget(
            body(
                _tr(
                    "The program reads signs in what is said: a question, a feeling that is named, advice. What it "
                    "finds "
                    "was compared with what trained people found in the same conversations. It learned nothing from "
                    "them, except where it says so. In a practice, what a scenario's author wrote of each reply "
                    "comes before these signs, and has not been compared with anybody."
                )
            )
        )
        sure = _tr(
            "Where it called itself sure, with {sure} in 100 or more, it was right {right} times in 100. It was sure "
            "in {share} of 100 cases. In the others, do not take its word."
        )
        card = Card("accent", S)
        card.column.addWidget(
            text(
                "lead",
                sure.format(
                    sure=round(100 * found.sure_from),
                    right=round(100 * found.right_when_sure),
                    share=round(100 * found.share_sure),
                ),
            )
        )
        content.addWidget(card)
        content.addLayout(part_heading(_tr("Sign by sign")))
        content.addWidget(
            quiet(
                _tr(
                    "The bar is what the program reaches, and the thin line on it how far that may be off. The "
                    "dotted mark is what a simple rule reaches, the full one what one person reaches against others. "
                    "1 is as the experts said in every case."
                )
            )
        )
        rows = Card("plain", M)
        for number, one in enumerate(found.rows):
            if number:
                rows.column.addWidget(dividing_line())
            rows.column.addLayout(_shown(one))
        content.addWidget(rows)
        content.addLayout(part_heading(_tr("What that does not say")))
        content.addWidget(
            body(
                _tr(
                    "Those conversations are counselling, support among peers, trouble at work and lessons, because "
                    "experts have rated these. Nobody has published rated sales talks. Where experts hardly agree with "
                    "one another, as on dismissing somebody, the program does not judge. Your coach's word outranks it."
                )
            )
        )
        content.addStretch(1)


def _shown(one: Row) -> QVBoxLayout:
    """One construct: its name, its bar, and the numbers in words."""
    lines = column(XS)
    lines.addWidget(text("strong", one.construct[0].upper() + one.construct[1:].replace("_", " ")))
    lines.addWidget(Compared(one))
    said = [_tr("{ours} ({low} to {high}), {measure}").format(
        ours=f"{one.ours:.2f}", low=f"{round(one.low, 2) + 0:.2f}", high=f"{one.high:.2f}", measure=one.measure
    )]  # fmt: skip
    if one.floor is not None:
        said.append(_tr("a simple rule {floor}").format(floor=f"{one.floor:.2f}"))
    if one.human:
        known = _tr("one person {human}") if one.human.replace(".", "").isdigit() else _tr("known: {human}")
        said.append(known.format(human=one.human))
    lines.addWidget(small(" · ".join([*said, one.on])))
    return lines
