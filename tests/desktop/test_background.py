"""Work behind the window: results and problems arrive in its thread, and not after it was closed."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from salespractice.desktop.background import Background
from salespractice.problem import Problem


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.thread_of_delivery: threading.Thread | None = None

    def take(self, result: object) -> None:
        self.got.append(result)
        self.thread_of_delivery = threading.current_thread()

    def refuse(self, problem: Problem) -> None:
        self.got.append(problem)


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    return Background()


def test_result_arrives_in_the_window_s_thread(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    background.run(threading.current_thread, receiver.take, receiver.refuse)
    qtbot.waitUntil(lambda: len(receiver.got) == 1)
    assert receiver.got[0] is not threading.current_thread()
    assert receiver.thread_of_delivery is threading.current_thread()
    assert not background.busy


def test_problem_arrives_as_such(background: Background, qtbot: QtBot) -> None:
    def work() -> None:
        raise Problem("Nothing there.")

    receiver = Receiver()
    background.run(work, receiver.take, receiver.refuse)
    qtbot.waitUntil(lambda: receiver.got == [Problem("Nothing there.")])


def test_mistake_is_raised_where_it_is_reported(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    with capture_exceptions() as caught:
        background.run(lambda: 1 / 0, receiver.take, receiver.refuse)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert receiver.got == []


def test_nothing_is_delivered_after_closing(background: Background, qtbot: QtBot) -> None:
    go_on = threading.Event()
    receiver = Receiver()
    background.run(go_on.wait, receiver.take, receiver.refuse)
    go_on.set()
    background.close()
    background.run(lambda: 1, receiver.take, receiver.refuse)
    qtbot.wait(1)
    assert receiver.got == []


def test_nothing_is_delivered_to_a_widget_that_is_gone(background: Background, qtbot: QtBot) -> None:
    import shiboken6

    go_on = threading.Event()
    receiver = Receiver()
    background.run(go_on.wait, receiver.take, receiver.refuse)
    shiboken6.delete(receiver)
    go_on.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert receiver.got == []
