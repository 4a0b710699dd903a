"""Characters are added to a recognition model: what it read before must read the same when training begins."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ocrstudio.engine.paddle_runtime import require_paddle
from tests.benchmarks.measure import Measure, Surroundings

# Known to none, to some, or with a look-alike; ideographs of rare extensions too.
ADDED = "ⅷ㎡ЖღↀΩ𠀋"
LINES = 200
BATCH = 16


def graft(surroundings: Surroundings) -> list[Measure]:
    """Lines that read as before once characters were added, in the network that training starts with; seconds."""
    require_paddle()
    from ocrstudio.engine.convert import pretrained_for_checkout
    from ocrstudio.engine.dictionary_surgeon import open_base

    weights = pretrained_for_checkout("PP-OCRv4_mobile_rec", None, surroundings.scratch / "pretrained")
    bases = {"PP-OCRv6_small_rec": None, "PP-OCRv4_mobile_rec": None, "PaddleOCR's .pdparams of v4": weights}
    measures = []
    for name, file in bases.items():
        out = surroundings.scratch / f"extended-{len(measures)}"
        base, report, seconds = _extended(str(file or name), out)
        measures.append(Measure(f"{name}: {len(report['added'])} characters added", seconds, "s"))
        if file is None:
            share, lines = _unchanged(base.source, open_base(str(out)).source)
            measures.append(Measure(f"{name}: of {lines} lines read as before", share, "%", "higher", 100.0))
        else:
            rows = [(row["kept"], row["kept"] + row["changed"]) for row in report["proof"]["rows"]]
            share = 100 * sum(kept for kept, _ in rows) / sum(count for _, count in rows)
            measures.append(Measure(f"{name}: old rows bit for bit the same", share, "%", "higher", 100.0))
            won = sum(row["won"] for row in report["proof"]["rows"])
            measures.append(Measure(f"{name}: times a new character wins", won, "", bar=0.0))
    return measures


def _extended(base_name: str, out: Path) -> tuple[Any, dict[str, Any], float]:
    from ocrstudio.engine.dictionary_surgeon import extend, open_base, plan

    began = time.perf_counter()
    base = open_base(base_name)
    report = extend(base, plan(base.charset, characters=ADDED), out)
    return base, report, time.perf_counter() - began


def _unchanged(before: Any, after: Any) -> tuple[float, int]:
    """Per cent of lines that both networks read the same, as training sees them; how many lines that are."""
    from ocrstudio.engine.dictionary_surgeon_proof import proof_crops

    crops = sorted(proof_crops(before.charset, None, LINES, seed=1), key=lambda crop: int(crop.shape[1]))
    pairs = list(zip(read_with_network(before, crops), read_with_network(after, crops), strict=True))
    return 100 * sum(old == new for old, new in pairs) / len(pairs), len(pairs)


def read_with_network(source: Any, crops: Sequence[Any]) -> list[str]:
    """What the network that training starts with reads on crops of height 48."""
    import paddle

    from ocrstudio.engine.network import build_network
    from ocrstudio.engine.rec.crops import normalised, padded_width

    network, _ = build_network(source, source.charset, 0)
    network.eval()
    texts = []
    for start in range(0, len(crops), BATCH):
        batch = list(crops[start : start + BATCH])
        images = normalised(batch, padded_width(max(crop.shape[1] for crop in batch)))
        with paddle.no_grad():
            best = network(paddle.to_tensor(images)).argmax(axis=2).numpy()
        texts += [source.charset.decode(row.tolist()) for row in best]
    return texts
