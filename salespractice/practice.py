"""One practice, from the customer's first word to the debrief. The window and the terminal both drive this.

All state belongs to one thread, which takes commands from a queue; the speaker, the transcriber and the front end only
put commands there. What happens is told as events (see `events`) from that thread; levels come from the recorder's.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

from salespractice.answering import TurnTaking
from salespractice.audio.microphone import Microphone
from salespractice.coaching.baseline import Baseline
from salespractice.coaching.debrief import Debrief
from salespractice.coaching.delivery import Delivery
from salespractice.course import Course, Stage
from salespractice.events import Event, TroubleMet
from salespractice.journal.lock import PracticeLock
from salespractice.problem import Problem
from salespractice.rig import Rig
from salespractice.roleplay.conversation import Conversation
from salespractice.scenario.pack import Staged
from salespractice.unfinished import Resumed

_log = logging.getLogger(__name__)


class Practice:
    """Start it, then answer until `PracticeEnded`. Commands return at once and are ignored where they make no sense."""

    def __init__(
        self,
        staged: Staged,
        rig: Rig,
        on_event: Callable[[Event], None],
        seed: int | None = None,
        turn_taking: TurnTaking | None = None,
        resumed: Resumed | None = None,
    ) -> None:
        """`turn_taking` is by key unless given. `resumed` is a practice that was cut off, to go on with."""
        self.id = resumed.practice if resumed else uuid.uuid4().hex
        self.staged = staged
        self._lock = resumed.lock if resumed else PracticeLock(rig.places.takes / self.id)
        self._tell = on_event
        self._places = rig.places
        self._commands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._course = Course(
            self.id,
            staged,
            rig,
            on_event,
            self._commands.put,
            secrets.randbelow(1 << 31) if seed is None else seed,
            turn_taking or TurnTaking(),
            resumed,
        )
        self._thread = threading.Thread(target=self._run, name="practice", daemon=True)

    @property
    def conversation(self) -> Conversation:
        """What was said so far. It belongs to the practice's thread until that has told `PracticeEnded`."""
        return self._course.conversation

    @property
    def debrief(self) -> Debrief | None:
        """Once it is over."""
        return self._course.debrief

    @property
    def deliveries(self) -> dict[int, Delivery]:
        """How the spoken answers sounded, by the number of the turn."""
        return self._course.deliveries

    @property
    def baseline(self) -> Baseline:
        """How this person usually sounds; known once it is over."""
        return self._course.baseline

    @property
    def takes(self) -> Path:
        """The folder of this practice's takes."""
        return self._places.takes / self.id

    def start(self) -> None:
        """The customer says the first line, or again the last one. Raises `Problem` where the takes cannot be kept."""
        self._lock.acquire()
        self._thread.start()
        self._commands.put(self._course.start)

    def begin_answer(self) -> None:
        """Start to record; a line that is still being said is stopped. In an answer by voice: let no silence end it."""
        self._commands.put(self._course.begin_answer)

    def end_answer(self) -> None:
        """The answer is complete."""
        self._commands.put(self._course.end_answer)

    def hold_turn(self, *, held: bool = True) -> None:
        """The rep is still thinking: silence does not end the answer, until the next word (or `held` is False)."""
        self._commands.put(lambda: self._course.hold_turn(held=held))

    def take_turns(self, turn_taking: TurnTaking) -> None:
        """How turns change from now on."""
        self._commands.put(lambda: self._course.take_turns(turn_taking))

    def type_answer(self, text: str) -> None:
        """Answer with text instead of a take."""
        self._commands.put(lambda: self._course.type_answer(text))

    def repeat_line(self) -> None:
        """Say the last line again."""
        self._commands.put(self._course.repeat_line)

    def change_microphone(self, microphone: Microphone | None) -> None:
        """Go on with another microphone; None for typed answers only."""
        self._commands.put(lambda: self._course.change_microphone(microphone))

    def leave(self) -> None:
        """End the conversation here; what was said so far is kept and looked back at."""
        self._commands.put(self._course.leave)

    def close(self) -> None:
        """Stop everything, and wait for that. A practice that is not over stays unfinished in the journal."""
        self._commands.put(None)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        elif not self._thread.is_alive():
            self._lock.release()  # of a practice that was never begun

    # --- the practice's own thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while (command := self._commands.get()) is not None:
                try:
                    command()
                except Problem as problem:
                    # What cannot even begin is over; everything later can be mended and goes on.
                    self._tell(TroubleMet(problem, fatal=self._course.stage is Stage.NEW))
                    if self._course.stage is Stage.NEW:
                        break
        except Exception as error:  # noqa: BLE001 - a mistake of ours must reach the rep, with the takes safe on disk
            _log.exception("practice %s failed", self.id)
            mistake = Problem("The practice stopped because of a mistake in the program.", repr(error))
            self._tell(TroubleMet(mistake, fatal=True))
        finally:
            try:
                self._course.stop_sound()
            finally:
                self._course.stage = Stage.OVER
                self._lock.release()
