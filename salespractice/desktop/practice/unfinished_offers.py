"""A practice that was cut off, offered on the list of scenarios: once as a card, and quietly after “Not now”."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from salespractice.desktop import wording
from salespractice.desktop.look.scale import XS, L, M, S
from salespractice.desktop.parts.announce import announce
from salespractice.desktop.parts.buttons import button
from salespractice.desktop.parts.card import Card
from salespractice.desktop.parts.layout import clear, column, row
from salespractice.desktop.parts.picture import Portrait
from salespractice.desktop.parts.text import body, quiet, text
from salespractice.unfinished import Unfinished

_NOT_NOW = "unfinished/not-now"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Unfinished", words)


class UnfinishedCard(Card):
    """One practice: with whom, when, what is kept of it, and what can be done."""

    go_on = Signal(object)
    look_back_at = Signal(object)
    not_now = Signal(object)

    def __init__(self, one: Unfinished, *, can_go_on: bool) -> None:
        super().__init__("accent", S)
        self.one = one
        entry = one.entry
        self.setAccessibleName(_tr("Unfinished practice: {title}").format(title=entry.title))
        portrait = Portrait()
        portrait.show_person(entry.customer)
        words = column(XS)
        words.addWidget(text("accent", _tr("Not finished yet")))
        words.addWidget(text("heading", entry.title))
        words.addWidget(quiet(f"{entry.customer} · {wording.when(entry.started)}"))
        words.addSpacing(S)
        words.addWidget(body(what_is_kept(one)))
        if not can_go_on:
            words.addWidget(body(_tr("Its scenario has changed or is gone, so it can only be looked back at.")))
        words.addSpacing(S)
        self.buttons = row(S)
        self.go_on_button = self._add(_tr("Go on"), "primary", self._go_on) if can_go_on else None
        self.look_back_button = self._add(_tr("Look back"), "plain", self._look_back)
        self.not_now_button = self._add(_tr("Not now"), "flat", self._not_now)
        self.buttons.addStretch(1)
        words.addLayout(self.buttons)
        line = row(L)
        line.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.column.addLayout(line)

    @property
    def all_buttons(self) -> list[QPushButton]:
        """From left to right."""
        made = (self.go_on_button, self.look_back_button, self.not_now_button)
        return [one for one in made if one is not None]

    @property
    def first_button(self) -> QPushButton:
        """Where the keyboard begins."""
        return self.go_on_button or self.look_back_button

    def _add(self, label: str, kind: str, pressed: Callable[[], None]) -> QPushButton:
        made = button(label, kind)
        # Read on its own, “Go on” would not say with what.
        made.setAccessibleName(f"{label}: {self.one.entry.title}, {self.one.entry.customer}")
        made.clicked.connect(pressed)
        self.buttons.addWidget(made)
        return made

    @Slot()
    def _go_on(self) -> None:
        self.setEnabled(False)
        self.go_on.emit(self.one)

    @Slot()
    def _look_back(self) -> None:
        self.setEnabled(False)
        self.look_back_at.emit(self.one)

    @Slot()
    def _not_now(self) -> None:
        self.not_now.emit(self.one)


class UnfinishedOffers(QWidget):
    """The newest as a card, all others behind one quiet line. What was put off stays there, on the next start too.

    `changed` when there are other buttons than before.
    """

    go_on = Signal(object)
    look_back_at = Signal(object)
    changed = Signal()

    def __init__(self, memory: QSettings) -> None:
        super().__init__()
        self._memory = memory
        self._found: list[Unfinished] = []
        self._startable: set[str] = set()
        self._all_shown = False
        self.cards: list[UnfinishedCard] = []
        layout = column(M)
        self._stack = column(M)
        layout.addLayout(self._stack)
        self.others = button("", "flat")
        self.others.clicked.connect(self._show_others)
        layout.addWidget(self.others)
        self.setLayout(layout)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """All of them, from top to bottom."""
        return [one for card in self.cards for one in card.all_buttons] + [self.others]

    def show_offers(self, found: Sequence[Unfinished], startable: set[str]) -> None:
        """Show these, the newest first; `startable` holds the ids of those that can be gone on with."""
        same = list(found) == self._found and startable == self._startable
        if same and all(card.isEnabled() for card in self.cards):
            return
        new = {one.entry.practice for one in found} - {one.entry.practice for one in self._found}
        self._found, self._startable = list(found), startable
        self._forget({one.entry.practice for one in found})
        self._show()
        if self.cards and self.cards[0].one.entry.practice in new:
            announce(self, f"{self.cards[0].accessibleName()}. {what_is_kept(self.cards[0].one)}")

    def _show(self) -> None:
        put_off = self._put_off()
        ready = [one for one in self._found if one.entry.practice not in put_off]
        shown = self._found if self._all_shown else ready[:1]
        clear(self._stack)
        self.cards = []
        for one in shown:
            card = UnfinishedCard(one, can_go_on=one.entry.practice in self._startable)
            card.go_on.connect(self.go_on)
            card.look_back_at.connect(self.look_back_at)
            card.not_now.connect(self._put_one_off)
            self._stack.addWidget(card)
            card.show()  # now, and not after the next event: the keyboard goes to it
            self.cards.append(card)
        self.others.setText(_how_many(len(self._found) - len(shown), more=bool(shown)))
        self.others.setVisible(len(shown) < len(self._found))
        self.setVisible(bool(self._found))
        self.changed.emit()

    @Slot(object)
    def _put_one_off(self, one: Unfinished) -> None:
        self._memory.setValue(_NOT_NOW, sorted(self._put_off() | {one.entry.practice}))
        self._all_shown = False
        self._show()
        (self.cards[0].first_button if self.cards else self.others).setFocus()

    @Slot()
    def _show_others(self) -> None:
        before = len(self.cards)
        self._all_shown = True
        self._show()
        self.cards[min(before, len(self.cards) - 1)].first_button.setFocus()

    def _put_off(self) -> set[str]:
        kept = self._memory.value(_NOT_NOW, [])
        # An ini file gives back a list of one as a string.
        return {kept} if isinstance(kept, str) else set(kept) if isinstance(kept, list) else set()

    def _forget(self, still_there: set[str]) -> None:
        put_off = self._put_off()
        if put_off - still_there:
            self._memory.setValue(_NOT_NOW, sorted(put_off & still_there))


def what_is_kept(one: Unfinished) -> str:
    """The answers, the sound, and whether an answer was cut off, in a sentence or two."""
    count = len(one.turns)
    if not count:
        sentence = _tr("{clock} of your voice is kept.")
    elif one.seconds:
        sentence = _tr("{answers} and {clock} of your voice are kept.")
    else:
        sentence = _tr("1 answer is kept.") if count == 1 else _tr("{answers} are kept.")
    answers = _tr("1 answer") if count == 1 else _tr("{count} answers").format(count=count)
    told = sentence.format(answers=answers, clock=wording.clock(one.seconds))
    if one.cut_off is not None:
        last = _tr("Your last answer ({clock}) was not understood yet.")
        told += " " + last.format(clock=wording.clock(one.cut_off.seconds))
    return told


def _how_many(count: int, *, more: bool) -> str:
    if more:
        return (
            _tr("1 more unfinished practice")
            if count == 1
            else _tr("{count} more unfinished practices").format(count=count)
        )
    return _tr("1 unfinished practice") if count == 1 else _tr("{count} unfinished practices").format(count=count)
