"""Training configs."""

import pytest
import yaml

from ocrstudio.core.errors import ConfigError, ProjectError
from ocrstudio.formats.config import TrainConfig, template_names
from ocrstudio.formats.config_fields import SECTIONS
from ocrstudio.formats.config_overrides import parse_override

SMALL = """# my config
Global:
  epoch_num: 5 # enough
  max_text_length: &length 25
  pretrained_model:
Optimizer:
  lr:
    learning_rate: 1e-3
Train:
  dataset:
    transforms:
      - RecConAug:
          max_text_length: *length
          image_shape: [48, 320, 3]
"""


def same_for_paddleocr(config):
    """PaddleOCR reads with PyYAML, which must see the same values."""
    assert yaml.safe_load(config.to_yaml()) == config.plain()


@pytest.mark.parametrize("name", template_names())
def test_a_template_has_every_section_and_means_the_same_to_paddleocr(name):
    config = TrainConfig.template(name)
    assert set(config.plain()) >= set(SECTIONS)
    assert config.task == name.split("_")[-1]
    same_for_paddleocr(config)


def test_the_templates_promises_to_the_engine():
    config = TrainConfig.template("ppocrv6_small_rec")
    expected = {
        "Global.pretrained_model": "bundled",
        "Global.character_dict_path": None,
        "Global.freeze": "backbone",
        "Global.log_smooth_window": 1,
        "Global.eval_batch_epoch": 1,
        "Global.use_gpu": False,
        "Metric.ignore_space": False,
    }
    assert {key: config.get(key) for key in expected} == expected


def test_an_untouched_config_is_written_as_it_was_read(tmp_path):
    text = "Global:   {epoch_num: 5,  use_gpu: False}  # kept\r\n"
    (tmp_path / "c.yml").write_bytes(text.encode())
    config = TrainConfig.load(tmp_path / "c.yml")
    assert config.to_yaml() == text
    config.save(tmp_path / "d.yml")
    assert (tmp_path / "d.yml").read_bytes() == text.encode()


def test_setting_a_value_keeps_comments_order_and_other_lines():
    config = TrainConfig.template()
    before = config.to_yaml().splitlines()
    config.set("Optimizer.lr.learning_rate", 1e-5)
    config.set("Global.epoch_num", 7)
    after = config.to_yaml().splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        ("  epoch_num: 20", "  epoch_num: 7"),
        ("    learning_rate: 0.0005", "    learning_rate: 1.0e-05"),
    ]
    same_for_paddleocr(config)


def test_a_number_without_a_point_gets_one_because_paddleocr_takes_it_for_text():
    config = TrainConfig.from_yaml(SMALL)
    assert config.get("Optimizer.lr.learning_rate") == 0.001
    assert yaml.safe_load(config.to_yaml())["Optimizer"]["lr"]["learning_rate"] == 0.001
    assert "# my config" in config.to_yaml()
    assert "# enough" in config.to_yaml()


@pytest.mark.parametrize(
    "value", ["no", "on", "1e-3", "true", "null", "~", "a: b", "# x", " x ", "Ⅻ 页", "", "12:30:00"]
)
def test_texts_that_look_like_something_else_stay_texts_for_paddleocr(value):
    config = TrainConfig.from_yaml(SMALL)
    config.set("Global.note", value)
    assert TrainConfig.from_yaml(config.to_yaml()).get("Global.note") == value
    same_for_paddleocr(config)


@pytest.mark.parametrize("value", [0.1, 1e-7, 1e22, 3, -1, True, None, [1, 2.5], {"a": [1], "b": "no"}, ["a b", "c"]])
def test_values_come_back_as_they_were_set(value):
    config = TrainConfig.from_yaml(SMALL)
    config.set("Global.x", value)
    assert TrainConfig.from_yaml(config.to_yaml()).get("Global.x") == value
    same_for_paddleocr(config)


def test_paths_reach_into_lists_and_anchors_survive():
    config = TrainConfig.from_yaml(SMALL)
    key = "Train.dataset.transforms.0.RecConAug.image_shape"
    assert config.get(key) == [48, 320, 3]
    config.set(key, [48, 640, 3])
    config.set("Global.max_text_length", 40)
    again = TrainConfig.from_yaml(config.to_yaml())
    assert again.get(key) == [48, 640, 3]
    assert again.get("Global.max_text_length") == 40
    assert again.get("Train.dataset.transforms.0.RecConAug.max_text_length") == 25


def test_a_missing_key_gives_the_default():
    config = TrainConfig.from_yaml(SMALL)
    assert config.get("Global.nothing") is None
    assert config.get("Global.epoch_num.deeper", "x") == "x"
    assert config.get("Train.dataset.transforms.9") is None
    assert config.get("Global.pretrained_model", "x") is None


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("Gobal.epoch_num", 5, "no Gobal.*Known there: Global, Optimizer, Train"),
        ("Global.a.b", 5, r"no Global\.a"),
        ("Global.epoch_num.x", 5, r"no Global\.epoch_num"),
        ("Train.dataset.transforms.7", {}, "cannot be set"),
        ("Train.dataset.transforms.7.x", {}, r"no Train\.dataset\.transforms\.7"),
        ("Global", 5, "Section.key"),
        ("Global.epoch_num", "5", "whole number, not '5'"),
        ("Global.epoch_num", 0, "1 or more"),
        ("Global.epoch_num", True, "whole number"),
        ("Global.use_gpu", "yes", "true or false"),
        ("Global.freeze", "all", "one of backbone, neck, none"),
        ("Optimizer.lr.learning_rate", "1e-3", "a number"),
        ("Optimizer.lr.learning_rate", 0.0, "more than 0"),
        ("Optimizer.lr.learning_rate", float("nan"), "a number"),
        ("Optimizer.lr.learning_rate", 11, "10 or less"),
        ("Train.dataset.label_file_list", "train.txt", "list of file names"),
        ("Train.dataset.label_file_list", [], "list of file names"),
        ("Global.eval_batch_step", [1, 2, 3], "list of two"),
        ("Global.character_dict_path", 3, "text"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_changes(key, value, words):
    config = TrainConfig.from_yaml(SMALL)
    before = config.to_yaml()
    with pytest.raises(ConfigError, match=words):
        config.set(key, value)
    assert config.to_yaml() == before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Global:\n  a: [1\n", 3, "cannot be read"),
        ("Global:\n  a: 1\n   b: 2\n", 3, "cannot be read"),
        ("Global:\n\ta: 1\n", 2, "cannot be read"),
        ("Global:\n  a: 1\n  a: 2\n", 3, "duplicate key"),
        ("Global:\n  x: 1\n  epoch_num: many\n", 3, "whole number, not 'many'"),
        ("Global:\n  x: 1\nTrain:\n  dataset:\n    label_file_list: a.txt\n", 5, "list of file names"),
        ("Global:\n  x: !!python/object/apply:os.system ['touch executed']\n", 2, "could run code"),
        ("Global:\n  x: !mine 3\n", 2, "could run code"),
        ("Global: *nowhere\n", 1, "cannot be read"),
        ("Global: \x00\n", 1, "cannot be read"),
    ],
)
def test_a_broken_config_is_named_by_line_and_never_executed(tmp_path, monkeypatch, text, line, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yml").write_text(text)
    with pytest.raises(ConfigError, match=words) as caught:
        TrainConfig.load(tmp_path / "c.yml")
    assert f"{tmp_path / 'c.yml'}, line {line}:" in str(caught.value)
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize("text", ["", "- 1\n", "just text", "Glob: 1\n", "null"])
def test_what_is_no_config_says_what_one_has(text):
    with pytest.raises(ConfigError, match="no training config"):
        TrainConfig.from_yaml(text)


def test_aliases_that_blow_up_are_refused():
    levels = "\n".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9))
    with pytest.raises(ConfigError, match="too large"):
        TrainConfig.from_yaml(f"Global:\n  l0: &l0 [1]\n{levels}\n")


@pytest.mark.parametrize("bracket", ["[", "{"])
def test_brackets_without_end_are_refused_at_once(bracket):
    with pytest.raises(ConfigError, match="too large"):
        TrainConfig.from_yaml(20_000 * bracket, "deep.yml")


def test_an_alias_of_itself_does_not_hang():
    assert TrainConfig.from_yaml("Global: &a\n  b: *a\n").plain() == {"Global": {"b": None}}


def test_files_that_are_not_utf8_or_huge_or_missing_are_named(tmp_path):
    (tmp_path / "gbk.yml").write_bytes("Global:\n  x: 发\n".encode("gbk"))
    with pytest.raises(ConfigError, match=r"gbk\.yml, line 2: .*UTF-8"):
        TrainConfig.load(tmp_path / "gbk.yml")
    (tmp_path / "huge.yml").write_bytes(b"# \n" * 400_000)
    with pytest.raises(ConfigError, match="too large"):
        TrainConfig.load(tmp_path / "huge.yml")
    with pytest.raises(ProjectError, match=r"gone\.yml"):
        TrainConfig.load(tmp_path / "gone.yml")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    (tmp_path / "c.yml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert TrainConfig.load(tmp_path / "c.yml").get("Global.epoch_num") == 5


def test_an_unknown_template_names_the_known_ones():
    with pytest.raises(ConfigError, match="ppocrv6_small_rec"):
        TrainConfig.template("../../secret")
    assert template_names() == [
        "ppocrv4_mobile_det",
        "ppocrv4_mobile_rec",
        "ppocrv6_small_det",
        "ppocrv6_small_rec",
    ]


@pytest.mark.parametrize("name", template_names())
def test_a_change_of_a_template_is_not_in_the_next_one(name):
    before, changed = TrainConfig.template(name), TrainConfig.template(name)
    text, plain = before.to_yaml(), before.plain()
    changed.set("Global.epoch_num", 77)
    changed.set("Train.dataset.label_file_list", ["/elsewhere/train.txt"])
    changed.remove("Global.seed")
    assert yaml.safe_load(changed.to_yaml()) == changed.plain() != plain
    after = TrainConfig.template(name)
    assert (after.to_yaml(), after.plain()) == (before.to_yaml(), before.plain()) == (text, plain)
    assert after.line_of("Global.epoch_num") == before.line_of("Global.epoch_num") > 1


def test_a_copy_is_independent():
    config = TrainConfig.from_yaml(SMALL)
    other = config.copy()
    other.set("Global.epoch_num", 9)
    assert config.get("Global.epoch_num") == 5


def test_a_dataset_fills_lists_folders_and_dictionary(tmp_path):
    (tmp_path / "ds 1").mkdir()
    config = TrainConfig.template()
    config.use_dataset(tmp_path / "ds 1")
    root = (tmp_path / "ds 1").as_posix()
    assert config.get("Train.dataset.data_dir") == f"{root}/rec"
    assert config.get("Eval.dataset.label_file_list") == [f"{root}/rec/val.txt"]
    assert config.get("Global.character_dict_path") is None
    (tmp_path / "ds 1" / "dict.txt").write_text("a\n")
    config.use_dataset(tmp_path / "ds 1", own_characters=False)
    assert config.get("Global.character_dict_path") is None
    config.use_dataset(tmp_path / "ds 1")
    assert config.get("Global.character_dict_path") == f"{root}/dict.txt"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Global.epoch_num=5", "Global.epoch_num", 5),
        ("a.b=x=y=z", "a.b", "x=y=z"),
        ("a=1e-3", "a", 0.001),
        ("a=1.0e-3", "a", 0.001),
        ("a=None", "a", None),
        ("a=null", "a", None),
        ("a=", "a", None),
        ("a=True", "a", True),
        ("a=[0, 500]", "a", [0, 500]),
        ("a=[a.txt,b c.txt]", "a", ["a.txt", "b c.txt"]),
        ("a=2024-01-01", "a", "2024-01-01"),
        ("a=12:30", "a", "12:30"),
        ("a=#x", "a", "#x"),
        ("a=@x", "a", "@x"),
        (r"a=C:\new\table", "a", r"C:\new\table"),
        (" a = b ", "a", "b"),
        ("Global.character_dict_path=007", "Global.character_dict_path", "007"),
        ("Global.character_dict_path=null", "Global.character_dict_path", None),
        ("Global.pretrained_model='x y'", "Global.pretrained_model", "x y"),
    ],
)
def test_overrides(text, key, value):
    assert parse_override(text) == (key, value)


@pytest.mark.parametrize("text", ["", "novalue", "=5", "a={", "a=!!python/object/apply:os.system ['ls']", "a='"])
def test_what_is_no_override_is_refused(text):
    with pytest.raises(ConfigError):
        parse_override(text)


def test_a_detection_config_is_pointed_at_the_pages_and_keeps_its_characters(tmp_path):
    config = TrainConfig.from_yaml(
        "Global: {character_dict_path: null}\nArchitecture: {model_type: det}\n"
        "Train: {dataset: {data_dir: a, label_file_list: [b, c], ratio_list: [0.5, 0.5]}}\n"
        "Eval: {dataset: {data_dir: a, label_file_list: [b]}}\n"
    )
    (tmp_path / "dict.txt").write_text("0\n")
    config.use_dataset(tmp_path)
    home = (tmp_path / "det").as_posix()
    assert config.get("Train.dataset") == {
        "data_dir": home,
        "label_file_list": [f"{home}/train.txt"],
        "ratio_list": [1.0],
    }
    assert config.get("Eval.dataset") == {"data_dir": home, "label_file_list": [f"{home}/val.txt"]}
    assert config.get("Global.character_dict_path") is None


def test_a_value_can_be_taken_out():
    config = TrainConfig.from_yaml(SMALL)
    config.remove("Global.epoch_num")
    config.remove("Global.nothing.at.all")
    assert "epoch_num" not in config.to_yaml()
    assert config.get("Global.max_text_length") == 25


def test_raw_takes_what_paddleocr_takes_but_never_tags():
    text = "Global: {epoch_num: many}\nTrain:\n  a: 1\n  a: 2\n"
    config = TrainConfig.from_yaml(text, raw=True)
    assert config.plain() == yaml.safe_load(text)
    assert config.raw_copy().plain() == config.plain()
    with pytest.raises(ConfigError, match="duplicate key"):
        TrainConfig.from_yaml(text)
    with pytest.raises(ConfigError, match="tags such as"):
        TrainConfig.from_yaml("Global: {a: !!python/name:os.system }", raw=True)
