"""A whole log as records: what single lines leave unsaid."""

from ocrstudio.formats.log_records import LogRecords

PREFIX = "[2026/11/22 06:30:17] ppocr INFO: "
CONFIG = ["Global : ", "    epoch_num : 3", "    print_batch_step : 4", "Architecture : ", "    model_type : rec"]
MODELS = [
    "Architecture : ",
    "    Models : ",
    "        Student : ",
    "            model_type : det",
    "    model_type : rec",
]
RHYTHM = "During the training process, after the {}th iteration, an evaluation is run every {} iterations"


def step(number, epoch=1, cost=1.0):
    return (
        f"epoch: [{epoch}/3], global_step: {number}, lr: 0.001, loss: 2.5, avg_reader_cost: 0.5 s, "
        f"avg_batch_cost: {cost} s, avg_samples: 8.0, ips: 8.0 samples/s, eta: 0:01:05"
    )


def feed(records, *lines):
    return [record for line in lines for record in records.feed(PREFIX + line)]


def started(**options):
    records = LogRecords(**options)
    feed(records, *CONFIG, "train dataloader has 6 iters", "train from scratch", RHYTHM.format(0, 5))
    return records


def test_an_evaluation_stands_at_its_own_step_not_at_the_last_printed_one():
    records = started()
    (_, train) = feed(records, step(4))
    (evaluation,) = feed(records, "cur metric, acc: 0.5, norm_edit_dis: 6.2e-07, is_float16: False, fps: 9.5")
    assert (train["step"], evaluation["step"], evaluation["epoch"]) == (4, 5, 1)
    assert "is_float16" not in evaluation
    feed(records, step(6), "save model in runs/latest", step(8, epoch=2))
    (second,) = feed(records, "cur metric, acc: 0.25, fps: 9.5")
    assert (second["step"], second["epoch"], second["best"]) == (10, 2, False)


def test_an_evaluation_before_the_first_line_of_its_epoch_belongs_to_that_epoch():
    records = LogRecords()
    feed(records, *CONFIG, "train dataloader has 4 iters", RHYTHM.format(0, 5), step(4))
    (evaluation,) = feed(records, "cur metric, acc: 0.5, fps: 1")
    assert (evaluation["step"], evaluation["epoch"]) == (5, 2)


def test_evaluations_that_begin_later_are_counted_from_there():
    records = LogRecords()
    feed(records, *CONFIG, "train dataloader has 9 iters", RHYTHM.format(3, 2), step(4))
    assert [feed(records, "cur metric, acc: 0.5")[0]["step"] for _ in range(2)] == [5, 7]


def test_without_a_rhythm_the_printed_step_is_taken():
    records = LogRecords()
    feed(records, "train dataloader has 9 iters", step(4))
    assert feed(records, "cur metric, acc: 0.5")[0]["step"] == 4


def test_the_costs_of_an_epochs_last_line_are_those_of_one_step():
    records = started()
    (_, whole) = feed(records, step(4, cost=2.0))
    (last,) = feed(records, step(6, cost=1.0))
    assert (whole["batch_cost"], whole["samples"]) == (2.0, 8.0)
    assert (last["batch_cost"], last["samples"], last["ips"]) == (2.0, 16.0, 8.0), "two steps, divided by four"


def test_steps_and_best_go_on_over_a_resume():
    records = started(offset=12, best=0.75)
    assert feed(records, "resume from runs/latest") == []
    assert records.resumed == "runs/latest"
    (start, train) = feed(records, step(4, epoch=3))
    assert (start["kind"], start["task"], start["epochs"], start["steps_per_epoch"]) == ("start", "rec", 3, 6)
    assert train["step"] == 16
    (worse, equal) = feed(records, "cur metric, acc: 0.5", "cur metric, acc: 0.75")
    assert (worse["best"], equal["best"]) == (False, True)


def test_a_log_of_several_runs_is_read_as_one():
    records = started()
    feed(records, step(6), "save model in runs/latest")
    feed(records, *CONFIG, "train dataloader has 6 iters", "resume from runs/latest", RHYTHM.format(0, 5))
    (start, train) = feed(records, step(4, epoch=2))
    assert (start["kind"], train["step"]) == ("start", 10)
    feed(records, *CONFIG, "train dataloader has 6 iters", "train from scratch", RHYTHM.format(0, 5))
    assert feed(records, step(4))[-1]["step"] == 4


def test_the_networks_of_a_distillation_do_not_say_what_is_trained():
    records = LogRecords()
    feed(records, *MODELS)
    assert records.settings["model_type"] == "rec"
    assert records.indicator == "acc"
    feed(records, "Metric : ", "    main_indicator : hmean")
    assert records.indicator == "hmean"


def test_saves_are_told_with_their_step():
    records = started()
    feed(records, step(6))
    (saved,) = feed(records, "save model in C:\\runs\\iter_epoch_1")
    assert (saved["kind"], saved["name"], saved["step"], saved["epoch"]) == ("saved", "iter_epoch_1", 6, 1)


def test_other_output_gives_nothing():
    records = started()
    for line in ("list index out of range", "", "eval model::  50%|#####     | 1/2 [00:00<00:00,  2.00it/s]"):
        assert records.feed(line) == []
