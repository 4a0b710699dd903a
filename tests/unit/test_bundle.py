"""Bundles: which of them can be chosen, and for what."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.formats.bundle import ModelInfo, model_info, task_of, write_card
from ocrstudio.formats.model_list import list_models


def make_bundle(project: Path, name: str, **card: object) -> Path:
    folder = project / ".ocrstudio" / "models" / name
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"x")
    write_card(folder, {"name": name, **card})
    return folder


def offered(project: Path, task: str) -> list[ModelInfo]:
    """Whatever other packages bring."""
    return [one for one in list_models(project, task) if one.kind != "base"]


def test_models_that_read_and_models_that_find_are_offered_apart(tmp_path):
    make_bundle(tmp_path, "reads", task="rec", characters=9)
    make_bundle(tmp_path, "old", characters=7)
    make_bundle(tmp_path, "finds", task="det", scores={"hmean": 0.9})

    readers, finders = offered(tmp_path, "rec"), offered(tmp_path, "det")

    assert [(one.name, one.characters) for one in readers] == [("PP-OCRv6 small", 18708), ("old", 7), ("reads", 9)]
    assert [(one.name, one.characters) for one in finders] == [("PP-OCRv6 small", 0), ("finds", 0)]
    assert {one.task for one in finders} == {"det"}
    assert dict(finders[1].scores) == {"hmean": 0.9}


def test_a_card_that_does_not_name_its_task_or_a_foreign_one_reads():
    assert [task_of(card) for card in ({}, {"task": "det"}, {"task": 3})] == ["rec", "det", "rec"]


def test_a_folder_without_card_or_model_is_no_model(tmp_path):
    bundle = make_bundle(tmp_path, "finds", task="det")
    (bundle / "model.onnx").unlink()

    assert model_info(bundle) is None
    assert model_info(tmp_path) is None
