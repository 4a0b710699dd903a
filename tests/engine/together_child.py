"""One of several processes that learn the tiny task; leaves its weights as RANK.npz in the folder it is given."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

if __name__ == "__main__":
    from ocrstudio.engine.paddle_runtime import require_paddle

    require_paddle()
    import paddle
    from tiny import tiny_settings, tiny_training, weights_of

    from ocrstudio.engine.distributed import Group
    from ocrstudio.engine.loop import train

    folder = Path(sys.argv[1])
    paddle.set_device("cpu")
    group = Group()
    # every process begins with other weights: the first one's count
    settings = tiny_settings(Global__seed=group.world.rank)
    training, heard = tiny_training(folder, settings, group=group)
    group.same_weights(training.task.network)
    outcome = train(training, heard, lambda: False)
    np.savez(folder / f"{group.world.rank}.npz", **weights_of(training))
    assert outcome == "finished"
    assert len(heard.evaluations) == (4 if group.world.is_first else 0)
