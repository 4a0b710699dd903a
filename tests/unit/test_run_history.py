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
