"""The demonstration: a rep who listens and a rep who pushes meet the same customer, and their debriefs are compared.

No microphone and no display: the answers are recordings that ship in `assets/answers`. Everything else is real: the
recorder, Whisper, the customer, the coaching and a journal, kept in the output folder.
"""

from __future__ import annotations

import json as json_text
import sys
import time
from pathlib import Path

from salespractice.coaching.sounded import how_it_sounded
from salespractice.formats.debrief_page import debrief_page, told_of, write_page
from salespractice.formats.debrief_text import debrief_text
from salespractice.formats.practice_json import practice_json
from salespractice.places import places, shipped
from salespractice.recorded_rep import practise_recorded
from salespractice.scenario.pack import find_scenario
from salespractice.settings import Settings
from salespractice.terminal import Teller, terminal_rig

SCENARIO = "starter/price-shock"
REPS = {"listener": "A rep who listens", "pusher": "A rep who pushes"}
SEED = 7  # both reps hear the same wordings


def demo(out: Path, *, json: bool) -> int:
    """Practise with both reps; print the conversations and debriefs; write `index.html` into `out`."""
    where = places(out / "data")
    staged = find_scenario(SCENARIO, [shipped("scenarios")])
    to = sys.stderr if json else sys.stdout
    print("Loading Whisper…", file=sys.stderr, flush=True)
    told, results = [], {}
    with terminal_rig(where, Settings()) as rig:
        for rep, heading in REPS.items():
            print(f"\n{'=' * 96}\n{heading.upper()}\n{'=' * 96}", file=to)
            started = time.monotonic()
            practice, _ = practise_recorded(staged, rig, shipped("assets") / "answers" / rep, Teller(staged, to), SEED)
            past = rig.journal.open(practice.id)
            assert past.debrief is not None
            sounded = how_it_sounded(past.turns, past.deliveries, past.baseline)
            print(f"\n{'-' * 40}\n\n{debrief_text(past.debrief, sounded)}", file=to)
            print(f"\n({time.monotonic() - started:.1f} s of computing)", file=sys.stderr)
            told.append(told_of(past, where.takes, heading))
            results[rep] = practice_json(past)
    page = out / "index.html"
    write_page(page, debrief_page(f"{staged.scenario.title}: two reps, one customer", told))
    if json:
        print(json_text.dumps({"page": str(page), **results}, ensure_ascii=False, indent=2))
    print(f"\nThe page with playable moments: {page}", file=sys.stderr)
    return 0
