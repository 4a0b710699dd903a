"""A session that annotates by a script, to be killed: `python scripted_annotator.py FOLDER SEED STEPS`.

Every step edits a page through the document, as the window does; once it has returned, and so is confirmed, a JSON line
says what the page then holds. Label files are saved many times a second, so that a kill hits saves too.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SAVE_AFTER_MS = 15


def content(page) -> list:
    """What must survive: state, note, and each box with its outline and text."""
    return [page.state.value, page.note, [[list(map(list, box.points)), box.text] for box in page.boxes]]


class Annotator:
    """Does one random step after the other."""

    def __init__(self, folder: Path, seed: int) -> None:
        from PyQt5.QtWidgets import QApplication

        from ocrstudio.services import project_saver
        from ocrstudio.services.project_session import ProjectSession

        project_saver.SAVE_DELAY_MS = SAVE_AFTER_MS
        project_saver.SAVE_LATEST_MS = SAVE_AFTER_MS
        self.app = QApplication(["annotator"])
        self.random = random.Random(seed)
        self.session = ProjectSession()
        self.session.open(folder)
        if not self.session.wait_until_open():
            raise SystemExit("the folder did not open")
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Until the page that was asked for is open."""
        while self.session.is_loading or self.session.document.page is None:
            self.app.processEvents()

    def step(self, number: int) -> None:
        """One edit of the open page, or of another one."""
        from ocrstudio.core.page import PageState

        document, chance = self.session.document, self.random
        ids = [box.id for box in document.page.boxes]
        kind = chance.choice(("draw", "draw", "text", "text", "move", "delete", "check", "undo", "redo", "note", "go"))
        left, top = chance.randrange(0, 200), chance.randrange(0, 150)
        if kind == "go":
            self.session.open_page(chance.choice(self.session.keys))
            self.wait_for_page()
        elif kind == "draw" or not ids:
            document.add_box(((left, top), (left + 60, top), (left + 60, top + 20), (left, top + 20)), f"new {number}")
        elif kind == "text":
            document.set_text(chance.choice(ids), f"text {number} Ⅻ 文字")
        elif kind == "move":
            document.move_boxes([chance.choice(ids)], chance.randrange(-5, 6), 3)
        elif kind == "delete":
            document.remove_boxes([chance.choice(ids)])
        elif kind == "check":
            checked = document.page.state is PageState.CHECKED
            document.set_state(PageState.EDITED if checked else PageState.CHECKED)
        elif kind == "note":
            document.set_note(f"note {number}")
        else:
            getattr(document, kind)()

    def run(self, steps: int) -> None:
        """All steps; each is told once it is done."""
        for number in range(steps):
            self.step(number)
            page = self.session.document.page
            sys.stdout.write(json.dumps([number, page.key, content(page)]) + "\n")
            sys.stdout.flush()
            self.app.processEvents()


if __name__ == "__main__":
    annotator = Annotator(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    annotator.run(int(sys.argv[3]))
    annotator.session.close()
