"""Logs of any age, encoding and state as histories: the same as line by line, only faster."""

import math

import pytest

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.log_reading import read_log
from ocrstudio.formats.log_text import decoded, encoding_of
from ocrstudio.formats.old_run import open_old_run
from ocrstudio.formats.run_folder import log_records

PREFIX = "[2026/11/22 06:30:{:02d}] ppocr INFO: "
HEAD = [
    "Architecture : ", "    model_type : rec", "Global : ", "    epoch_num : 40", "    print_batch_step : 4",
    "train with paddle 3.2.2 and device Place(cpu)", "train dataloader has 6 iters", "train from scratch",
    "During the training process, after the 0th iteration, an evaluation is run every 12 iterations",
]  # fmt: skip


def step(number, tail=", eta: 1 day, 0:01:05", loss=None):
    return (
        f"epoch: [{(number - 1) // 6 + 1}/40], global_step: {number}, lr: 1e-3, acc: 0.5, CTCLoss: {number}.25, "
        f"loss: {100 / number if loss is None else loss}, avg_reader_cost: 0.5 s, avg_batch_cost: 1.5 s, "
        f"avg_samples: 8, ips: 8.0 samples/s{tail}"
    )


def log_lines(epochs=40):
    lines = list(HEAD)
    for epoch in range(epochs):
        lines += [step(6 * epoch + 4), step(6 * epoch + 6)]
        if epoch % 2:
            lines += [f"cur metric, acc: {epoch / 50}, norm_edit_dis: 0.75, fps: 12.5", "best metric, acc: 0.5"]
        lines.append("save model in runs/x/latest")
    return [PREFIX.format(place % 60) + line for place, line in enumerate(lines)]


def assert_same(one: RunHistory, other: RunHistory) -> None:
    for kind in ("train", "eval"):
        assert one.names(kind) == other.names(kind)
        for name in other.names(kind):
            assert one.series(kind, name) == other.series(kind, name)
        assert one.tables[kind].times.tolist() == other.tables[kind].times.tolist()
        assert one.tables[kind].epoch_ends() == other.tables[kind].epoch_ends()
    assert (one.start, one.end, one.best, one.last("train")) == (
        other.start,
        other.end,
        other.best,
        other.last("train"),
    )


def read(tmp_path, lines, encoding="utf-8", end="\n"):
    path = tmp_path / "train.log"
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return read_log(path), path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_long_log_is_read_like_line_by_line(tmp_path, end):
    lines = log_lines()
    log, path = read(tmp_path, lines, end=end)
    assert_same(log.history, RunHistory(log_records(path)))
    assert len(log.history.tables["train"]) == 80
    assert log.history.end == {"kind": "end", "time": log.history.end["time"], "outcome": "finished"}
    assert log.history.series("train", "batch_cost")[1][:2] == [1.5, 3.0], "an epoch's last line is mended"
    assert log.history.last("train")["eta"] == 86465
    assert [line.rstrip("\r") for line in log.tail] == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"])
def test_any_encoding_is_read(tmp_path, encoding):
    lines = [PREFIX.format(0) + "Initialize indexes of datasets:['数据/训练.txt']", *log_lines(4)]
    log, _ = read(tmp_path, lines, encoding)
    assert log.history.series("train", "loss") == read(tmp_path, log_lines(4))[0].history.series("train", "loss")
    assert "数据/训练" in log.tail[0]


def test_a_form_that_changes_and_lines_that_lie_are_read_one_by_one(tmp_path):
    strange = [
        *log_lines(3),
        *[PREFIX.format(1) + step(20 + number, ", eta: 0:01:05, max_mem_reserved: 3215 MB") for number in range(3)],
        PREFIX.format(2) + step(24, loss="nan"),
        PREFIX.format(2) + step(25, loss="soon"),
        "[2026/99/22 06:30:01] ppocr INFO: " + step(26),
        PREFIX.format(3) + step(22),
        PREFIX.format(3) + step(23),
        "\x1b[32m" + PREFIX.format(4) + step(27) + "\x1b[0m",
        "eval model:: 100%|####| 2/2 [00:00<00:00,  2.04it/s]\r" + PREFIX.format(5) + step(28),
    ]
    log, path = read(tmp_path, strange)
    assert_same(log.history, RunHistory(log_records(path)))
    steps, losses = log.history.series("train", "loss")
    assert steps[-4:] == [22, 23, 27, 28]
    assert all(map(math.isfinite, losses))


def test_two_messages_on_one_line_are_both_read_and_a_cut_number_is_not(tmp_path):
    first = PREFIX.format(1) + "epoch: [1/40], global_step: 1, lr: 0.001, loss: 14"
    log, _ = read(tmp_path, [*log_lines(0), first + PREFIX.format(2) + step(2, loss=145.2)])
    assert log.history.series("train", "loss") == ([2], [145.2])
    assert log.history.series("train", "lr")[0] == [1, 2]


def test_a_log_that_ends_within_a_number_loses_only_that(tmp_path):
    path = tmp_path / "train.log"
    path.write_text("\n".join([*log_lines(1), PREFIX.format(9) + "epoch: [2/40], global_step: 8, lr: 0.001, loss: 1"]))
    history = read_log(path).history
    assert history.series("train", "lr")[0] == [4, 6, 8]
    assert history.series("train", "loss")[0] == [4, 6]


def test_the_logs_of_2021_are_read(tmp_path):
    old = "[2021/03/04 16:15:{:02d}] root INFO: "
    lines = [
        old.format(number) + f"epoch: [1/800], iter: {10 * number}, lr: 0.001000, loss: {9 / number}, acc: 0.5, "
        f"reader_cost: 0.00126 s, batch_cost: 0.8 s, samples: 160, ips: 180.5"
        for number in range(1, 5)
    ]
    lines.append(old.format(9) + "cur metirc, acc: 0.25, norm_edit_dis: 0.5, fps: 100.5")
    log, _ = read(tmp_path, lines)
    assert log.history.series("train", "loss") == ([10, 20, 30, 40], [9, 4.5, 3, 2.25])
    assert log.history.series("eval", "acc") == ([40], [0.25])
    assert log.history.start["epochs"] == 800


def test_junk_of_any_kind_gives_no_curve_and_no_error(tmp_path):
    path = tmp_path / "junk.log"
    for data in (b"", b"\n" * 1000, bytes(range(256)) * 50, b"\xff\xfe", b"[2026/11/22 06:30:01] ppocr INFO: epoch: ["):
        path.write_bytes(data)
        assert read_log(path).history.is_empty
    with pytest.raises(FormatError, match="no log of a training"):
        open_old_run(path)
    with pytest.raises(FormatError, match="holds no training"):
        open_old_run(tmp_path)
    with pytest.raises(ProjectError, match="gone"):
        read_log(tmp_path / "gone.log")


def test_a_folder_is_opened_by_its_log(tmp_path):
    read(tmp_path, log_lines(2))
    old = open_old_run(tmp_path)
    assert old.path == tmp_path / "train.log"
    assert old.history.series("train", "loss")[0] == [4, 6, 10, 12]
    assert len(old.lines) == len(log_lines(2))


def test_broken_characters_do_not_change_the_encoding():
    assert encoding_of("错误".encode() * 50 + b"\xff" + "错误".encode() * 50) == "utf-8"
    assert decoded("日志".encode("gbk")) == "日志"
    assert decoded(b"") == ""
