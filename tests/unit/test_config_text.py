"""Changes in a config's text: only the characters of what changed."""

import difflib
import logging
import os
from pathlib import Path

import pytest
import yaml

from ocrstudio.formats.config import TrainConfig

# As PaddleOCR writes its configs: True, quotes, spaces before colons, lists at the key's own column, anchors, tables.
PADDLE = """Global:
  use_gpu: True   # the card
  epoch_num : &epochs 500

  # evaluation is run every 2000 iterations
  eval_batch_step: [ 0, 2000 ]
  pretrained_model:
  checkpoints: # none yet
  character_dict_path: 'ppocr/utils/dict.txt'
  max_text_length: &length 25
Optimizer: {name: Adam, lr: {learning_rate: 0.0010}}

Metric:
  name: RecMetric

Train:
  dataset:
    data_dir: "./train data"
    label_file_list:
    - ./train_data/one.txt   # the first
    - ./train_data/two.txt
    transforms:
    - RecConAug:
        max_text_length: *length
        total_epoch: *epochs
    - RecResizeImg: {image_shape: [3, 48, 320]}
    - KeepKeys:
        keep_keys: ['image',
                    'length']
  loader:
    num_workers: *length
"""
CHANGES = [
    ("Global.use_gpu", False, ["  use_gpu: False   # the card"]),
    ("Global.eval_batch_step", [0, 7], ["  eval_batch_step: [0, 7]"]),
    ("Global.pretrained_model", "a b", ["  pretrained_model: a b"]),
    ("Global.checkpoints", "x.pdparams", ["  checkpoints: x.pdparams # none yet"]),
    ("Global.character_dict_path", "Ⅻ's.txt", ["  character_dict_path: 'Ⅻ''s.txt'"]),
    ("Global.note", "no", ["  max_text_length: &length 25", '  note: "no"']),
    ("Optimizer.lr.learning_rate", 1e-5, ["Optimizer: {name: Adam, lr: {learning_rate: 1.0e-05}}"]),
    ("Optimizer.weight_decay", 0.1, ["Optimizer: {name: Adam, lr: {learning_rate: 0.0010}, weight_decay: 0.1}"]),
    ("Metric.ignore_space", True, ["  name: RecMetric", "  ignore_space: true"]),
    ("Global.table", {"a": [1, "b"], "c d": {}}, ["  table:", "    a:"]),
    ("Metric.name", {"a": [1, "b"], "c": {}}, ["  name: {a: [1, b], c: {}}"]),
    ("Train.dataset.data_dir", r"C:\data", [r'    data_dir: "C:\\data"']),
    ("Train.dataset.label_file_list.1", "x.txt", ["    - x.txt"]),
    ("Train.dataset.transforms.1.RecResizeImg.image_shape.2", 640, ["    - RecResizeImg: {image_shape: [3, 48, 640]}"]),
    ("Train.dataset.transforms.0.RecConAug.max_text_length", 9, ["        max_text_length: 9"]),
    ("Global.max_text_length", 40, ["  max_text_length: 40", "        max_text_length: &length 25"]),
]  # fmt: skip


def changed_lines(before: str, after: str) -> list[str]:
    return [line[2:] for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("+ ")]


@pytest.mark.parametrize(("key", "value", "lines"), CHANGES)
def test_only_what_is_set_changes_in_the_text(key, value, lines, caplog):
    caplog.set_level(logging.DEBUG)
    config = TrainConfig.from_yaml(PADDLE)
    config.set(key, value)
    after = config.to_yaml()
    new = changed_lines(PADDLE, after)
    assert new == [line for line in lines if line not in PADDLE.splitlines()] or "table" in key
    assert all(line in after.splitlines() for line in lines)
    assert TrainConfig.from_yaml(after).get(key) == value
    assert yaml.safe_load(after) == config.plain()
    assert not caplog.records


def test_copies_of_an_anchored_value_follow_whoever_edits_it_but_not_an_override():
    config = TrainConfig.from_yaml(PADDLE)
    config.set("Global.max_text_length", 40, copies=True)
    assert changed_lines(PADDLE, config.to_yaml()) == ["  max_text_length: &length 40"]
    copies = ("Train.dataset.transforms.0.RecConAug.max_text_length", "Train.loader.num_workers")
    assert [config.get(key) for key in copies] == [40, 40]
    config = TrainConfig.from_yaml(PADDLE)
    config.set("Global.max_text_length", 40)
    assert [TrainConfig.from_yaml(config.to_yaml()).get(key) for key in copies] == [25, 25]


def test_an_anchored_value_may_be_changed_again_and_again():
    config = TrainConfig.from_yaml(PADDLE)
    copy = "Train.dataset.transforms.0.RecConAug.max_text_length"
    for length in (30, 40, 50):
        config.set("Global.max_text_length", length, copies=True)
        assert (config.get(copy), config.copies("Global.max_text_length")) == (length, 2)
        assert TrainConfig.from_yaml(config.to_yaml()).plain() == config.plain()


def test_a_copy_that_is_edited_leaves_the_others_alone():
    config = TrainConfig.from_yaml(PADDLE)
    config.set("Train.loader.num_workers", 3, copies=True)
    assert changed_lines(PADDLE, config.to_yaml()) == ["    num_workers: 3"]
    assert config.get("Global.max_text_length") == 25
    text = "Global: {a: &rate 1e-3}\nOptimizer: {lr: *rate}\n"
    assert TrainConfig.from_yaml(text).to_yaml() == text.replace("1e-3", "0.001")


def test_a_version_at_the_top_stays_there():
    config = TrainConfig.from_yaml("%YAML 1.1\n---\nGlobal:\n  epoch_num: 3\n  use_gpu: no\n")
    assert config.plain() == {"Global": {"epoch_num": 3, "use_gpu": False}}
    config.set("Global.epoch_num", 5)
    assert config.to_yaml() == "%YAML 1.1\n---\nGlobal:\n  epoch_num: 5\n  use_gpu: no\n"


def test_many_changes_come_out_together_and_lines_are_counted_anew():
    config = TrainConfig.from_yaml(PADDLE.replace("\n", "\r\n"))
    files = ["one.txt", "two.txt", "three.txt"]
    config.set("Train.dataset.label_file_list", files)
    config.set("Train.dataset.label_file_list.2", "last.txt")
    config.set("Global.first", 1)
    config.set("Global.second", {"a": [1, "b"]})
    config.remove("Global.eval_batch_step")
    config.remove("Global.first")
    text = config.to_yaml()
    again = TrainConfig.from_yaml(text)
    assert again.plain() == config.plain()
    assert again.get("Train.dataset.label_file_list") == ["one.txt", "two.txt", "last.txt"]
    assert "# evaluation is run" in text
    assert "eval_batch_step" not in text
    assert text.count("\r\n") == text.count("\n")
    assert text.splitlines()[config.line_of("Global.second") - 1].strip().startswith("second:")


def test_of_a_key_that_stands_twice_only_the_last_stays():
    text = "Global:\n  epoch_num: 1 # first\n  seed: 2\n  epoch_num: 3 # last\n"
    assert TrainConfig.from_yaml(text, raw=True).to_yaml() == "Global:\n  seed: 2\n  epoch_num: 3 # last\n"


def test_what_cannot_be_spliced_is_still_written_right():
    text = "Global: {a: 1,\n  a: 2}\nTrain:\n  x: &all {p: 1}\n  y:\n    <<: *all\n    q: |\n      two\n      lines\n"
    config = TrainConfig.from_yaml(text, raw=True)
    config.set("Train.y.p", 5)
    config.set("Train.y.q", "one")
    config.set("Train.x", [1])
    again = TrainConfig.from_yaml(config.to_yaml())
    assert again.plain() == {"Global": {"a": 2}, "Train": {"x": [1], "y": {"p": 5, "q": "one"}}}


@pytest.mark.parametrize("year", ["2026", "2024"])
def test_every_config_of_a_checkout_changes_in_one_line(year):
    place = os.environ.get(f"PADDLEOCR_{year}", "")
    if not place:
        pytest.skip(f"PADDLEOCR_{year} names no checkout")
    seen = 0
    for path in sorted((Path(place) / "configs").rglob("*.y*ml")):
        if path.stem == "ch_PP-OCRv4_rec_distill" and year == "2024":
            continue  # it uses an anchor that it does not define
        config = TrainConfig.load(path, raw=True)
        before = config.to_yaml()
        config.set("Global.print_batch_step", 12345)
        assert changed_lines(before, config.to_yaml()) == ["  print_batch_step: 12345"], path
        seen += 1
    assert seen > 100
