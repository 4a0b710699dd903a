"""A run keeps its word: it evaluates, stops, resumes, halves its batch, and never spoils what is saved."""

from __future__ import annotations

import os

import numpy as np
import pytest

from ocrstudio.core.errors import EngineError

pytest.importorskip("paddle")


@pytest.fixture(autouse=True)
def loaded(paddle, monkeypatch):
    """Paddle as the engine loads it; nobody waits for the disk, which `test_checkpoint` is about."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def go(folder, stop_at=1000, *, resume=False, settings=None, stopped=None, **options):
    """Trains; somebody asks to stop when this call has made `stop_at` steps."""
    from paddle.utils import unique_name
    from tiny import tiny_settings, tiny_training

    from ocrstudio.engine.loop import train

    # as `run_training` does: the optimiser's tensors are named after counters
    with unique_name.guard():
        training, heard = tiny_training(folder, settings or tiny_settings(), resume=resume, **options)
        return training, heard, train(training, heard, stopped or (lambda: len(heard.steps) >= stop_at))


def test_a_run_learns_and_evaluates_every_epoch_and_the_beginning(tmp_path):
    _, heard, outcome = go(tmp_path)

    assert outcome == "finished"
    assert [record["step"] for record in heard.evaluations] == [0, 8, 16, 24]
    assert [record["epoch"] for record in heard.evaluations] == [0, 1, 2, 3]
    assert heard.evaluations[-1]["acc"] > 0.85
    assert [record["step"] for record in heard.steps] == list(range(1, 25))
    assert heard.steps[-1]["loss"] < heard.steps[0]["loss"]
    assert (tmp_path / "best.txt").is_file()


def test_the_starting_weights_are_measured_and_kept_although_the_first_step_comes_before(tmp_path):
    from tiny import Listener, tiny_settings, tiny_training, weights_of

    from ocrstudio.engine.checkpoint import load_weights_into

    untouched, _ = tiny_training(tmp_path / "untouched", tiny_settings())
    untouched.task.network.eval()
    expected = untouched.task.evaluate(lambda done: None)
    heard, evaluated = Listener(), []

    training, _, _ = go(
        tmp_path, scores=[1.0], report=heard, fail=lambda call: evaluated.append(len(heard.evaluations))
    )

    assert evaluated[:2] == [0, 1]
    assert heard.evaluations[0] | {"acc": 1.0, "step": 0, "epoch": 0} == heard.evaluations[0]
    assert heard.evaluations[0]["loss"] == expected["loss"]
    # nothing was better: the best weights are those it began with
    load_weights_into(training.task.network, tmp_path / "best_accuracy")
    for name, value in weights_of(untouched).items():
        np.testing.assert_array_equal(training.task.network.state_dict()[name].numpy(), value)


def test_stopping_while_the_starting_weights_are_measured_saves_the_first_step(tmp_path, monkeypatch):
    from tiny import TinyTask

    from ocrstudio.engine import loop

    monkeypatch.setattr(loop, "EVALUATION_GRACE_S", 0.0)
    asked, measure = [], TinyTask.evaluate

    def evaluate(task, progress):
        asked.append(True)
        return measure(task, progress)

    monkeypatch.setattr(TinyTask, "evaluate", evaluate)

    training, heard, outcome = go(tmp_path, stopped=lambda: bool(asked))

    assert (outcome, heard.kept, training.progress.step) == ("stopped", ["latest"], 1)
    monkeypatch.setattr(TinyTask, "evaluate", measure)
    _, heard, outcome = go(tmp_path, resume=True)
    assert outcome == "finished"
    assert [record["step"] for record in heard.evaluations] == [1, 8, 16, 24]


@pytest.mark.parametrize(
    ("steps", "epochs", "expected"),
    [
        (5, 1, [0, 5, 10, 15, 20, 24]),
        ([6, 9], 1, [0, 8, 15, 24]),
        ([0, 0], 2, [0, 16, 24]),
    ],
)
def test_evaluations_come_by_steps_and_at_least_once_an_epoch(tmp_path, steps, epochs, expected):
    from tiny import tiny_settings

    _, heard, _ = go(tmp_path, settings=tiny_settings(Global__eval_batch_step=steps, Global__eval_batch_epoch=epochs))

    assert [record["step"] for record in heard.evaluations] == expected


def test_the_log_says_which_evaluation_is_best_and_why(tmp_path):
    training, heard, _ = go(tmp_path, scores=[0.5, 0.4, 0.7, 1.5])

    assert heard.verdicts == [
        "acc 0.5000 at step 0 is the best so far: it is the first evaluation",
        "acc 0.4000 at step 8 is not better than 0.5000 of epoch 0",
        "acc 0.7000 at step 16 is the best so far: it was 0.5000 of epoch 0",
        "acc 1.5000 at step 24 cannot be the best: 1.5 is too good, it began with 0.5; "
        "the best is still 0.7000 of epoch 2",
    ]
    assert [record["best"] for record in heard.evaluations] == [True, False, True, False]
    assert training.progress.best["best_epoch"] == 2


def test_a_run_that_no_longer_improves_ends_early(tmp_path):
    from tiny import tiny_settings

    settings = tiny_settings(Global__epoch_num=20, Global__early_stop_patience=3)

    _, heard, outcome = go(tmp_path, settings=settings, scores=[0.1, 0.2, 0.2, 0.1, 0.15] + [0.9] * 20)

    assert outcome == "finished"
    assert [record["epoch"] for record in heard.evaluations] == [0, 1, 2, 3, 4]
    assert "early stop: 3 evaluations without improvement; the best is that of epoch 1" in heard.lines


def test_a_stopped_run_saves_says_so_and_evaluates(tmp_path):
    from ocrstudio.engine.checkpoint import load_progress

    training, heard, outcome = go(tmp_path, stop_at=11)

    assert outcome == "stopped"
    assert f"stopped at step {training.progress.step}, saved as latest" in heard.lines
    saved = load_progress(tmp_path / "latest")
    assert (saved.step, saved.epoch, saved.skip) == (training.progress.step, 1, training.progress.step - 8)
    assert heard.evaluations[-1]["step"] == saved.step == saved.evaluated


@pytest.mark.parametrize("grace", [0.0, 60.0])
def test_stopping_in_the_middle_of_a_long_evaluation_leaves_it_out(tmp_path, monkeypatch, grace):
    from tiny import Listener

    from ocrstudio.engine import loop
    from ocrstudio.engine.checkpoint import load_progress

    monkeypatch.setattr(loop, "EVALUATION_GRACE_S", grace)
    heard = []

    class Telling(Listener):
        def saved(self, kind, path):
            super().saved(kind, path)
            heard.append(kind)

    # asked once `latest` of the second epoch is written: the evaluation that follows is broken off
    asked = [0]

    def stopped():
        if heard.count("latest") == 2:
            asked[0] += 1
        return asked[0] > 1

    _, report, outcome = go(tmp_path, stopped=stopped, report=Telling())

    assert outcome == "stopped"
    said = "stopped during an evaluation; the state of step 16 is saved"
    said_later = "stopped after the evaluation of step 16, which is saved as latest"
    assert (said_later if grace else said) in report.lines
    assert load_progress(tmp_path / "latest").step == 16
    assert [record["step"] for record in report.evaluations] == ([0, 8, 16] if grace else [0, 8])


@pytest.mark.parametrize(("freeze", "stop_after"), [("none", 3), ("backbone", 13), ("neck", 16)])
def test_a_run_stopped_and_resumed_is_the_run_that_was_never_stopped(tmp_path, freeze, stop_after):
    from tiny import tiny_settings, weights_of

    settings = tiny_settings(Global__freeze=freeze, Optimizer__lr__warmup_epoch=0.5, Global__epoch_num=4)
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()

    whole, heard_whole, _ = go(tmp_path / "whole", settings=settings)
    first, heard_first, outcome = go(tmp_path / "parts", stop_after, settings=settings)
    rest, heard_rest, _ = go(tmp_path / "parts", resume=True, settings=settings)

    assert outcome == "stopped"
    assert first.progress.step < rest.progress.step == whole.progress.step == 32
    expected, found = weights_of(whole), weights_of(rest)
    for name, array in expected.items():
        np.testing.assert_allclose(found[name], array, rtol=1e-5, atol=1e-6, err_msg=name)
    timeless = ("reader_cost", "batch_cost", "ips", "eta")
    steps = [{k: v for k, v in record.items() if k not in timeless} for record in heard_first.steps + heard_rest.steps]
    assert [record["step"] for record in steps] == list(range(1, 33))
    for one, other in zip(steps, heard_whole.steps, strict=True):
        assert one == pytest.approx({k: v for k, v in other.items() if k not in timeless}, rel=1e-4)
    assert rest.progress.best["acc"] >= first.progress.best["acc"]
    # the one evaluation more is that of the stop
    evaluated = {record["step"] for record in heard_first.evaluations + heard_rest.evaluations}
    assert evaluated >= {record["step"] for record in heard_whole.evaluations}


@pytest.mark.parametrize("freeze", ["backbone", "neck"])
def test_what_is_frozen_stays_as_it_was_statistics_included(tmp_path, freeze):
    from tiny import TinyTask, tiny_settings

    settings = tiny_settings(Global__freeze=freeze)
    before = {name: tensor.numpy() for name, tensor in TinyTask(settings).network.state_dict().items()}

    training, _, _ = go(tmp_path, settings=settings)

    changed = {
        name.split(".")[0]
        for name, tensor in training.task.network.state_dict().items()
        if not np.array_equal(tensor.numpy(), before[name])
    }
    assert changed == ({"neck", "head"} if freeze == "backbone" else {"head"})


def test_the_best_and_the_patience_survive_a_resume(tmp_path):
    from tiny import tiny_settings

    settings = tiny_settings(Global__epoch_num=20, Global__early_stop_patience=4)

    go(tmp_path, 24, settings=settings, scores=[0.2, 0.9, 0.1, 0.1, 0.1])
    _, heard, outcome = go(tmp_path, resume=True, settings=settings, scores=[0.3] * 20)

    assert outcome == "finished"
    # two without improvement before the stop, two after it
    assert [record["best"] for record in heard.evaluations] == [False, False]
    from ocrstudio.engine.checkpoint import load_progress

    best = load_progress(tmp_path / "best_accuracy")
    assert (best.best["acc"], best.step) == (0.9, 8)


def test_what_begins_to_learn_after_a_resume_finds_fresh_moments(tmp_path):
    from tiny import TinyTask, tiny_settings

    from ocrstudio.engine.network import freeze

    settings = tiny_settings(Global__freeze="backbone", Global__freeze_epochs=2, Global__epoch_num=4)
    real = TinyTask.begin_epoch

    def thawing(task, number):
        real(task, number)
        freeze(task.network, "backbone" if number <= 2 else "none")

    TinyTask.begin_epoch = thawing
    try:
        go(tmp_path, 11, settings=settings)
        training, _, outcome = go(tmp_path, resume=True, settings=settings)
    finally:
        TinyTask.begin_epoch = real

    assert outcome == "finished"
    assert training.task.began == [2, 3, 4]


def fails_at(*calls, error):
    def fail(call):
        if call in calls:
            raise error

    return fail


@pytest.mark.parametrize(
    ("error", "means_it"),
    [
        (MemoryError(), True),
        (RuntimeError("ResourceExhaustedError: \n\nOut of memory error on GPU 0. Cannot allocate 2.0GB memory"), True),
        (SystemError("(Fatal) std::bad_alloc: out of memory"), True),
        (RuntimeError("wrong shape"), False),
    ],
)
def test_lack_of_memory_is_told_by_what_paddle_says(error, means_it):
    from ocrstudio.engine.loop import out_of_memory

    assert out_of_memory(error) is means_it


def test_memory_that_runs_out_once_halves_the_batch_and_the_run_goes_on(tmp_path):
    from ocrstudio.engine.checkpoint import load_progress

    training, heard, outcome = go(tmp_path, fail=fails_at(13, error=RuntimeError("Out of memory error on GPU 0")))

    assert outcome == "finished"
    assert training.task.size == 4
    text = "memory ran out at step 13: going on with batch size 4 instead of 8"
    assert text in heard.lines
    assert heard.notices == [{"name": "out_of_memory", "step": 12, "epoch": 2, "batch_size": 4, "message": text}]
    # 12 whole batches, the rest of the second epoch and the third in halves
    assert training.progress.step == 12 + 8 + 16
    assert heard.steps[-1]["lr"] == pytest.approx(0.0, abs=1e-4)
    assert load_progress(tmp_path / "latest").halvings == 1


def test_a_resumed_run_keeps_the_halved_batch(tmp_path):
    go(tmp_path, 20, fail=fails_at(5, error=MemoryError()))

    training, _, outcome = go(tmp_path, resume=True)

    assert outcome == "finished"
    assert training.task.size == 4


def test_a_batch_size_chosen_since_is_not_halved_again(tmp_path):
    from tiny import tiny_settings

    go(tmp_path, 20, fail=fails_at(5, error=MemoryError()))

    training, _, outcome = go(tmp_path, resume=True, settings=tiny_settings(Train__loader__batch_size_per_card=2))

    assert outcome == "finished"
    assert (training.task.size, training.progress.halvings) == (2, 0)


def test_memory_that_runs_out_twice_ends_the_run_and_names_the_checkpoints(tmp_path):
    match = (
        r"ran out of memory at step 15 with batch size 4\. .*smaller Train\.loader\.batch_size_per_card"
        r".*latest \(epoch 1, step 8\), best_accuracy"
    )

    with pytest.raises(EngineError, match=match):
        go(tmp_path, fail=fails_at(13, 16, error=MemoryError()))


def test_a_batch_of_one_cannot_be_halved(tmp_path):
    from tiny import tiny_settings

    settings = tiny_settings(Train__loader__batch_size_per_card=1, Global__freeze="backbone")

    with pytest.raises(EngineError, match="step 3 with batch size 1"):
        go(tmp_path, settings=settings, fail=fails_at(3, error=MemoryError()))


def test_a_loss_that_is_no_number_leaves_the_checkpoints_alone_and_names_them(tmp_path):
    from tiny import TinyTask, tiny_settings, tiny_training

    from ocrstudio.engine.checkpoint import load_progress
    from ocrstudio.engine.loop import train

    training, heard = tiny_training(tmp_path, tiny_settings())
    real = TinyTask.loss

    def broken(batch):
        result = real(training.task, batch)
        if training.task.calls == 11:
            result.total.set_value(result.total * float("nan"))
        return result

    training.task.loss = broken
    with pytest.raises(EngineError, match=r"step 11: the loss is no longer a number.*latest \(epoch 1, step 8\)"):
        train(training, heard, lambda: False)

    assert load_progress(tmp_path / "latest").step == 8


def test_weights_that_are_no_numbers_are_never_saved(tmp_path):
    import paddle
    from tiny import tiny_settings, tiny_training

    from ocrstudio.engine.checkpoint import load_progress
    from ocrstudio.engine.loop import train

    training, heard = tiny_training(tmp_path, tiny_settings())
    real = training.learner.learn

    def spoiling(batch, step, place):
        learned = real(batch, step, place)
        if step == 16:
            training.task.network.head.weight.set_value(paddle.full([8, 2], float("nan")))
        return learned

    training.learner.learn = spoiling
    with pytest.raises(EngineError, match=r"the loss is no longer a number.*latest \(epoch 1, step 8\)"):
        train(training, heard, lambda: False)

    assert load_progress(tmp_path / "latest").step == 8


def test_an_error_of_the_task_is_not_taken_for_lack_of_memory(tmp_path):
    with pytest.raises(RuntimeError, match="shape"):
        go(tmp_path, fail=fails_at(2, error=RuntimeError("wrong shape")))


def test_every_nth_epoch_is_kept(tmp_path):
    from tiny import tiny_settings

    from ocrstudio.engine.checkpoint import load_progress

    _, heard, _ = go(tmp_path, settings=tiny_settings(Global__epoch_num=5, Global__save_epoch_step=2))

    assert heard.kept.count("iter_epoch") == 2
    assert [load_progress(tmp_path / f"iter_epoch_{number}").step for number in (2, 4)] == [16, 32]


@pytest.mark.parametrize(
    ("name", "warmup", "expected"),
    [
        # PaddleOCR's own values of its schedules: 4 epochs of 10 steps, peak 1
        ("Cosine", 0, {0: 1.0, 10: 0.853553, 20: 0.5, 39: 0.001541}),
        ("Cosine", 1.5, {0: 0.0, 3: 0.2, 15: 1.0, 25: 0.853553, 39: 0.345492}),
        ("Linear", 0, {0: 1.0, 10: 0.75, 39: 0.025}),
        ("Linear", 1, {0: 0.0, 9: 0.9, 10: 1.0, 20: 0.75, 39: 0.275}),
        ("Const", 0.25, {0: 0.0, 1: 0.5, 2: 1.0, 39: 1.0}),
    ],
)
def test_rates_go_as_paddleocrs_do(name, warmup, expected):
    from ocrstudio.engine.learner import rate_at
    from ocrstudio.engine.settings import Schedule

    schedule = Schedule(name, 1.0, warmup)

    assert {step: rate_at(schedule, 4, 10, step) for step in expected} == pytest.approx(expected, abs=1e-5)


def test_after_the_frozen_epochs_the_rate_begins_anew_lower():
    from ocrstudio.engine.learner import rate_at
    from ocrstudio.engine.settings import Schedule

    schedule = Schedule("Cosine", 1.0, 0, frozen_epochs=2, unfrozen_rate=0.2)

    rates = [rate_at(schedule, 6, 10, step) for step in range(60)]

    assert rates[0] == 1.0
    assert rates[19] < 0.01
    assert rates[20] == 0.0
    assert max(rates[20:]) == pytest.approx(0.2)
    assert rates[25] == pytest.approx(0.2)


def test_batches_are_shared_out_so_that_all_have_equally_many():
    from ocrstudio.engine.task import World, shard

    parts = [shard(list("abcdefg"), World(rank, 3)) for rank in range(3)]

    assert parts == [["a", "d", "g"], ["b", "e", "a"], ["c", "f", "b"]]
    assert shard([], World(1, 2)) == []
    assert shard([1, 2], World()) == [1, 2]
