"""Paddle's launcher seen from outside, with a launcher that only pretends."""

from __future__ import annotations

import os
import sys

import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.core.run_history import RunHistory
from ocrstudio.engine import launching
from ocrstudio.engine.distributed import CONNECTION_BROKE
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages


@pytest.fixture
def launch(tmp_path, monkeypatch):
    """Runs Python code in place of the launcher; `folder` is where the processes' output goes."""
    config = TrainConfig.template()
    (tmp_path / "list.txt").write_text("a.png\ta\n")
    for section in ("Train", "Eval"):
        config.set(f"{section}.dataset.label_file_list", [str(tmp_path / "list.txt")])
    run = RunFolder.create(tmp_path / "runs", "r", config)
    start = "import os, pathlib, sys\nfolder = pathlib.Path(sys.argv[1])\n"

    def call(code):
        command = [sys.executable, "-c", start + code, str(run.path / "workers")]
        monkeypatch.setattr(launching, "launch_command", lambda *_, **__: command)
        return launching.run_launched(run, TrainSettings.of(run.config()), lambda _: None, lambda: False)

    call.run = run
    return call


@pytest.mark.skipif(os.name != "posix", reason="sessions")
def test_ctrl_c_in_the_terminal_does_not_reach_the_launcher(launch):
    # which gives the processes half a minute, and would end the saving
    done = messages.encode(messages.Done(result={"session": 0})).replace('"session": 0', '"session": %d')
    assert "%d" in done

    result = launch(f"(folder / 'workerlog.0').write_text({done!r} % os.getsid(0))")

    assert result["session"] not in (0, os.getsid(0))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_cause_is_told_not_that_the_others_lost_their_connection(launch, order):
    cause = messages.encode(messages.Failed(what="The loss broke.", remedy="Lower the rate."))
    effect = messages.encode(messages.Failed(what=CONNECTION_BROKE, remedy=""))
    code = "".join(
        f"(folder / 'workerlog.{rank}').write_text({text!r})\n"
        for rank, text in zip(order, (cause, effect), strict=True)
    )

    with pytest.raises(EngineError, match="The loss broke"):
        launch(code + "sys.exit(1)")

    assert RunHistory(read_metrics(launch.run.metrics_path)).end["outcome"] == "failed"


def test_a_launcher_that_starts_nothing_is_told_with_its_reason(launch):
    with pytest.raises(EngineError, match=r"could not start .*: ValueError: no such card\. Compare Global\.devices"):
        launch("raise ValueError('no such card')")
    assert read_metrics(launch.run.metrics_path)[-1]["outcome"] == "failed"
