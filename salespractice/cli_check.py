"""`check` on the command line: what is wrong with a pack, line by line, and whether that can stay."""

from __future__ import annotations

import json
from pathlib import Path

from salespractice.formats.findings_text import finding_json, finding_line, summary
from salespractice.pack_check import Understanding, check_pack
from salespractice.rig import open_embedder, open_matcher, spelling_of
from salespractice.scenario.findings import Severity


def check(place: Path, *, as_json: bool) -> bool:
    """Check a pack or a scenario's file and print what was found; returns whether it has no errors.

    Raises `Problem` where there is no pack and no scenario.
    """
    embedder = open_embedder()
    checked = check_pack(place, Understanding(open_matcher(embedder), embedder, spelling_of))
    if as_json:
        print(json.dumps([finding_json(one) for one in checked.found], ensure_ascii=False, indent=2))
    else:
        for one in checked.found:
            print(finding_line(one))
        print(summary(checked))
    return not checked.count(Severity.ERROR)
