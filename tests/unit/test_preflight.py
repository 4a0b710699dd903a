"""The look before a run: each way that input breaks PaddleOCR (or is silently replaced by it), built from real files.

The names F01, D02 and so on are those of the measured failures; beside each stands what PaddleOCR itself does.
"""

import errno
import os
import pickle
import re
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from checkout_trees import make_checkout, make_dataset

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import ConfigError
from ocrstudio.formats import preflight as module
from ocrstudio.formats import preflight_files
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_config import Machine, Wishes, prepare
from ocrstudio.formats.checkout_templates import find_template
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.pdparams import write_tensors
from ocrstudio.formats.preflight import preflight, refuse
from ocrstudio.formats.run_folder import BUILTIN, PADDLEOCR


def make_ready(folder, task, lines=8, pages=4):
    """A checkout, a dataset and the config that trains on it."""
    checkout = find_checkout(make_checkout(folder / "PaddleOCR"))
    data = make_dataset(folder / "data 图", lines, pages)
    wishes = Wishes(epochs=2, batch_size=2, from_scratch=True)
    template = find_template(checkout, f"mobile_{task}").load()
    config = prepare(template, checkout, data, Machine(cpus=2), wishes)
    config.set("Global.save_model_dir", (folder / "run").as_posix())
    return config.to_yaml()


class Case:
    """A run that would work, to be broken in one place."""

    def __init__(self, folder, task, text):
        self.folder = folder
        self.checkout = find_checkout(folder / "PaddleOCR")
        self.data = folder / "data 图" / task
        self.list = self.data / "train.txt"
        self.config = TrainConfig.from_yaml(text, raw=True)

    def look(self, engine=PADDLEOCR, **options):
        checkout = self.checkout if engine == PADDLEOCR else None
        return preflight(self.config, engine, checkout=checkout, **options)

    def texts(self, engine=PADDLEOCR, **options):
        return [f"{finding.severity}: {finding.text()}" for finding in self.look(engine, **options)]

    def only(self, engine=PADDLEOCR, **options):
        texts = self.texts(engine, **options)
        assert len(texts) == 1, texts
        return texts[0]

    def rewrite(self, change, file=None):
        file = file or self.list
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("".join(f"{line}\n" for line in change(lines)), encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """The same for all tests, which work on copies."""
    made = {}
    for task in ("rec", "det"):
        folder = tmp_path_factory.mktemp(task)
        made[task] = (folder, make_ready(folder, task))
    return made


@pytest.fixture
def copied(ready, tmp_path):
    def make(task):
        folder, text = ready[task]
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
        return Case(tmp_path, task, text.replace(folder.as_posix(), tmp_path.as_posix()))

    return make


@pytest.fixture
def rec(copied):
    return copied("rec")


@pytest.fixture
def det(copied):
    return copied("det")


@pytest.mark.parametrize("task", ["rec", "det"])
def test_f00_d00_a_run_that_works_has_no_findings(request, task):
    case = request.getfixturevalue(task)
    told = []
    assert case.look(progress=lambda *numbers: told.append(numbers)) == []
    assert case.look(BUILTIN) == []
    assert told == ([(8, 8), (8, 8)] if task == "rec" else [(4, 4), (4, 4)])
    refuse(case.look())


@pytest.mark.parametrize("section", ["Train", "Eval"])
def test_f01_f24b_a_missing_list_is_refused(rec, section):
    """PaddleOCR: a FileNotFoundError after two seconds."""
    rec.config.set(f"{section}.dataset.label_file_list", ["/nope/list.txt"])
    line = rec.config.line_of(f"{section}.dataset.label_file_list")
    text = rec.only()
    assert text.startswith(f"fatal: {rec.config.source}, line {line}: the list {Path('/nope/list.txt')} cannot be read")
    with pytest.raises(ConfigError, match="cannot be read"):
        refuse(rec.look())


def test_f02_spaces_for_tabs_everywhere_are_refused(rec):
    """PaddleOCR: hangs for ever."""
    rec.rewrite(lambda lines: [line.replace("\t", "    ") for line in lines])
    for engine in (PADDLEOCR, BUILTIN):
        assert rec.only(engine).startswith(
            f"fatal: {rec.list}, line 1: there is no tab between image and label (lines like this: 8)"
        )


def test_f02b_one_line_with_spaces_is_named(rec):
    """PaddleOCR: replaces the sample and blames others."""
    rec.rewrite(lambda lines: [*lines[:4], lines[4].replace("\t", " "), *lines[5:]])
    assert rec.only() == (
        f"warning: {rec.list}, line 5: there is no tab between image and label (lines like this: 1). "
        "Write the image's path, one tab, then the label."
    )
    assert rec.only(BUILTIN).startswith("fatal:")


def test_f03_a_missing_picture_is_named(rec):
    (rec.data / "train" / "3.png").unlink()
    text = f"{rec.list}, line 4: the picture train/3.png does not exist (lines like this: 1)."
    assert text in rec.only()
    assert rec.only(BUILTIN).startswith(f"fatal: {text}")


@pytest.mark.parametrize("part", ["train", "val"])
def test_f03b_f03c_all_pictures_missing_is_refused(rec, part):
    """PaddleOCR: hangs at the start, or at the first evaluation."""
    (rec.data / part).rename(rec.data / "elsewhere")
    text = rec.only()
    assert text.startswith(f"fatal: {rec.data / part}.txt, line 1: the picture {part}/0.png does not exist")
    assert "(lines like this: 8)" in text


@pytest.mark.skipif(os.name == "nt", reason="backslashes part folders there")
def test_f17e_backslashes_are_named(rec):
    rec.rewrite(lambda lines: [line.replace("/", "\\") for line in lines])
    assert "the path train\\0.png has backslashes (lines like this: 8). Write forward slashes." in rec.only()
    assert rec.only().startswith("fatal")


def test_f04_f04b_f04c_pictures_that_are_none_are_named(rec):
    """PaddleOCR: says nothing at all, or only for the empty one."""
    (rec.data / "train" / "0.png").write_bytes(bytes(range(1, 200)))
    (rec.data / "train" / "1.png").write_bytes(b"")
    whole = (rec.data / "train" / "2.png").read_bytes()
    (rec.data / "train" / "2.png").write_bytes(whole[: len(whole) // 2])
    texts = "\n".join(rec.texts())
    assert "line 1: train/0.png is no picture that can be read (lines like this: 2)" in texts
    assert "line 2: the picture train/1.png has 0 bytes" in texts
    assert all(text.startswith("fatal") for text in rec.texts(BUILTIN))


def test_a_photo_that_breaks_off_is_named(det):
    """OpenCV 4 shows what there is of it, OpenCV 5 refuses it."""
    path = det.data / "train" / "1.jpg"
    path.write_bytes(path.read_bytes()[:-2])
    assert re.search(r"line 2: .*train/1\.jpg (breaks off|is no picture)", det.only())


def test_f05_f05c_unknown_characters_are_counted_and_listed(rec):
    """PaddleOCR: drops them without a word."""
    rec.rewrite(lambda lines: [f"{lines[0]}Ⅻ", f"{lines[1]}ⅫA", lines[2].split("\t")[0] + "\tⅫ", *lines[3:]])
    some, all_of_it = sorted(rec.texts())
    assert "line 1: the dictionary lacks characters of this text (lines like this: 2): Ⅻ×3 A×1." in some
    assert "line 3: no character of this text is in the dictionary (lines like this: 1): Ⅻ×3 A×1." in all_of_it
    *both, left_out = rec.texts(BUILTIN)
    assert sorted(both) == [some, all_of_it]
    assert left_out == f"warning: {rec.list}: 3 of 8 lines cannot be learned and are left out."
    assert rec.look(BUILTIN, charset=Charset(tuple("0123456789ⅫA"))) == []


def test_what_the_built_in_engine_leaves_out_is_refused_when_nothing_is_left(rec):
    rec.rewrite(lambda lines: [f"{line}Ⅻ" for line in lines])
    assert rec.only().startswith("warning")
    assert rec.only(BUILTIN).startswith(
        f"fatal: {rec.list}, line 1: the dictionary lacks characters of this text (lines like this: 8): Ⅻ×8."
    )


def test_f05b_a_wrong_dictionary_is_refused(rec):
    """PaddleOCR: hangs; only a RecursionError tells why."""
    (rec.data.parent / "dict.txt").write_text("a\nb\n")
    for engine in (PADDLEOCR, BUILTIN):
        training, evaluation = rec.texts(engine)
        assert training.startswith(f"fatal: {rec.list}, line 1: no character of this text is in the dictionary ")
        assert evaluation.startswith(f"fatal: {rec.data / 'val.txt'}, line 1: no character")


def test_f06_f06b_too_long_lines_are_counted_with_the_room_for_marks(rec):
    """PaddleOCR: one is replaced, all hang. Its attention branch needs two places of the length itself."""
    rec.rewrite(lambda lines: [lines[0] + "0" * 20, *lines[1:]])
    assert "line 1: the text is longer than the 23 characters that can be learned (lines like this: 1)" in rec.only()
    assert "Raise Global.max_text_length to 26," in rec.only()
    assert rec.look(BUILTIN) == []
    rec.config.set("Global.max_text_length", 3)
    assert rec.texts()[0].startswith("fatal")
    # it asks how wide the picture is instead
    assert rec.look(BUILTIN) == []


def test_f07_an_empty_training_list_is_refused(rec):
    """PaddleOCR: trains nothing and ends with exit code 0."""
    rec.list.write_text("\n\n")
    assert f"fatal: {rec.list} holds no line." in rec.texts()[0]


def test_f07b_a_set_smaller_than_a_batch_is_refused(det):
    """PaddleOCR: the same."""
    det.config.set("Train.loader.drop_last", True)
    det.config.set("Train.loader.batch_size_per_card", 5)
    line = det.config.line_of("Train.loader.batch_size_per_card")
    assert det.only().startswith(f"fatal: {det.config.source}, line {line}: 4 samples do not fill a batch of 5,")
    det.config.set("Train.loader.drop_last", False)
    det.config.set("Global.eval_batch_step", [0, 1])
    assert det.look() == []


def test_f07c_a_multi_scale_sampler_fills_its_batches(rec):
    rec.config.set("Train.sampler.first_bs", 16)
    rec.config.set("Global.eval_batch_step", [0, 3])
    assert rec.look() == []


def test_f07d_an_empty_evaluation_list_is_refused(rec):
    """PaddleOCR: trains without ever saving a best model."""
    (rec.data / "val.txt").write_text("")
    assert rec.only().startswith(f"fatal: {rec.data / 'val.txt'} holds no line.")


@pytest.mark.parametrize("key", ["Global.pretrained_model", "Global.checkpoints"])
def test_f08_f08b_missing_weights_are_refused(rec, key):
    for name in ("/nope/best_accuracy", "/nope/best_accuracy.pdparams", "/nope/best_accuracy.pdopt"):
        rec.config.set(key, name)
        assert f"there are no weights {Path('/nope/best_accuracy.pdparams')}. Correct {key}" in rec.only()


def test_missing_weights_of_the_built_in_engine_are_refused(rec):
    for name in ("bundled", "PP-OCRv4_mobile_rec", None):
        rec.config.set("Global.pretrained_model", name)
        assert rec.look(BUILTIN) == []
    empty = rec.folder / "empty"
    empty.mkdir()
    for name, missing in (("/nope/best", Path("/nope/best")), (str(empty), empty / "model.onnx")):
        rec.config.set("Global.pretrained_model", name)
        line = rec.config.line_of("Global.pretrained_model")
        text = rec.only(BUILTIN)
        assert text.startswith(f"fatal: {rec.config.source}, line {line}: there are no weights {missing}.")
        assert text.endswith(
            "Name a bundle of this program in Global.pretrained_model, or a base model, or leave it empty."
        )


def test_f12_a_run_into_a_file_is_refused(rec):
    (rec.folder / "taken").write_text("")
    for target in ("taken", "taken/run"):
        rec.config.set("Global.save_model_dir", (rec.folder / target).as_posix())
        assert rec.only() == (
            f"fatal: {rec.folder / 'taken'} is a file, so no run can be written there. "
            "Choose another folder for the run."
        )
    assert rec.look(save_dir=rec.folder / "other") == []


def test_f12c_a_folder_that_cannot_be_written_to_is_refused(rec, monkeypatch):
    monkeypatch.setattr(preflight_files.os, "access", lambda *_: False)
    assert rec.only().startswith(f"fatal: {rec.folder / 'run'} cannot be written to.")


@pytest.mark.parametrize(("free", "severity"), [(100, "fatal"), (5_000, "warning")])
def test_f13_a_disk_too_small_for_the_checkpoints_is_told_before(rec, monkeypatch, free, severity):
    """PaddleOCR: loses the whole training at the first save."""
    monkeypatch.setattr(preflight_files.shutil, "disk_usage", lambda _: SimpleNamespace(free=free * 1_000_000))
    rec.config.set("Global.epoch_num", 100)
    rec.config.set("Global.save_epoch_step", 1)
    text = rec.only(save_dir=rec.folder)
    # 135 MB of weights, thrice that with the optimiser, four times; then once an epoch
    assert text.startswith(f"{severity}: {rec.folder}")
    assert f"about {1620 if severity == 'fatal' else 1620 + 40500} MB" in text


def test_f14_an_evaluation_that_is_never_reached_is_refused(rec):
    """PaddleOCR: exit code 0, and no best model."""
    rec.config.set("Global.eval_batch_step", [0, 2000])
    # scales of 2, 1 and 1 images: two rounds of three
    assert rec.only().endswith("but the run has 12 steps. Set Global.eval_batch_step to [0, 6].")
    assert rec.look(BUILTIN) == []
    rec.config.set("Global.eval_batch_epoch", 1)
    assert rec.look() == []
    rec.config.set("Global.eval_batch_epoch", None)
    rec.config.set("Global.eval_batch_step", 12)
    assert rec.look() == []


@pytest.mark.parametrize(
    ("free", "workers", "shared", "fatal"), [(1, 2, True, 1), (64, 2, True, 0), (1, 0, True, 0), (1, 2, False, 0)]
)
def test_f15c_shared_memory_too_small_for_the_loaders_is_refused(rec, monkeypatch, free, workers, shared, fatal):
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: SimpleNamespace(free=free << 20))
    monkeypatch.setattr(module, "save_dir_findings", lambda *_, **__: [])
    for section in ("Train", "Eval"):
        rec.config.set(f"{section}.loader.num_workers", workers)
        rec.config.set(f"{section}.loader.use_shared_memory", shared)
    assert ["shared memory (/dev/shm) has 1 MB free" in text for text in rec.texts()] == [True] * fatal


def test_f17_f17b_f17d_line_ends_byte_order_mark_and_blank_lines_are_named(rec):
    """PaddleOCR: drops, loses or replaces without a word. The built-in engine reads them all."""
    rec.list.write_bytes(b"\xef\xbb\xbf" + rec.list.read_bytes().replace(b"\n", b"\r\n") + b"\n")
    texts = "\n".join(rec.texts())
    assert f"{rec.list}, line 1: the list begins with a byte order mark" in texts
    assert "line 1: the line ends as on Windows (CR LF; lines like this: 8)" in texts
    assert "line 9: the line is blank" in texts
    assert rec.look(BUILTIN) == []


def test_f17c_a_list_in_gbk_is_refused(rec):
    (rec.data.parent / "dict.txt").write_text("中\n文\n0\n", encoding="utf-8")
    rec.rewrite(lambda lines: [line.split("\t")[0] + "\t中文" for line in lines])
    rec.list.write_bytes(rec.list.read_text(encoding="utf-8").encode("gb18030"))
    texts = rec.texts()
    assert texts[0].startswith(f"fatal: {rec.list}, line 1: the line is not UTF-8 text (lines like this: 8)")


def test_f19_f19b_a_missing_dictionary_is_refused_and_one_from_windows_works(rec):
    dictionary = rec.data.parent / "dict.txt"
    dictionary.write_bytes(dictionary.read_bytes().replace(b"\n", b"\r\n"))
    assert rec.look() == []
    dictionary.unlink()
    line = rec.config.line_of("Global.character_dict_path")
    assert rec.only().startswith(
        f"fatal: {rec.config.source}, line {line}: the dictionary cannot be used: {dictionary}"
    )


def test_f11_broken_yaml_never_gets_here(rec):
    file = rec.folder / "broken.yml"
    file.write_text("Global:\n  a: [1, 2\n")
    with pytest.raises(ConfigError, match=r"broken\.yml, line \d: the YAML cannot be read"):
        TrainConfig.load(file)


def test_f11d_f11e_names_that_the_checkout_does_not_know_are_refused(rec):
    """PaddleOCR: a bare NameError or AssertionError."""
    rec.config.set("Train.dataset.transforms.2", {"RecAugg": None})
    rec.config.set("Architecture.algorithm", "SVTR_LCNot")
    transform, algorithm = rec.texts()
    assert "the checkout knows no transform RecAugg." in transform
    assert "the checkout knows no algorithm SVTR_LCNot." in algorithm


def test_f20_f25_values_that_paddleocr_stumbles_over_are_refused(rec):
    config = TrainConfig.from_yaml(
        rec.config.to_yaml().replace("epoch_num: &epochs 2", "epoch_num: 0").replace("epoch_num: 2", "epoch_num: 0"),
        raw=True,
    )
    rate = str(config.get("Optimizer.lr.learning_rate"))
    rec.config = TrainConfig.from_yaml(
        config.to_yaml().replace(f"learning_rate: {rate}", 'learning_rate: "1e-3"'), raw=True
    )
    texts = rec.texts()
    assert any("the run has no epochs. Set Global.epoch_num to 1 or more." in text for text in texts)
    assert any("the learning rate 1e-3 is not a number. Write it with a point" in text for text in texts)
    with pytest.raises(ConfigError, match=r"Global\.epoch_num must be 1 or more"):
        rec.config.copy()
    with pytest.raises(ConfigError, match=r"Optimizer\.lr\.learning_rate must be a number"):
        rec.config.set("Optimizer.lr.learning_rate", "1e-3")


def test_f24_a_missing_section_is_refused(rec):
    rec.config = TrainConfig.from_yaml(rec.config.to_yaml().split("Eval:")[0], raw=True)
    assert "fatal: config: the section Eval is missing or empty." in rec.only()


def test_f28_spaces_and_chinese_in_paths_are_fine(rec):
    assert rec.look(save_dir=rec.folder / "保存 here") == []


def test_d01_weights_from_the_network_are_refused(det):
    det.config.set("Global.pretrained_model", "https://example.org/x.pdparams")
    assert (
        "Global.pretrained_model would be downloaded from https://example.org/x.pdparams. Leave it empty" in det.only()
    )


def test_a_base_models_name_is_taken(det):
    det.config.set("Global.pretrained_model", "PP-OCRv4_mobile_det")
    assert det.look() == []


def test_d02_boxes_that_are_no_json_are_refused(det):
    """PaddleOCR: hangs."""
    det.rewrite(lambda lines: [line[:-3] for line in lines])
    texts = det.texts()
    assert texts[0].startswith(f"fatal: {det.list}, line 1: the boxes cannot be read (Expecting")
    assert det.texts(BUILTIN)[0].startswith("fatal")


@pytest.mark.parametrize(
    ("boxes", "reason"),
    [
        ("{}", "no list"),
        ("[1]", "box 1 has no transcription"),
        ('[{"transcription": "a"}]', "box 1 has no points"),
        ('[{"transcription": "a", "points": [[1, 2], [3]]}]', "box 1 has no points"),
        ('[{"transcription": "a", "points": [["1", 2], [3, 4]]}]', "box 1 has no points"),
    ],
)
def test_json_that_holds_no_boxes_is_named(det, boxes, reason):
    det.rewrite(lambda lines: [*lines[:3], lines[3].split("\t")[0] + "\t" + boxes])
    assert f"line 4: the boxes cannot be read ({reason}; lines like this: 1)." in det.only()


def test_d03_a_page_without_boxes_is_a_warning(det):
    """PaddleOCR: never trains on it."""
    det.rewrite(lambda lines: [lines[0].split("\t")[0] + "\t[]", *lines[1:]])
    assert det.only().startswith(f"warning: {det.list}, line 1: the page has no boxes")
    assert det.only(BUILTIN).startswith("warning")


def test_d04_polygons_of_three_and_five_points_are_fine(det):
    def change(lines):
        return [lines[0].replace("[110, 40], ", ""), lines[1].replace("[110, 40]", "[110, 40], [50, 45]"), *lines[2:]]

    det.rewrite(change)
    assert det.look() == []


def test_d05_points_outside_the_page_are_a_warning(det):
    det.rewrite(lambda lines: [*lines[:2], lines[2].replace("110", "310"), lines[3]])
    assert det.only().startswith(f"warning: {det.list}, line 3: a box lies outside its page")


def test_d06_pages_that_are_all_ignored_teach_nothing(det):
    """PaddleOCR: trains on them all the same."""
    det.rewrite(lambda lines: [line.replace("1234", "###") for line in lines])
    everything = "line 1: every box of the page is to be ignored (lines like this: 4)"
    for engine in (PADDLEOCR, BUILTIN):
        assert det.only(engine).startswith(f"fatal: {det.list}, {everything}")
    det.rewrite(lambda lines: [lines[0].replace("###", "1234"), *lines[1:]])
    assert "line 2: every box of the page is to be ignored (lines like this: 3)" in det.only()


def test_a_list_with_several_pictures_for_one_text_is_read(rec):
    rec.rewrite(lambda lines: ['["train/0.png", "train/1.png"]\t12', '["train/0.png", "train/x.png"]\t12', *lines[2:]])
    assert "line 2: the picture train/x.png does not exist" in rec.only()


def test_further_columns_are_paddleocrs_alone(rec):
    rec.rewrite(lambda lines: [line + "\t96\t32" for line in lines])
    assert rec.look() == []
    assert "there is no tab" in rec.only(BUILTIN)


def test_a_list_that_cannot_be_read_half_way_names_why(rec, monkeypatch):
    def broken(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(module, "look_through", broken)
    assert all("cannot be read (Input/output error)" in text for text in rec.texts())


def test_a_look_can_be_called_off(rec):
    assert rec.look(cancelled=lambda: True) == []


def test_ten_thousand_lines_take_seconds_of_a_processor(tmp_path):
    case = Case(tmp_path, "rec", make_ready(tmp_path, "rec", lines=100))
    case.rewrite(lambda lines: lines * 100)
    started = time.process_time()
    assert case.look() == []
    assert time.process_time() - started < 10


def tensors(prefix, backbone, classes=None):
    found = {f"{prefix}{backbone}": np.zeros((2, 3), np.float32)}
    if classes:
        found[f"{prefix}head.ctc_head.fc.bias"] = np.zeros(classes, np.float32)
    return found


@pytest.fixture
def weights(tmp_path):
    def make(content, name="best_accuracy.pdparams"):
        write_tensors(tmp_path / name, content)
        return (tmp_path / name).as_posix()

    return make


V4 = "backbone.blocks2.0.dw_conv.lab.scale"


def test_weights_of_the_network_and_its_characters_are_fine(rec, weights):
    for key in ("Global.pretrained_model", "Global.checkpoints"):
        rec.config.set(key, weights(tensors("", V4, 12)))
    assert rec.look() == []
    rec.config.set("Global.checkpoints", rec.config.get("Global.checkpoints").removesuffix(".pdparams"))
    assert rec.look() == []


def test_f09_other_characters_start_at_random_and_are_said(rec, weights):
    """PaddleOCR: five warnings, then "load pretrain successful"."""
    rec.config.set("Global.pretrained_model", weights(tensors("", V4, 6625)))
    text = rec.only()
    assert text.startswith(f"warning: {rec.config.source}, line ")
    assert "know 6625 characters and marks, the dictionary asks for 12, so the last layer starts at random." in text
    assert "ocrstudio dict extend" in text


def test_f09b_a_checkpoint_of_other_characters_is_refused(rec, weights):
    rec.config.set("Global.checkpoints", weights(tensors("", V4, 6625)))
    text = rec.only()
    assert text.startswith("fatal")
    assert "Name them in Global.pretrained_model, not in Global.checkpoints." in text


def test_f09c_weights_of_another_network_are_refused(rec, weights):
    """PaddleOCR: says "load pretrain successful" and starts from scratch."""
    rec.config.set("Global.pretrained_model", weights(tensors("", "backbone.conv1._conv.weight", 12)))
    assert "are the weights of another network than PPLCNetV3. Correct Global.pretrained_model" in rec.only()


def test_a_distillation_needs_weights_with_its_parts_names(rec, weights):
    part = {"Backbone": {"name": "MobileNetV1Enhance"}}
    rec.config.set("Architecture.Models", {"Student": part})
    rec.config.set("Global.pretrained_model", weights(tensors("Student.", "backbone.conv1._conv.weight", 12)))
    assert rec.look() == []
    rec.config.set("Global.pretrained_model", weights(tensors("", "backbone.conv1._conv.weight", 12)))
    assert "another network than Student MobileNetV1Enhance" in rec.only()


def test_f09d_f09e_empty_broken_and_hostile_weights_are_refused(rec, weights, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path(weights(tensors("", V4, 12)))
    whole = path.read_bytes()
    hostile = pickle.dumps(Hostile())
    rec.config.set("Global.pretrained_model", path.as_posix())
    for content in (b"", whole[:-20], b"text", hostile):
        path.write_bytes(content)
        text = rec.only()
        assert text.startswith(f"fatal: {rec.config.source}, line ")
        assert "the weights cannot be used: " in text
    assert not (tmp_path / "run by weights").exists()


class Hostile:
    def __reduce__(self):
        return Path.mkdir, (Path("run by weights"),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no list"),
        ("", "lists no text lines"),
        ("no tab\n", "line 1"),
        ("gone.png\tone\n", "line 1: the picture {folder}/gone.png does not exist"),
        ("here.png\tone\n", ""),
    ],
)
@pytest.mark.parametrize("key", ["Global.retention_list", "Train.replay_list"])
def test_lists_of_old_lines_are_read_before_a_training_would(tmp_path, key, content, told):
    (tmp_path / "here.png").write_bytes(b"png")
    if content is not None:
        (tmp_path / "old.txt").write_text(content)
    config = TrainConfig.template()
    config.set(key, [str(tmp_path / "old.txt")])

    found = preflight_files.old_line_findings(config)

    assert [finding.severity for finding in found] == ["fatal"] * bool(told)
    if found:
        assert told.format(folder=tmp_path) in found[0].text()
        assert found[0].cure.settings == {key: []}
