"""How a training is asked to stop."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CHILD = """
import os, signal, sys
from ocrstudio.engine.stopping import StopRequest
if "nohup" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
stop = StopRequest()
with stop.on_signals():
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
print("asked" if stop() else "left alone")
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["SIGTERM"], "asked"),
        (["SIGINT"], "asked"),
        # the terminal was closed, or the connection to the computer broke
        (["SIGHUP"], "asked"),
        (["SIGHUP", "nohup"], "left alone"),
    ],
)
def test_signals_ask_to_stop_instead_of_ending_the_process(arguments, told):
    done = subprocess.run([sys.executable, "-c", CHILD, *arguments], capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout) == (0, f"{told}\n"), done.stderr


def test_a_report_outlives_whoever_read_it_and_a_full_disk(tmp_path, monkeypatch):
    from ocrstudio.engine.report import TrainReport
    from ocrstudio.formats.run_folder import RunFolder

    class Gone:
        def write(self, _):
            raise BrokenPipeError

    if os.name == "posix":
        (tmp_path / "train.log").symlink_to("/dev/full")
    report = TrainReport(RunFolder(tmp_path), lambda _: None, 3)
    monkeypatch.setattr(sys, "stderr", Gone())
    heard = []
    report.info("stopped at step 3, saved as latest")
    monkeypatch.setattr(report, "_send", heard.append)
    report.end("stopped")
    report.close()

    assert [message.record["outcome"] for message in heard] == ["stopped"]
