"""Curves from records."""

from ocrstudio.core.run_history import RunHistory


def train(step, **values):
    return {"kind": "train", "time": 1.0, "step": step, "epoch": 1, "eta": 3.0, **values}


def test_train_and_eval_values_are_told_apart():
    history = RunHistory([train(1, loss=5.0, acc=0.5), train(2, loss=4), {"kind": "eval", "step": 2, "acc": 0.75}])
    assert history.series("train", "loss") == ([1, 2], [5.0, 4])
    assert history.series("train", "acc") == ([1], [0.5])
    assert history.series("eval", "acc") == ([2], [0.75])
    assert history.names("train") == ["loss", "acc"]
    assert history.names("eval") == ["acc"]
    assert history.series("eval", "hmean") == ([], [])


def test_values_that_are_no_finite_numbers_are_not_drawn():
    history = RunHistory([train(1, loss=float("nan"), acc=None, lr=True), train(2, loss=float("inf"), acc="0.5")])
    assert history.names("train") == []
    assert history.last("train")["step"] == 2


def test_a_record_without_a_step_or_of_unknown_kind_is_ignored():
    history = RunHistory([{"kind": "train", "loss": 1}, {"kind": "weather"}, {}])
    assert history.names("train") == []


def test_a_resumed_run_replaces_what_came_after_its_step():
    history = RunHistory([train(1, loss=5), train(2, loss=4), train(3, loss=3)])
    history.add(train(2, loss=9))
    assert history.series("train", "loss") == ([1, 2], [5, 9])


def test_the_best_evaluation_is_the_last_one_marked():
    history = RunHistory()
    for step, best in ((1, True), (2, True), (3, False)):
        history.add({"kind": "eval", "step": step, "acc": step / 10, "best": best})
    assert history.best["step"] == 2


def test_start_and_end_are_kept_and_a_new_start_reopens_the_run():
    history = RunHistory([{"kind": "start", "epochs": 3, "steps_per_epoch": 4}, {"kind": "end", "outcome": "stopped"}])
    assert history.steps_total == 12
    assert history.end["outcome"] == "stopped"
    history.add({"kind": "start", "epochs": 5, "steps_per_epoch": 4})
    assert history.end is None
    assert history.steps_total == 20
    assert RunHistory().steps_total == 0


def test_what_happened_on_the_way_is_kept_and_not_drawn():
    notice = {"kind": "notice", "name": "out_of_memory", "step": 4, "epoch": 1, "batch_size": 8, "message": "halved"}

    history = RunHistory([{"kind": "train", "step": 4, "loss": 1.0}, notice, {"kind": "train", "step": 5, "loss": 0.5}])

    assert history.notices == [notice]
    assert history.series("train", "batch_size") == ([], [])
    assert history.series("train", "loss") == ([4.0, 5.0], [1.0, 0.5])


def test_values_that_come_and_go_leave_gaps_that_are_not_drawn():
    history = RunHistory([train(1, loss=3.0), train(2, acc=0.5), train(3, loss=1.0, acc=0.75)])
    assert history.series("train", "loss") == ([1, 3], [3.0, 1.0])
    assert history.series("train", "acc") == ([2, 3], [0.5, 0.75])
    history.add(train(3, lr=0.1))
    assert history.series("train", "acc") == ([2, 3], [0.5, 0.75]), "completed, not replaced"
    assert history.series("train", "lr") == ([3], [0.1])


def test_many_rows_at_once_are_the_same_as_one_by_one():
    one, many = RunHistory(), RunHistory()
    for history in (one, many):
        history.add(train(1, loss=9.0, extra=1.0))
    for step in (2, 3):
        one.add(train(step, loss=float(step), acc=0.5))
    many.tables["train"].extend([2, 3], [1.0, 1.0], [1, 1], {"loss": [2.0, 3.0], "acc": [0.5, 0.5]})
    for name in ("loss", "acc", "extra"):
        assert many.series("train", name) == one.series("train", name)


def test_steps_of_an_epoch_and_the_time_left_are_found_when_no_record_says_them():
    records = [{"kind": "start", "epochs": 10}]
    records += [
        {"kind": "train", "time": 2.0 * step, "step": step, "epoch": 1 + (step - 1) // 4} for step in range(1, 10)
    ]
    history = RunHistory(records)
    assert history.steps_per_epoch == 4
    assert history.steps_total == 40
    assert [history.epoch_at(step) for step in (1, 4, 5)] == [1, 1, 2]
    assert history.seconds_left() == (40 - 9) * 2
    history.add({"kind": "train", "time": 20.0, "step": 10, "epoch": 3, "eta": "1 day, 0:00:05"})
    assert history.seconds_left() == 86405
    history.add({"kind": "end", "outcome": "finished"})
    assert history.seconds_left() is None
    assert RunHistory().seconds_left() is None
