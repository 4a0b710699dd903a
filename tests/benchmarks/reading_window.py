"""The reading tab in a process of its own: drops pictures on it and tells how long it took and what memory it holds.

`python -m tests.benchmarks.reading_window EARLY PICTURE…` prints one JSON object on its last line; memory is looked at
after `EARLY` pictures, unless that is 0, and at the end.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path


def main(early: int, pictures: list[Path]) -> None:
    """Shows the tab, drops the pictures at once, waits for all answers."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import psutil
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.services.project_session import ProjectSession
    from ocrstudio.services.recognizer import Recognizer
    from ocrstudio.services.settings import Settings
    from ocrstudio.ui.pages.test.read_tab import ReadTab
    from ocrstudio.ui.pages.test.results import Picture, ReadState

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    settings = Settings(Path(tempfile.mkdtemp()) / "settings.ini")
    recognizer, session = Recognizer(), ProjectSession()
    tab = ReadTab(session, recognizer, settings)
    tab.resize(1280, 800)
    told: dict[str, float] = {}
    process = psutil.Process()

    def memory(when: str) -> None:
        told[f"window_{when}_mib"] = process.memory_info().rss / 2**20
        children = process.children(recursive=True)
        told[f"child_{when}_mib"] = sum(child.memory_info().rss for child in children) / 2**20

    def changed(picture: Picture) -> None:
        if picture.state is not ReadState.READ:
            return
        done = sum(one.state is ReadState.READ for one in tab.results.all)
        if done == 1:
            told["first_s"] = time.perf_counter() - dropped
            busy = [one.cpu_times() for one in (process, *process.children(recursive=True))]
            told["first_cpu_s"] = sum(times.user + times.system for times in busy)
        if done == early:
            memory("early")

    def ended() -> None:
        told["all_s"] = time.perf_counter() - dropped
        memory("late")
        app.quit()

    tab.reading.picture_changed.connect(changed)
    tab.pictures_read.connect(ended)
    dropped = time.perf_counter()
    tab.show()
    tab.add_files(pictures)
    app.exec()
    told["read"] = sum(one.state is ReadState.READ for one in tab.results.all)
    tab.close()
    recognizer.close()
    session.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
