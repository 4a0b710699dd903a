"""Kills a scripted session at random moments and says what was lost."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

from scripted_annotator import content

from ocrstudio.formats.store import ProjectStore

SCRIPT = Path(__file__).with_name("scripted_annotator.py")
STEPS = 400
LIMIT_S = 120


def _command(folder: Path, seed: int) -> list[str]:
    return [sys.executable, str(SCRIPT), str(folder), str(seed), str(STEPS)]


def trace(folder: Path, seed: int) -> list[list]:
    """What every step of a script confirms when nobody kills it: [number, page key, content]."""
    answer = subprocess.run(_command(folder, seed), capture_output=True, text=True, timeout=LIMIT_S, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()[1:]]


def lost_edits(folder: Path, seed: int, whole: list[list], moment: random.Random) -> tuple[int, list[str]]:
    """Runs the script on a fresh copy of the same folder, kills it, opens the folder again.

    Args:
        folder: As it was before the run that gave `whole`.
        seed: Of the script.
        whole: What `trace` gave.
        moment: Draws when to kill.

    Returns:
        How many edits were confirmed, and a sentence for every page that is neither as its last confirmed edit left it
        nor as the edit after that would have.
    """
    child = subprocess.Popen(_command(folder, seed), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    timer = threading.Timer(moment.uniform(0.0, 0.4), child.send_signal, (signal.SIGKILL,))
    timer.start()
    told = [line for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    timer.cancel()
    done = len(told)
    assert [json.loads(line) for line in told] == whole[:done], "the script does not do the same twice"
    expected: dict[str, list] = {}
    for _, key, held in whole[:done]:
        expected[key] = held
    # the step under way when the kill came may be on disk already; a change of page shows another page unchanged
    following = {key: held for _, key, held in whole[done : done + 1]}
    store = ProjectStore.open(folder)
    try:
        faults = []
        for key, held in expected.items():
            found = json.loads(json.dumps(content(store.page(key))))
            if found not in (held, following.get(key, held)):
                faults.append(f"{key} after {done} edits: {found} instead of {held}")
    finally:
        store.close()
    return done, faults
