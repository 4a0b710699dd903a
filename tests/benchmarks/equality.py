"""Every rebuilt network against the file its weights come from: the largest difference on pictures with text."""

from __future__ import annotations

from ocrstudio.engine.paddle_runtime import require_paddle
from ocrstudio.formats.base_models import BASE_MODELS
from tests.benchmarks.measure import Measure, Surroundings
from tests.engine.test_nets import images, source_reader

SIZES = {"rec": ((48, 160), (48, 320), (48, 800)), "det": ((320, 320), (128, 640), (736, 992))}
BAR = 1e-3


def equality(surroundings: Surroundings) -> list[Measure]:
    """One line a network and size: largest difference of probabilities or shrink maps."""
    require_paddle()
    import numpy as np
    import paddle

    from ocrstudio.engine.nets import catalogue

    measures = []
    for base in BASE_MODELS:
        source = catalogue.load_source(base.name, base.task)
        network = catalogue.build(base.name, source.charset.classes if source.charset else None)
        catalogue.load_tensors(network, source.tensors)
        deployed, theirs = catalogue.deployed(network), source_reader(source)
        for height, width in SIZES[base.task]:
            x = images(base.task, height, width)
            with paddle.no_grad():
                difference = float(np.abs(deployed(paddle.to_tensor(x)).numpy() - theirs(x)).max())
            measures.append(
                Measure(f"{base.name}, {width} x {height}: difference to the source", difference, "", bar=BAR)
            )
    return measures
