"""Recognition as the loop sees it: batches, phases, measures, what must not be forgotten."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lines import CHARACTERS, TEXTS, make_dataset, make_run, render

from ocrstudio.core.errors import EngineError
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.run_folder import RunFolder


@pytest.fixture(scope="module", autouse=True)
def shared_parts(paddle: Any, source: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Features of other modules' tests are none of these tests' concern; weights and backbone are read once."""
    from ocrstudio.engine.nets.catalogue import backbone_onnx

    folder, graph = tmp_path_factory.mktemp("cache"), backbone_onnx(source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ocrstudio.paths.user_cache", lambda: folder)
        patched.setattr("ocrstudio.engine.rec.task.backbone_onnx", lambda _: graph)
        yield


ODD = [character for character in CHARACTERS if not character.isascii()]


@cache
def bundled_source() -> Any:
    """The weights, read once."""
    from ocrstudio.engine.nets.catalogue import load_source

    return load_source("bundled", "rec")


def task_of(run: RunFolder, said: list[str] | None = None) -> Any:
    """The task of a run, built as `training` does."""
    from ocrstudio.engine.network import build_network, freeze
    from ocrstudio.engine.rec.task import build_rec_task
    from ocrstudio.engine.settings import TrainSettings
    from ocrstudio.engine.task import TaskContext

    settings = TrainSettings.of(run.config())
    source = bundled_source()
    charset = settings.charset(source.charset)
    network, _ = build_network(source, charset, settings.seed, settings.look_alikes)
    freeze(network, settings.freeze)
    heard = said if said is not None else []
    return build_rec_task(
        TaskContext(
            settings=settings,
            source=source,
            network=network,
            charset=charset,
            stage=lambda name, done, total: None,
            log=lambda text, level: heard.append(text),
            check_stop=lambda: None,
        )
    )


def make_lists(folder: Path, texts: dict[str, list[str]]) -> Path:
    """Lists of rendered lines in one folder."""
    folder.mkdir()
    for name, lines in texts.items():
        entries = []
        for number, text in enumerate(lines):
            render(text).save(folder / f"{name}{number}.png")
            entries.append((f"{name}{number}.png", text))
        write_rec_list(folder / f"{name}.txt", entries)
    return folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its dictionary has the characters of `TEXTS` and those of ASCII."""
    folder = make_dataset(tmp_path_factory.mktemp("project") / "dataset")
    write_dictionary(folder / "dict.txt", [*string.digits, *string.ascii_letters, *ODD])
    return folder


def test_measures_are_those_of_an_eval_record(paddle, dataset, tmp_path):
    task = task_of(make_run(dataset, tmp_path / "runs"))

    with paddle.no_grad():
        task.network.eval()
        measures = task.evaluate(lambda done: None)
    task.keep_best(tmp_path)

    names = {"acc", "acc_ignore_space", "norm_edit_dis", "cer", "char_precision", "char_recall", "loss", "fps"}
    assert set(measures) == names
    assert task.val_samples == len(TEXTS)
    wrong = task.wrong()
    assert (wrong.measured, wrong.wrong) == (len(TEXTS), sum(truth != read for truth, read in task.pairs))
    for line in wrong.items:
        assert line.expected == next(sample.text for sample in task.lines.val.samples if sample.image == line.image)
    assert len((tmp_path / "characters.tsv").read_text("utf-8").splitlines()) > 20


def test_features_and_images_give_the_same_logits(paddle, dataset, tmp_path):
    frozen = task_of(make_run(dataset, tmp_path / "runs"))
    free = task_of(make_run(dataset, tmp_path / "free", Global__freeze="none"))

    for task in (frozen, free):
        task.network.eval()
    with paddle.no_grad():
        first, second = (task.evaluate(lambda done: None) for task in (frozen, free))

    assert first["loss"] == pytest.approx(second["loss"], rel=0.01)
    assert first["acc"] == second["acc"]


def test_after_the_frozen_epochs_everything_learns(paddle, dataset, tmp_path):
    task = task_of(make_run(dataset, tmp_path / "runs", Global__freeze_epochs=2, Global__epoch_num=4))
    steps = task.train.steps

    task.begin_epoch(2)
    assert task.freeze == "backbone"
    assert next(iter(task.train.epoch(2))).inputs.shape[1] == 384
    task.begin_epoch(3)

    assert task.freeze == "none"
    assert task.train.steps == steps
    batch = next(iter(task.train.epoch(3)))
    assert batch.inputs.shape[1:3] == (3, 48)
    task.loss(batch).total.backward()
    assert all(one.grad is not None for one in task.network.backbone.parameters())


def test_ratios_and_old_lines_decide_what_an_epoch_shows(dataset, tmp_path):
    folder = make_lists(tmp_path / "lists", {"a": list("abcdefgh"), "b": list("ijklmnop"), "old": list("qrst")})
    run = make_run(
        dataset,
        tmp_path / "runs",
        Train__dataset__data_dir=str(folder),
        Train__dataset__label_file_list=[str(folder / "a.txt"), str(folder / "b.txt")],
        Train__dataset__ratio_list=[1.0, 0.5],
        Train__replay_list=[str(folder / "old.txt")],
        Train__replay_ratio=0.25,
    )
    task = task_of(run)

    shown = [sorted(text for batch in task.train.epoch(epoch) for text in batch.texts) for epoch in (1, 2, 1)]

    assert shown[0] == shown[2] != shown[1]
    assert task.train.samples == 15
    for texts in shown:
        assert set("abcdefgh") <= set(texts)
        assert len(set(texts) & set("ijklmnop")) == 4
        assert len(set(texts) & set("qrst")) == 3


def test_a_line_that_cannot_be_learned_is_named_with_its_cause(dataset, tmp_path):
    folder = make_lists(tmp_path / "lists", {"a": ["Part Ⅷ", "Part Ⅸ☃"]})
    run = make_run(
        dataset,
        tmp_path / "runs",
        Train__dataset__data_dir=str(folder),
        Train__dataset__label_file_list=[str(folder / "a.txt")],
    )
    said: list[str] = []

    task = task_of(run, said)

    assert task.train.samples == 1
    assert any("a.txt, line 2 is left out: the dictionary lacks ☃" in line for line in said)


def test_lines_longer_than_the_limit_are_counted_and_learned(dataset, tmp_path):
    said: list[str] = []

    task = task_of(make_run(dataset, tmp_path / "runs", Global__max_text_length=8), said)

    longer = sum(len(text) > 8 for text in TEXTS)
    assert 0 < longer < len(TEXTS)
    assert task.train.samples == len(TEXTS)
    assert any(line.startswith(f"{longer} lines are longer than Global.max_text_length (8)") for line in said)


def test_lists_without_any_line_to_learn_are_refused(dataset, tmp_path):
    folder = make_lists(tmp_path / "lists", {"a": ["☃", "☂"]})
    run = make_run(
        dataset,
        tmp_path / "runs",
        Train__dataset__data_dir=str(folder),
        Train__dataset__label_file_list=[str(folder / "a.txt")],
    )

    with pytest.raises(EngineError, match=r"None of the 2 training lines .*a.txt, line 1: the dictionary lacks ☃"):
        task_of(run)


def test_old_lines_are_typeset_and_read_right_at_the_start(paddle, dataset, tmp_path):
    run = make_run(
        dataset,
        tmp_path / "runs",
        Global__retention_lines=12,
        Train__replay_ratio=0.5,
    )
    said: list[str] = []
    task = task_of(run, said)

    with paddle.no_grad():
        task.network.eval()
        measures = task.evaluate(lambda done: None)

    assert measures["retention_lines"] == 12
    assert measures["retention_acc"] == pytest.approx(12 / 12.00001)
    assert measures["retention_cer"] == 0
    assert task.train.samples == len(TEXTS) + 4
    scored = {sample.text for sample in task.lines.retained.samples}
    replayed = {sample.text for sample in task.lines.train.samples[len(TEXTS) :]}
    assert not scored & replayed
    assert sum("retention:" in line for line in said) == 2


def test_what_forgets_too_much_cannot_be_the_best(dataset, tmp_path):
    cases = {(0.3, None): True, (0.02, 0.05): True, (0.05, 0.05): True, (0.06, 0.05): False}
    for limit in (None, 0.05):
        task = task_of(make_run(dataset, tmp_path / f"runs {limit}", Global__retention_max_drop=limit))
        for (drop, _), allowed in ((case, good) for case, good in cases.items() if case[1] == limit):
            objection = task.objection({"retention_acc": 0.9 - drop}, {"retention_acc": 0.9})
            assert (objection == "") == allowed, (drop, limit)
        assert task.objection({"acc": 1.0}, {"acc": 0.5}) == ""


def test_better_is_a_matter_of_the_indicator_then_of_the_rest(paddle, dataset, tmp_path):
    task = task_of(make_run(dataset, tmp_path / "runs"))
    good = {"acc": 0.5, "norm_edit_dis": 0.8, "loss": 1.0}

    assert task.rank(good | {"acc": 0.6, "norm_edit_dis": 0.1}) > task.rank(good)
    assert task.rank(good | {"norm_edit_dis": 0.9, "loss": 2.0}) > task.rank(good)
    assert task.rank(good | {"loss": 0.9}) > task.rank(good)


def test_half_the_batch_is_the_end_at_one(paddle, dataset, tmp_path):
    task = task_of(make_run(dataset, tmp_path / "runs", Train__loader__batch_size_per_card=2))
    steps = task.train.steps

    assert task.halve_batch()
    assert task.train.steps == 2 * steps == len(TEXTS)
    assert not task.halve_batch()


def test_features_are_found_again(paddle, dataset, tmp_path):
    runs = [make_run(dataset, tmp_path / f"runs{number}", Train__dataset__augment_copies=2) for number in range(2)]
    shown = [list(task_of(run).train.epoch(2)) for run in runs]

    class Broken:
        channels = 384

        def __call__(self, images: np.ndarray) -> np.ndarray:
            raise AssertionError("computed again")

    task = task_of(runs[0])
    task.train._table._extract = Broken()
    again = list(task.train.epoch(2))

    for first, second in zip(shown[0], again, strict=True):
        assert np.array_equal(first.inputs, second.inputs)
    with pytest.raises(AssertionError, match="computed again"):
        list(task.train.epoch(1))


def test_old_lines_that_are_mixed_in_hold_the_network(dataset, tmp_path):
    folder = make_lists(tmp_path / "lists", {"a": list("abcd"), "old": list("qrst")})
    run = make_run(
        dataset,
        tmp_path / "runs",
        Train__dataset__data_dir=str(folder),
        Train__dataset__label_file_list=[str(folder / "a.txt")],
        Train__replay_list=[str(folder / "old.txt")],
        Train__replay_ratio=1.0,
        Train__replay_anchor=30.0,
    )
    task = task_of(run)
    task.network.eval()
    (batch,) = task.train.epoch(1)
    still = task.loss(batch)
    assert float(still.parts["AnchorLoss"]) == pytest.approx(0.0, abs=1e-6)

    for parameter in task.network.neck.parameters():
        parameter.set_value(parameter * 1.05)
    moved = task.loss(batch)
    assert float(moved.parts["AnchorLoss"]) > 0.1
    assert float(moved.total) == pytest.approx(
        float(moved.parts["CTCLoss"]) + float(moved.parts["AnchorLoss"]), rel=1e-4
    )

    new = [place for place, line in enumerate(batch.lines) if line < 4]
    alone = type(batch)(
        batch.inputs[new],
        batch.labels[new],
        batch.label_lengths[new],
        tuple(batch.texts[place] for place in new),
        tuple(batch.lines[place] for place in new),
    )
    assert "AnchorLoss" not in task.loss(alone).parts
