"""Saves checkpoints without end; whoever started it kills it in the middle. Needs no Paddle."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from ocrstudio.engine.checkpoint import Progress, load_progress, save_checkpoint, save_progress


class Tensor:
    """What `save_checkpoint` takes for a tensor."""

    name = "linear_0.w_0"

    def __init__(self, value, size):
        self._array = np.full(size, value, np.float32)

    def numpy(self):
        return self._array


def save(prefix, step, size=20_000):
    """Weights, moments and states that all tell the step."""
    weights = {"head.weight": Tensor(step, size)}
    moments = {"linear_0.w_0_moment1_0": Tensor(step, size), "LR_Scheduler": {"last_epoch": step, "last_lr": 0.1}}
    save_checkpoint(prefix, weights, moments, Progress(step=step, epoch=step))


if __name__ == "__main__":
    place = Path(sys.argv[1])
    done = load_progress(place).step if len(sys.argv) > 2 else 0
    while True:
        done += 1
        save(place, done)
        save_progress(place, Progress(step=done, epoch=done, evaluated=done))
        print(done, flush=True)
