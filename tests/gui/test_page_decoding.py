"""Pictures that many threads read at once."""

from __future__ import annotations

import subprocess
import sys


def test_many_threads_at_pictures_that_nothing_can_read_do_not_wait_for_each_other(tmp_path):
    """A child: threads that wait for each other hold Python's lock, and no limit of time would be heard of."""
    (tmp_path / "bad.png").write_bytes(b"garbage")
    code = (
        "import sys, threading, pathlib\n"
        "from PyQt5.QtWidgets import QApplication\n"
        "from ocrstudio.core.errors import StudioError\n"
        "from ocrstudio.services.page_decoding import decode\n"
        "from ocrstudio.ui.i18n import switch_language\n"
        "app = QApplication([])\n"
        "switch_language(app, 'zh_CN')\n"
        "def work():\n"
        "    for _ in range(40):\n"
        "        try:\n"
        "            decode(pathlib.Path(sys.argv[1]))\n"
        "        except StudioError:\n"
        "            pass\n"
        "threads = [threading.Thread(target=work) for _ in range(4)]\n"
        "[one.start() for one in threads]\n"
        "[one.join() for one in threads]\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "bad.png")], timeout=240, check=True)
