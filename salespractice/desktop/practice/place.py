"""The place where one practises: from the list over the brief into the conversation, and the one practice that runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from salespractice.audio.microphone import Microphone
from salespractice.desktop.bridge import Bridge
from salespractice.desktop.equipment import Equipment
from salespractice.desktop.look_back import LookBack, from_journal
from salespractice.desktop.parts.device_choice import NONE
from salespractice.desktop.practice.brief import BriefPage
from salespractice.desktop.practice.conversation import ConversationPage
from salespractice.desktop.practice.conversation_stage import Stage
from salespractice.desktop.practice.microphone_trouble import MicrophoneTrouble
from salespractice.desktop.practice.scenario_list import ScenarioList
from salespractice.events import (
    AnswerCaption,
    AnswerEnded,
    AnswerHeard,
    AnswerInterrupted,
    AnswerStarted,
    CustomerFinished,
    CustomerSpeaks,
    Event,
    LevelChanged,
    LineInterrupted,
    NothingHeard,
    PracticeEnded,
    PracticeStarted,
    TroubleMet,
    TurnHeld,
    TurnTaken,
)
from salespractice.practice import Practice
from salespractice.problem import Problem
from salespractice.rig import Rig, turn_taking_of
from salespractice.scenario.pack import Staged, find_scenario
from salespractice.settings import Settings
from salespractice.unfinished import Resumed, Unfinished, close_unfinished, resume


class PracticePlace(QStackedWidget):
    """`in_conversation` says when the rest of the window should stand back; `ended` carries what to look back at."""

    in_conversation = Signal(bool)
    ended = Signal(object)

    def __init__(self, equipment: Equipment, watch: Callable[[Event], None] | None = None) -> None:
        """`watch` sees every event first, in the practice's own threads."""
        super().__init__()
        self._equipment = equipment
        self._watch = watch
        self._bridge: Bridge | None = None
        self.practice: Practice | None = None
        self._look_back: LookBack | None = None
        self._last_line = ""
        self._left = False
        self.list = ScenarioList(equipment)
        self.brief = BriefPage(equipment)
        self.conversation = ConversationPage(MicrophoneTrouble(equipment))
        for page in (self.list, self.brief, self.conversation):
            self.addWidget(page)
        self.list.chosen.connect(self.open_brief)
        self.list.look_back_at.connect(self._look_back_at)
        self.list.go_on.connect(self._go_on)
        self.brief.left.connect(self.show_list)
        self.brief.started.connect(self._prepare)
        page = self.conversation
        page.talk_began.connect(self._begin_answer)
        page.talk_ended.connect(self._end_answer)
        page.hold_wanted.connect(self._hold_turn)
        page.hands_free_chosen.connect(self._take_turns)
        page.typed.connect(self._type_answer)
        page.repeat_wanted.connect(self._repeat)
        page.leave_wanted.connect(self.leave)
        page.debrief_wanted.connect(self._look)
        page.trouble.microphone_wanted.connect(self._change_microphone)

    # --- from page to page -----------------------------------------------------------------------------------------

    @Slot()
    def show_list(self) -> None:
        """All scenarios."""
        self.brief.rest()
        self.list.refresh()
        self.setCurrentWidget(self.list)
        if self.list.cards:
            self.list.cards[0].setFocus()

    @Slot(object)
    def open_brief(self, staged: Staged) -> None:
        """The brief of one scenario."""
        self.setCurrentWidget(self.brief)
        self.brief.show_brief(staged)

    def open_address(self, address: str) -> bool:
        """The brief of the scenario `pack/scenario`; False where it is no longer there."""
        for staged in self._equipment.scenarios:
            if staged.address == address:
                self.open_brief(staged)
                return True
        return False

    def rest(self) -> None:
        """Another place is shown: do not keep the microphone open for nothing."""
        if self.currentWidget() is self.brief:
            self.show_list()

    @Slot(object)
    def _go_on(self, one: Unfinished) -> None:
        """Take a practice up where it was cut off."""
        equipment, settings = self._equipment, self._equipment.settings

        def prepare() -> tuple[Staged, Rig, Problem | None, Resumed]:
            staged = find_scenario(one.entry.address, equipment.places.pack_folders)
            microphone, trouble = _microphone(equipment, settings)
            rig = equipment.rig(microphone)
            resumed = resume(one.entry.practice, staged, rig.matcher, rig.journal, rig.places)
            return staged, rig, trouble, resumed

        def begin(prepared: tuple[Staged, Rig, Problem | None, Resumed]) -> None:
            staged, rig, trouble, resumed = prepared
            if self.isVisible() and self.currentWidget() is self.list:
                self._begin(staged, rig, trouble, resumed)
            else:
                resumed.lock.release()
                self.list.refresh()

        equipment.background.run(prepare, begin, self._not_closed, "unfinished practice")

    @Slot(object)
    def _look_back_at(self, one: Unfinished) -> None:
        """Close a practice that was cut off, and look back at what was said in it."""
        journal, places, practice = self._equipment.journal, self._equipment.places, one.entry.practice
        if journal is not None:
            self._equipment.background.run(
                lambda: from_journal(close_unfinished(practice, journal, places), places),
                self._closed,
                self._not_closed,
                "unfinished practice",
            )

    def _closed(self, look_back: LookBack) -> None:
        self.ended.emit(look_back)

    def _not_closed(self, problem: Problem) -> None:
        self._equipment.trouble.emit(problem)
        self.list.refresh()

    # --- a practice ------------------------------------------------------------------------------------------------

    @Slot(object, bool)
    def _prepare(self, staged: Staged, by_voice: bool) -> None:
        equipment, check, settings = self._equipment, self.brief.check, self._equipment.settings

        def prepare() -> tuple[Rig, Problem | None]:
            check.stop_now()
            microphone, trouble = _microphone(equipment, settings) if by_voice else (None, None)
            return equipment.rig(microphone), trouble

        def begin(prepared: tuple[Rig, Problem | None]) -> None:
            # Getting ready takes a moment; who has gone elsewhere meanwhile does not want to be spoken to.
            if self.isVisible() and self.currentWidget() is self.brief and self.brief.shows(staged):
                self._begin(staged, *prepared)
            else:
                self.brief.set_starting(False)

        equipment.background.run(prepare, begin, self.brief.show_problem, "preparation")

    def _begin(self, staged: Staged, rig: Rig, trouble: Problem | None, resumed: Resumed | None = None) -> None:
        self.close_practice()
        self._look_back, self._last_line, self._left = None, "", False
        self._bridge = Bridge(self._watch, self)
        self._bridge.told.connect(self._on_event)
        settings = self._equipment.settings
        turn_taking = turn_taking_of(settings, staged.scenario)
        self.practice = Practice(staged, rig, self._bridge.tell, turn_taking=turn_taking, resumed=resumed)
        reason = self._equipment.hearing_problem
        why_not = f"{reason.what} {self.tr('You can type your answers.')}" if reason is not None else ""
        by_voice = rig.microphone is not None
        self.conversation.begin(staged.scenario, by_voice=by_voice, hands_free=settings.hands_free, why_not=why_not)
        self.setCurrentWidget(self.conversation)
        self.in_conversation.emit(True)
        trouble = trouble or self._equipment.silence
        if trouble is not None:
            self.conversation.trouble.show_problem(trouble)
        self.practice.start()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        page = self.conversation
        match event:
            case PracticeStarted():
                page.started()
            case CustomerSpeaks():
                self._last_line = event.line.text if event.line.ends else ""
                page.customer_speaks(event.number, event.line.text, last=event.line.ends)
            case CustomerFinished():
                page.your_turn()
            case LineInterrupted():
                page.line_interrupted()
            case TroubleMet():
                self._trouble(event)
            case PracticeEnded():
                self._over(event)
            case _:
                self._on_answer(event)

    def _on_answer(self, event: Event) -> None:
        page = self.conversation
        match event:
            case LevelChanged():
                page.show_level(event.level)
            case AnswerStarted():
                page.listening(by_voice=event.by_voice)
            case AnswerCaption():
                page.show_caption(event.certain, event.guess)
            case TurnHeld():
                page.turn_held(event.held)
            case AnswerInterrupted():
                page.answer_interrupted(event.seconds)
            case AnswerEnded():
                page.thinking()
            case AnswerHeard():
                page.answer_heard(event.number, event.text)
            case NothingHeard():
                page.nothing_heard(event.reason)
            case TurnTaken():
                page.answer_heard(event.turn.number, event.turn.answer.text)

    def _trouble(self, event: TroubleMet) -> None:
        if self.practice is None:
            # The rep is elsewhere already, such as in the debrief that a full disk refused to keep.
            self._equipment.trouble.emit(event.problem)
        else:
            self.conversation.show_trouble(event.problem, fatal=event.fatal)

    def _over(self, event: PracticeEnded) -> None:
        practice = self.practice
        if practice is None:
            return
        self._look_back = LookBack(
            practice.id,
            practice.staged.scenario,
            tuple(practice.conversation.turns),
            event.debrief,
            practice.takes,
            practice.staged.address,
            last_line=self._last_line,
            deliveries=dict(practice.deliveries),
            baseline=practice.baseline,
        )
        self._equipment.background.run(practice.close, self._nothing, self._equipment.trouble.emit, "practice's end")
        self.conversation.over()
        if self._left:
            self._look()

    @Slot()
    def _look(self) -> None:
        """To the debrief; a conversation in which nothing was said has none worth reading."""
        look_back, self.practice = self._look_back, None
        self.in_conversation.emit(False)
        self.show_list()
        if look_back is not None and look_back.turns:
            self.ended.emit(look_back)

    def close_practice(self) -> None:
        """Stop the practice that runs, if any, and wait for it. What was said so far is in the journal."""
        practice, self.practice = self.practice, None
        if practice is not None:
            practice.close()
        if self._bridge is not None:
            self._bridge.deleteLater()
            self._bridge = None

    # --- what the rep does -----------------------------------------------------------------------------------------

    @Slot()
    def _begin_answer(self) -> None:
        if self.practice is not None:
            self.practice.begin_answer()

    @Slot()
    def _end_answer(self) -> None:
        if self.practice is not None:
            self.practice.end_answer()

    @Slot(bool)
    def _hold_turn(self, held: bool) -> None:
        if self.practice is not None:
            self.practice.hold_turn(held=held)

    @Slot(bool)
    def _take_turns(self, hands_free: bool) -> None:
        """From now on, and in the next practice too."""
        self._equipment.choose(hands_free=hands_free)
        self.conversation.set_hands_free(hands_free)
        if self.practice is not None:
            scenario = self.practice.staged.scenario
            self.practice.take_turns(turn_taking_of(self._equipment.settings, scenario))

    @Slot(str)
    def _type_answer(self, words: str) -> None:
        if self.practice is not None:
            self.practice.type_answer(words)

    @Slot()
    def _repeat(self) -> None:
        if self.practice is not None:
            self.practice.repeat_line()

    @Slot()
    def leave(self) -> None:
        """End the conversation here."""
        if self.practice is None:
            return
        if self.conversation.stage is Stage.STOPPED:
            self.close_practice()
            self._look()
            return
        self._left = True
        self.practice.leave()

    @Slot(object)
    def _change_microphone(self, key: object) -> None:
        if key == NONE:
            self._have_microphone(None)
            return
        self._equipment.choose(microphone=key)
        equipment, settings = self._equipment, self._equipment.settings
        equipment.background.run(
            lambda: equipment.sound.microphone(settings),
            self._have_microphone,
            self.conversation.trouble.show_problem,
            "another microphone",
        )

    def _have_microphone(self, microphone: Microphone | None) -> None:
        if self.practice is not None:
            self.conversation.trouble.hide()
            self.conversation.set_voice(microphone is not None)
            self.practice.change_microphone(microphone)

    def _nothing(self, _: object) -> None:
        """The practice's threads are gone; nothing more to do."""


def _microphone(equipment: Equipment, settings: Settings) -> tuple[Microphone | None, Problem | None]:
    """The chosen microphone, or why there is none."""
    try:
        return equipment.sound.microphone(settings), None
    except Problem as problem:
        return None, problem
