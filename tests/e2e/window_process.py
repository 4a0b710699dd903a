"""A window that starts a training, in a process of its own: whoever started it kills it in the middle."""

from __future__ import annotations

import sys
from pathlib import Path

from PyQt5.QtCore import QTimer

from ocrstudio import app as program
from ocrstudio.ui.main_window import MainWindow


def begin(window: MainWindow, folder: Path, config: Path) -> None:
    """Opens the project and starts the training."""
    window.open_project(folder)
    assert window._session.wait_until_open(20_000)
    window.show_page("train")
    window.page("train").start_training(config)


if __name__ == "__main__":
    application = program.make_application()
    main_window = program.make_window(application)
    main_window.show()
    QTimer.singleShot(0, lambda: begin(main_window, Path(sys.argv[1]), Path(sys.argv[2])))
    application.exec_()
