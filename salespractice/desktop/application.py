"""Starts the window program, and ends it in order."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from salespractice.display import check_display
from salespractice.places import places
from salespractice.problem import Problem

DONE, PROBLEM = 0, 2


def run(argv: list[str]) -> int:
    """Open the window and stay until it is closed. Returns 0, or 2 where there was nothing to work with."""
    started = time.perf_counter()
    arguments = _arguments(argv)
    try:
        check_display()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return PROBLEM
    from PySide6.QtWidgets import QApplication

    application = QApplication([sys.argv[0] or "salespractice"])
    application.setApplicationName("SalesPractice")
    application.setApplicationDisplayName("SalesPractice")
    application.setDesktopFileName("salespractice")
    return _run(application, arguments, started)


def _run(application: object, arguments: argparse.Namespace, started: float) -> int:
    from PySide6.QtWidgets import QApplication

    from salespractice.desktop.crash_report import CrashReports
    from salespractice.desktop.equipment import Equipment
    from salespractice.desktop.look.appearance import Appearance
    from salespractice.desktop.main_window import MainWindow
    from salespractice.desktop.quit_signals import QuitSignals
    from salespractice.desktop.report import report_event
    from salespractice.desktop.sound_system import RealSound
    from salespractice.desktop.start import ProgressReport, ReadyReport

    assert isinstance(application, QApplication)
    crash_reports = CrashReports(application)
    crash_reports.install()
    equipment = Equipment(places(arguments.data), RealSound(), application)
    equipment.read_settings()
    appearance = Appearance(application)
    appearance.choose(equipment.settings.appearance)
    window = MainWindow(equipment, appearance, report_event if arguments.report_events else None)
    ready = ReadyReport(window, started, aloud=arguments.report_ready)
    if arguments.report_events:
        ProgressReport(window, equipment)
    signals = QuitSignals(window)
    window.closed.connect(application.quit)
    window.show()
    # The first picture comes first: what takes longer begins once it is on the screen.
    ready.shown.connect(equipment.open)
    try:
        code = application.exec()
    finally:
        equipment.close()
        signals.restore()
        crash_reports.uninstall()
    return code or (PROBLEM if equipment.journal_problem is not None else DONE)


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="salespractice", description="Practise sales conversations in a window.")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the journal and the recordings in this folder")
    # For drivers from outside: a benchmark, an end-to-end test.
    parser.add_argument("--report-ready", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--report-events", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)
