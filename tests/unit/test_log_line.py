"""PaddleOCR's log, old and new; representative lines of real runs."""

import math
import time

import pytest

from ocrstudio.formats.log_line import (
    format_best,
    format_eval,
    format_info,
    format_saved,
    format_train,
    parse_line,
)

REC = (
    "[2026/11/22 06:30:17] ppocr INFO: epoch: [1/3], global_step: 2, lr: 0.000017, acc: 0.000000, "
    "norm_edit_dis: 0.064581, CTCLoss: 140.941414, SARLoss: 4.271619, loss: 145.213036, avg_reader_cost: 0.01584 s, "
    "avg_batch_cost: 2.72388 s, avg_samples: 8.0, ips: 2.93699 samples/s, eta: 0:00:43"
)
DET = (
    "[2026/11/22 06:36:59] ppocr INFO: epoch: [1/3], global_step: 2, lr: 0.000062, loss: 9.551854, "
    "loss_shrink_maps: 4.774092, loss_cbn: 0.000000, avg_reader_cost: 0.03981 s, avg_batch_cost: 5.12838 s, "
    "avg_samples: 2.0, ips: 0.38999 samples/s, eta: 0:00:51,  "
)
OLD = (
    "[2021/03/04 16:15:01] root INFO: epoch: [1/500], iter: 10, lr: 0.001000, loss: 7.9e-05, loss_shrink_maps: nan, "
    "reader_cost: 0.00126 s, batch_cost: 0.8 s, samples: 160, ips: 180.5"
)


def test_a_recognition_step_is_read():
    record = parse_line(REC + "\n")
    assert record == {
        "kind": "train",
        "time": time.mktime((2026, 11, 22, 6, 30, 17, 0, 0, -1)),
        "epoch": 1,
        "epochs": 3,
        "step": 2,
        "lr": 0.000017,
        "acc": 0.0,
        "norm_edit_dis": 0.064581,
        "CTCLoss": 140.941414,
        "SARLoss": 4.271619,
        "loss": 145.213036,
        "reader_cost": 0.01584,
        "batch_cost": 2.72388,
        "samples": 8.0,
        "ips": 2.93699,
        "eta": "0:00:43",
    }


def test_a_detection_step_with_a_trailing_comma_is_read():
    record = parse_line(DET)
    assert (record["step"], record["loss"], record["loss_shrink_maps"]) == (2, 9.551854, 4.774092)
    assert record["eta"] == "0:00:51"


def test_the_old_dialect_is_read():
    record = parse_line(OLD)
    assert (record["step"], record["epochs"], record["loss"]) == (10, 500, 7.9e-05)
    assert (record["reader_cost"], record["batch_cost"], record["samples"], record["ips"]) == (0.00126, 0.8, 160, 180.5)
    assert math.isnan(record["loss_shrink_maps"])


def test_a_time_left_of_days_and_memory_after_it_are_read():
    record = parse_line(
        REC.replace("eta: 0:00:43", "eta: 1 day, 2:03:04, max_mem_reserved: 3215 MB, max_mem_allocated: 2987 MB")
    )
    assert record["eta"] == "1 day, 2:03:04"
    assert (record["max_mem_reserved"], record["max_mem_allocated"]) == (3215, 2987)


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (
            "cur metric, acc: 0.0, norm_edit_dis: 6.249996093998789e-07, fps: 8.015916001429535",
            {"kind": "eval", "acc": 0.0, "norm_edit_dis": 6.249996093998789e-07, "fps": 8.015916001429535},
        ),
        (
            "cur metric, precision: 1.0, recall: 1.0, hmean: 0, fps: 2.16",
            {"kind": "eval", "precision": 1.0, "recall": 1.0, "hmean": 0, "fps": 2.16},
        ),
        (
            "best metric, hmean: 0, is_float16: False, precision: 0.0, recall: 0.0, fps: 0.94, best_epoch: 2",
            {"kind": "best", "hmean": 0, "is_float16": False, "precision": 0.0, "recall": 0.0, "fps": 0.94}
            | {"best_epoch": 2},
        ),
        ("best metric, acc: 0, is_float16: False", {"kind": "best", "acc": 0, "is_float16": False}),
        (
            "best metric, acc: 0.5, is_float16: False, best_epoch: 4, start_epoch: 4",
            {"kind": "best", "acc": 0.5, "is_float16": False, "best_epoch": 4, "start_epoch": 4},
        ),
        (
            "save best model is to runs/a b, c/best_accuracy",
            {"kind": "saved", "name": "best_accuracy", "path": "runs/a b, c/best_accuracy"},
        ),
        (r"save model in C:\runs\页\latest", {"kind": "saved", "name": "latest", "path": r"C:\runs\页\latest"}),
        ("save model in runs/x/iter_epoch_2", {"kind": "saved", "name": "iter_epoch_2", "path": "runs/x/iter_epoch_2"}),
        ("train dataloader has 6 iters", {"kind": "loader", "part": "train", "batches": 6}),
        ("valid dataloader has 2 iters", {"kind": "loader", "part": "valid", "batches": 2}),
    ],
)
def test_other_lines_are_read(body, values):
    record = parse_line(f"[2026/11/22 06:30:26] ppocr INFO: {body}\n")
    record.pop("time")
    assert record == values


def test_warnings_and_errors_are_told():
    record = parse_line("[2026/11/22 06:30:26] ppocr ERROR: When parsing line images/0007.png 1948-A")
    assert (record["kind"], record["level"]) == ("problem", "ERROR")
    assert record["text"] == "When parsing line images/0007.png 1948-A"


@pytest.mark.parametrize(
    "front", ["Skipping import of the encryption module.", "\x1b[32m", "\0\0", "\r 50%|██  | 1/2 "]
)
def test_output_glued_to_the_front_does_no_harm(front):
    assert parse_line(front + REC)["step"] == 2


@pytest.mark.parametrize(
    "line",
    [
        "",
        "\n",
        "list index out of range",
        "[2026/11/22 06:36:48] ppocr INFO:     Backbone : ",
        "[2026/11/22 06:36:48] ppocr INFO: train with paddle 3.3.1 and device Place(cpu)",
        "[2026-11-22 06:33:40,571] [    INFO] optimizer.py:254 - If regularizer of a Parameter",
        "[2026/99/22 06:30:17] ppocr INFO: save model in x",
        "[2026/11/22 06:30:17] ppocr INFO: epoch: [1/3], lr: 0.1",
        "[2026/11/22 06:30:17] ppocr INFO: epoch: [x/3], global_step: 2",
    ],
)
def test_other_output_is_no_record(line):
    assert parse_line(line) is None


def test_a_step_is_written_as_paddleocr_writes_it():
    record = parse_line(REC)
    assert format_train(record, 3) == REC
    shuffled = {name: record[name] for name in sorted(record)}
    again = parse_line(format_train(shuffled, 3))
    assert again == record


def test_the_time_left_is_written_as_paddleocr_writes_it():
    record = {"epoch": 1, "step": 2, "loss": 1.0, "eta": 26 * 3600 + 3 * 60 + 4.9}
    assert format_train(record, 3).endswith("epoch: [1/3], global_step: 2, loss: 1.000000, eta: 1 day, 2:03:04")


def test_evaluations_are_written_and_read_back():
    record = {
        "kind": "eval",
        "time": 0.0,
        "step": 3,
        "epoch": 1,
        "acc": 0.5,
        "norm_edit_dis": 0.75,
        "best": True,
        "fps": 9,
    }
    again = parse_line(format_eval(record))
    assert {name: again[name] for name in ("acc", "norm_edit_dis", "fps")} == {
        "acc": 0.5,
        "norm_edit_dis": 0.75,
        "fps": 9,
    }
    best = parse_line(format_best(record))
    assert (best["kind"], best["best_epoch"], best["is_float16"]) == ("best", 1, False)
    assert "step" not in best


def test_saves_and_notes_are_written_and_read_back():
    assert parse_line(format_saved("a b/best_accuracy", best=True))["name"] == "best_accuracy"
    assert parse_line(format_saved("a b/latest"))["path"] == "a b/latest"
    assert format_info("x", 0.0, "WARNING").endswith("] ppocr WARNING: x")
