"""Checkpoints: three files that belong together whatever happens while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from saving_child import Tensor, save

from ocrstudio.core.errors import EngineError, ProjectError
from ocrstudio.engine import checkpoint
from ocrstudio.engine.checkpoint import (
    BrokenWeightsError,
    Progress,
    checkpoint_exists,
    load_moments,
    load_progress,
    load_weights_into,
    save_checkpoint,
    save_progress,
)
from ocrstudio.formats.pdparams import read_tensors

# a crash between any two operations is tried one by one; these are for what the system does by itself
KILLS = 10


class Network:
    """What `load_weights_into` fills."""

    def __init__(self, size):
        self._tensor = Tensor(0, size)
        self.loaded = None

    def state_dict(self):
        self._tensor.shape = self._tensor.numpy().shape
        return {"head.weight": self._tensor}

    def set_state_dict(self, arrays):
        self.loaded = arrays["head.weight"]


def loaded_step(prefix, size=20_000):
    """The step that weights, moments and states tell; fails if they do not agree."""
    network = Network(size)
    load_weights_into(network, prefix)
    moments = load_moments(prefix)
    steps = {
        load_progress(prefix).step,
        *map(int, np.unique(network.loaded)),
        *map(int, np.unique(moments["linear_0.w_0_moment1_0"])),
        moments["LR_Scheduler"]["last_epoch"],
    }
    assert len(steps) == 1, f"weights, moments and states are of different steps: {steps}"
    return steps.pop()


def test_a_checkpoint_is_three_files_under_paddleocrs_names(tmp_path):
    save(tmp_path / "latest", 3, 8)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest.pdopt", "latest.pdparams", "latest.states"]
    states = pickle.loads((tmp_path / "latest.states").read_bytes())  # noqa: S301  (our own file)
    assert (states["epoch"], states["global_step"], states["best_model_dict"]) == (3, 3, {})
    assert read_tensors(tmp_path / "latest.pdparams")["head.weight"].tolist() == [3.0] * 8


def test_all_of_the_progress_comes_back(tmp_path):
    progress = Progress(
        epoch=2, step=21, skip=5, epoch_steps=8, halvings=1, batch_size=16, stale=3, evaluated=16,
        best={"acc": 0.5, "best_epoch": 1}, first={"acc": 0.25},
    )  # fmt: skip

    save_checkpoint(tmp_path / "latest", {}, {}, progress)

    assert load_progress(tmp_path / "latest") == progress


def test_the_states_alone_can_be_replaced(tmp_path):
    save(tmp_path / "latest", 3)

    save_progress(tmp_path / "latest", Progress(step=3, epoch=3, best={"acc": 1.0}))

    assert loaded_step(tmp_path / "latest") == 3
    assert load_progress(tmp_path / "latest").best == {"acc": 1.0}


class Death(BaseException):
    """The process dies here."""


def dying_at(monkeypatch, operation):
    """Lets the process die before its n-th operation on files; returns how many there were."""
    done = [0]

    def counted(function):
        def call(*arguments, **named):
            done[0] += 1
            if done[0] == operation:
                raise Death
            return function(*arguments, **named)

        return call

    real = checkpoint.write_all

    def torn(descriptor, content):
        # half of it is on the disk already
        done[0] += 1
        if done[0] == operation:
            os.write(descriptor, content[: len(content) // 2])
            raise Death
        real(descriptor, content)

    monkeypatch.setattr(checkpoint, "write_all", torn)
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    return done


def operations_of_a_save(tmp_path, monkeypatch):
    save(tmp_path / "count", 1)
    with monkeypatch.context() as patch:
        done = dying_at(patch, 0)
        save(tmp_path / "count", 2)
    return done[0]


def test_a_crash_between_any_two_operations_leaves_one_whole_checkpoint(tmp_path, monkeypatch):
    operations = operations_of_a_save(tmp_path, monkeypatch)
    assert operations >= 10
    found = []
    for operation in range(1, operations + 1):
        prefix = tmp_path / f"at{operation}"
        save(prefix, 1)
        with monkeypatch.context() as patch:
            dying_at(patch, operation)
            with pytest.raises(Death):
                save(prefix, 2)
        found.append(loaded_step(prefix))
        # whoever goes on can save again, whatever was left behind
        save(prefix, 3)
        assert loaded_step(prefix) == 3
        assert not list(tmp_path.glob(".at*"))

    # the old one until the new one is whole, then the new one
    assert found == sorted(found)
    assert set(found) == {1, 2}


def test_a_crash_after_a_crash_leaves_one_whole_checkpoint_too(tmp_path, monkeypatch):
    operations = operations_of_a_save(tmp_path, monkeypatch)
    for first in range(1, operations + 1, 2):
        for second in range(1, operations + 1, 3):
            prefix = tmp_path / f"at{first}-{second}"
            save(prefix, 1, 10)
            for step, operation in ((2, first), (3, second)):
                with monkeypatch.context() as patch:
                    dying_at(patch, operation)
                    with contextlib.suppress(Death):
                        save(prefix, step, 10)
            assert loaded_step(prefix, 10) in (1, 2, 3)


def test_killed_at_any_moment_it_leaves_a_checkpoint_that_loads_and_goes_on(tmp_path):
    prefix, chance, step = tmp_path / "latest", random.Random(5), 0
    for number in range(KILLS):
        command = [sys.executable, str(Path(__file__).with_name("saving_child.py")), str(prefix)]
        child = subprocess.Popen(
            command + (["resume"] if number else []), stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent
        )
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.03))
        child.kill()
        told = [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        child.stdout.close()
        found = loaded_step(prefix)
        assert found >= max(told, default=step), "what was reported as saved is there"
        assert found > step or not told
        step = found


def test_a_full_disk_keeps_the_checkpoint_before_and_says_what_to_do(tmp_path, monkeypatch):
    save(tmp_path / "latest", 1)

    def full(descriptor, content):
        os.write(descriptor, content[:100])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(checkpoint, "write_all", full)

    with pytest.raises(EngineError, match=r"latest cannot be written: No space left.*Make room .* resume the run"):
        save(tmp_path / "latest", 2)

    assert loaded_step(tmp_path / "latest") == 1
    assert len(list(tmp_path.iterdir())) == 3


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    with pytest.raises(BrokenWeightsError, match=r"head\.weight is no longer a number"):
        save_checkpoint(tmp_path / "latest", {"head.weight": Tensor(np.nan, 4)}, {}, Progress())

    assert not list(tmp_path.iterdir())


def test_a_checkpoint_of_paddleocr_is_read_as_it_is(tmp_path):
    (tmp_path / "latest.states").write_bytes(
        pickle.dumps({"best_model_dict": {"acc": 0.5, "best_epoch": 2}, "epoch": 3, "global_step": 18}, protocol=2)
    )
    weights = {"head.weight": np.ones(4, np.float32), "StructuredToParameterName@@": {"head.weight": "linear_0.w_0"}}
    (tmp_path / "latest.pdparams").write_bytes(pickle.dumps(weights, protocol=4))
    network = Network(4)

    load_weights_into(network, tmp_path / "latest")

    assert network.loaded.tolist() == [1.0] * 4
    assert load_moments(tmp_path / "latest") == {}
    progress = load_progress(tmp_path / "latest")
    assert (progress.epoch, progress.step, progress.best["acc"]) == (3, 18, 0.5)


def test_files_of_two_checkpoints_are_not_taken_for_one(tmp_path):
    save(tmp_path / "latest", 1)
    other = tmp_path / "other"
    save(other, 2)
    (tmp_path / "other.pdopt").replace(tmp_path / "latest.pdopt")

    with pytest.raises(EngineError, match=r"latest do not belong together\. Start a new run"):
        load_progress(tmp_path / "latest")


def test_what_is_missing_or_made_for_another_dictionary_is_named(tmp_path):
    assert not checkpoint_exists(tmp_path / "latest")
    with pytest.raises(EngineError, match=r"latest does not exist"):
        load_progress(tmp_path / "latest")

    save(tmp_path / "latest", 1)
    assert checkpoint_exists(tmp_path / "latest")
    with pytest.raises(EngineError, match="another network or dictionary"):
        load_weights_into(Network(7), tmp_path / "latest")


def test_a_program_in_a_checkpoint_is_not_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return print, ("ran",)

    (tmp_path / "latest.states").write_bytes(pickle.dumps({"epoch": Evil()}))

    with pytest.raises(ProjectError, match=r"latest\.states is not a whole, harmless weights file"):
        load_progress(tmp_path / "latest")
