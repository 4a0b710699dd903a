"""metrics.jsonl: readable after every way to die."""

import errno
import json

import numpy as np
import pytest

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats import metrics_log
from ocrstudio.formats.metrics_log import MetricsLog, read_metrics


def test_records_come_back_in_order_and_are_on_disk_at_once(tmp_path):
    log = MetricsLog(tmp_path / "metrics.jsonl")
    for step in range(3):
        log.append({"kind": "train", "step": step, "loss": step / 2, "text": "Ⅻ"})
        assert len(read_metrics(log.path)) == step + 1
    assert read_metrics(log.path)[2] == {"kind": "train", "step": 2, "loss": 1.0, "text": "Ⅻ"}


def test_a_line_cut_by_a_crash_is_skipped_and_not_glued_to_the_next(tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"kind": "train", "step": 1}\n{"kind": "tra')
    assert read_metrics(path) == [{"kind": "train", "step": 1}]
    MetricsLog(path).append({"step": 2})
    assert read_metrics(path) == [{"kind": "train", "step": 1}, {"step": 2}]


def test_numbers_that_json_has_no_word_for_become_null_and_numpy_numbers_plain(tmp_path):
    log = MetricsLog(tmp_path / "m")
    log.append({"loss": float("nan"), "acc": np.float32(0.5), "n": np.int64(3), "x": np.float64("inf")})
    assert json.loads(log.path.read_text()) == {"loss": None, "acc": 0.5, "n": 3, "x": None}


def test_lines_that_are_no_objects_are_skipped(tmp_path):
    path = tmp_path / "m"
    path.write_bytes(b"\xff\xfe\n[1]\n\nnull\n" + b"[" * 100_000 + b"\n" + b'{"a": 1}\n')
    assert read_metrics(path) == [{"a": 1}]


def test_a_missing_file_and_a_full_disk_are_named(tmp_path, monkeypatch):
    with pytest.raises(ProjectError, match="gone"):
        read_metrics(tmp_path / "gone")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(metrics_log.Path, "open", full)
    with pytest.raises(ProjectError, match="disk is full"):
        MetricsLog(tmp_path / "m").append({"a": 1})
