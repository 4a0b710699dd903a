"""The gate before a bundle: an export that does not read or find what was trained is not released."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.formats.run_folder import RunFolder

# A tensor of each task's network that stands in the exported files as it is; what it becomes; what an error names.
CASES = {
    "rec": ("head.bias", lambda bias: bias + 100 * (np.arange(bias.size) == 5), "line 0.png: 'Hello 123' ≠ "),
    "det": ("head.binarize.conv.weight", lambda weight: weight * 1.5, "page 0.png: Δ "),
}
FORMS = {"Paddle": "inference.pdiparams", "ONNX": "model.onnx"}


def change(file: Path, before: np.ndarray, after: np.ndarray) -> None:
    """Puts other numbers in the place of the tensor with those; nothing else changes."""
    content = file.read_bytes()
    assert content.count(before.tobytes()) == 1
    file.write_bytes(content.replace(before.tobytes(), after.astype(np.float32).tobytes()))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("task", CASES)
def test_weights_that_change_after_the_export_are_not_released(exported, tmp_path, monkeypatch, task, form):
    from bundles import export

    template, good = exported(f"PP-OCRv6_small_{task}")
    run = RunFolder.create(tmp_path / "runs", "damaged", template.config())
    run.checkpoint().with_suffix(".pdparams").write_bytes(b"what was trained")
    before = sorted(path.name for path in run.path.iterdir())
    tensor, changed, named = CASES[task]

    def write_and_damage(trained, folder: Path) -> None:
        # the same weights were exported before; exporting them again takes seconds
        shutil.copytree(good, folder, dirs_exist_ok=True)
        values = trained.network.state_dict()[tensor].numpy()
        change(folder / FORMS[form], values, changed(values))

    monkeypatch.setattr("ocrstudio.engine.bundle.write_files", write_and_damage)

    with pytest.raises(EngineError) as caught:
        export(run)

    assert named in str(caught.value)
    assert f"({form})" in str(caught.value)
    assert not any(f"({other})" in str(caught.value) for other in FORMS if other != form)
    assert "checkpoints are kept" in str(caught.value)
    assert sorted(path.name for path in run.path.iterdir()) == before


def test_an_export_that_cannot_be_loaded_is_not_released(exported, tmp_path, monkeypatch):
    from bundles import export

    template, good = exported("PP-OCRv6_small_rec")
    run = RunFolder.create(tmp_path / "runs", "cut off", template.config())

    def write_half(trained, folder: Path) -> None:
        shutil.copytree(good, folder, dirs_exist_ok=True)
        model = folder / "model.onnx"
        model.write_bytes(model.read_bytes()[:100_000])

    monkeypatch.setattr("ocrstudio.engine.bundle.write_files", write_half)

    with pytest.raises(EngineError, match="The exported ONNX model cannot be used"):
        export(run)

    assert not run.bundle_dir.exists()
