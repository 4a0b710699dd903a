"""The flight check: every planted fault is found with its right count, and what is good gets no complaint."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil

import numpy as np
import pytest
import yaml
from broken_dataset import copied, draw_line, make_scene, plant_everything
from checkout_trees import make_dataset, write_picture

from ocrstudio.core.checks import CHECKS
from ocrstudio.core.errors import DatasetError
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.formats import picture_facts
from ocrstudio.formats.checkout_config import Machine
from ocrstudio.formats.checkout_python import Interpreter
from ocrstudio.formats.config import TrainConfig, template_names
from ocrstudio.formats.dataset_plan import plan_split
from ocrstudio.formats.dataset_writing import write_split
from ocrstudio.formats.flight_check import flight_check
from ocrstudio.formats.pdparams import write_tensors
from ocrstudio.formats.preflight import Look
from ocrstudio.formats.preflight_keys import look_at_keys
from ocrstudio.formats.preflight_machine import Situation
from ocrstudio.formats.repairs import curable, repair
from ocrstudio.formats.run_folder import BUILTIN, PADDLEOCR
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.sample_project import open_sample

GB = 1 << 30


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    make_scene(folder)
    return folder


@pytest.fixture
def scene(good, tmp_path):
    return copied(good, tmp_path / "scene")


def situation(scene, **changes):
    """A machine on which everything is in order."""
    interpreter = Interpreter(scene.folder / "python", "3.11.7", "3.2.2", gpu_build=False, numpy="2.0")
    known = frozenset((scene.data / "dict.txt").read_text("utf-8").split()) | {" "}
    machine = Machine(cpus=2, shared_memory=16 * GB)
    usual = Situation(machine, 16 * GB, "3.2.2", gpu_build=False, interpreter=interpreter, known=known)
    return dataclasses.replace(usual, **changes)


def check(scene, engine=PADDLEOCR, cache=None, **changes):
    return flight_check(
        scene.config,
        engine,
        situation(scene, **changes),
        checkout=scene.checkout if engine == PADDLEOCR else None,
        save_dir=scene.folder / "runs",
        cache=cache,
    )


def verdicts(found):
    return {result.check.id: result.verdict for result in found.results}


def complaints(found):
    return {one.check.id: [f.text() for f in one.findings] for one in found.results if one.verdict in ("fail", "poor")}


def take_over(scene, done):
    for key, value in done.settings.items():
        scene.config.set(key, value)
    for key in done.removed:
        scene.config.remove(key)


def test_there_are_more_than_thirty_checks_with_names_of_their_own():
    assert len(CHECKS) >= 30
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_good_dataset_gets_no_complaint(scene):
    found = check(scene)
    assert complaints(found) == {"amount": complaints(found).get("amount")}
    scene.config.set("Global.freeze", "backbone")
    assert complaints(check(scene, BUILTIN)) == {}


def test_every_planted_fault_is_found_with_its_count(scene):
    expected = plant_everything(scene)
    found = check(scene)
    counted = {one.check.id: one.count for one in found.results if one.check.id in expected}
    assert counted == expected
    assert all(verdict != "fine" for name, verdict in verdicts(found).items() if name in expected)


def test_the_repair_of_everything_leaves_nothing_that_can_be_repaired(scene):
    plant_everything(scene)
    before = {path: path.read_bytes() for path in (scene.train, scene.val, scene.data / "dict.txt")}
    # what a line says can be told only when it can be read
    for _ in range(2):
        found = check(scene)
        take_over(scene, repair(found.look, curable(found.results, ["all"])))
    assert {path: path.read_bytes() for path in before} == before
    again = check(scene)
    assert curable(again.results, ["all"]) == []
    left = {name for name, verdict in verdicts(again).items() if verdict in ("fail", "poor")}
    # which text is right, and where more samples come from, nobody can know
    assert left <= {*("contradictions", "look-alikes", "amount", "unlisted", "characters-samples", "characters-unused")}
    content = scene.checkout.path.joinpath(scene.config.get("Train.dataset.label_file_list")[0]).read_bytes()
    assert not {b"\r", b"\\"} & {content[place : place + 1] for place in range(len(content))}
    assert "中文".encode() in content


def synthetic_set(scene, **told):
    """A synthetic set beside the dataset with copies of three of its lines."""
    made = scene.folder / "made"
    (made / "rec" / "train").mkdir(parents=True)
    rows = []
    for number, line in enumerate(scene.lines(scene.train)[:3]):
        name, _, text = line.partition("\t")
        shutil.copy(scene.train.parent / name, made / "rec" / "train" / f"{number}.png")
        rows.append(f"train/{number}.png\t{text}")
    (made / "rec" / "train.txt").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    (made / "synthetic.json").write_text(
        json.dumps({"recipe": {"source": {"deficits": "x"}}, **told}), encoding="utf-8"
    )
    return made


def test_a_synthetic_list_that_validates_is_named_and_taken_out(scene):
    made = synthetic_set(scene)
    lists = list(scene.config.get("Eval.dataset.label_file_list"))
    assert verdicts(check(scene))["synthetic-validation"] == "fine"
    # its paths lead nowhere from the folder of the others, which is told by another check
    scene.config.set("Eval.dataset.label_file_list", [*lists, (made / "rec" / "train.txt").as_posix()])
    found = check(scene)
    assert "made" in complaints(found)["synthetic-validation"][0]
    take_over(scene, repair(found.look, curable(found.results, ["all"])))
    assert "made" not in "".join(scene.config.get("Eval.dataset.label_file_list"))
    scene.config.set("Eval.dataset.label_file_list", [(made / "rec" / "train.txt").as_posix()])
    found = check(scene)
    assert verdicts(found)["synthetic-validation"] == "poor"
    # there would be nothing left to validate with
    assert curable(found.results, ["synthetic-validation"]) == []


def test_synthetic_lines_within_a_validation_list_are_found_line_by_line(scene):
    made = synthetic_set(scene)
    way = os.path.relpath(made / "rec", scene.val.parent)
    rows = [f"{way}/{line}" for line in (made / "rec" / "train.txt").read_text("utf-8").splitlines()]
    scene.write([*scene.lines(scene.val), *rows], scene.val)
    found = check(scene)
    result = next(one for one in found.results if one.check.id == "synthetic-validation")
    assert (result.verdict, result.count) == ("poor", 3)
    take_over(scene, repair(found.look, curable(found.results, ["synthetic-validation"])))
    assert verdicts(check(scene))["synthetic-validation"] == "fine"


def test_lines_made_of_all_labels_before_the_split_are_told(scene):
    made = synthetic_set(scene, labels={"dataset": "", "undivided": True})
    lists = list(scene.config.get("Train.dataset.label_file_list"))
    scene.config.set("Train.dataset.label_file_list", [*lists, (made / "rec" / "train.txt").as_posix()])
    assert "before there was a dataset" in complaints(check(scene))["synthetic-validation"][0]
    told = {"recipe": {"source": {"deficits": "x"}}, "labels": {"dataset": "one", "undivided": False}}
    for content in (json.dumps(told), "{", "[1]"):
        (made / "synthetic.json").write_text(content, encoding="utf-8")
        assert verdicts(check(scene))["synthetic-validation"] == "fine"


def test_every_list_fits_into_the_new_length(scene):
    scene.texts(lambda text: text * 5, 3)
    lines = scene.lines(scene.val)
    lines[4] += "x" * 20
    scene.write(lines, scene.val)
    take_over(scene, repair((found := check(scene)).look, curable(found.results, ["text-length"])))
    assert scene.config.get("Global.max_text_length") == 37
    assert verdicts(check(scene))["text-length"] == "fine"


def test_a_repair_never_writes_over_an_earlier_one(scene):
    scene.texts(lambda text: text + " ", 3)
    for name in ("train.repaired.txt", "train.repaired-2.txt"):
        found = check(scene)
        done = repair(found.look, curable(found.results, ["edge-spaces"]))
        assert [path.name for path in done.written] == [name]
    assert done.changed == 1
    assert done.left_out == 0


def test_pictures_that_moved_are_found_by_their_names(scene):
    (scene.rec / "train").rename(scene.rec / "moved")
    scene.config.set("Train.dataset.label_file_list", [scene.train.as_posix()])
    found = check(scene)
    assert verdicts(found)["missing-pictures"] == "fail"
    done = repair(found.look, curable(found.results, ["missing-pictures"]))
    assert done.left_out == 0
    assert done.changed == 120
    assert (scene.rec / "train.repaired.txt").read_text("utf-8").startswith("moved/scan1_0.png\t")


def test_lines_that_name_no_picture_are_left_out_and_the_others_kept(scene):
    lines = scene.train.read_text("utf-8").splitlines()
    scene.train.write_text(
        "\n".join([*lines[:50], lines[50].replace("\t", "  "), *["junk"] * 200]) + "\n", "utf-8", newline="\n"
    )
    found = check(scene, BUILTIN)
    assert verdicts(found)["tabs"] == "fail"
    done = repair(found.look, curable(found.results, ["tabs"]))
    take_over(scene, done)
    assert (done.changed, done.left_out) == (1, 200)
    assert verdicts(check(scene, BUILTIN))["tabs"] == "fine"


def test_a_repair_that_would_leave_nothing_is_refused(scene):
    scene.texts(lambda _: "", *range(120))
    found = check(scene)
    with pytest.raises(DatasetError, match="no line would be left"):
        repair(found.look, curable(found.results, ["empty-texts"]))
    assert not list(scene.rec.glob("*repaired*"))


EPOCH_STEPS = "Global.eval_batch_step"
CONFIG_FAULTS = [
    ({"Optimizer.lr.learning_rate": 0.05}, "rate", "poor"),
    ({"Optimizer.lr.learning_rate": 1e-9}, "rate", "poor"),
    ({"Optimizer.lr.warmup_epoch": 40}, "warm-up", "poor"),
    ({"Train.loader.batch_size_per_card": 200, "Train.sampler": None, "Train.loader.drop_last": True}, "batch", "fail"),
    (
        {"Train.loader.batch_size_per_card": 64, "Train.sampler": None, "Train.loader.drop_last": True},
        "last-batch",
        "poor",
    ),
    ({EPOCH_STEPS: [0, 20000]}, "evaluation", "fail"),
    ({EPOCH_STEPS: [0, 200]}, "evaluation", "poor"),
    ({"Metric.main_indicator": "hmean"}, "best-model", "fail"),
    ({"Train.dataset.ratio_list": [1.0, 0.5]}, "ratios", "fail"),
    ({"Global.max_text_length": 40}, "text-length-copies", "poor"),
    ({"Global.use_space_char": False}, "spaces", "poor"),
    ({"Metric.ignore_space": True}, "spaces", "poor"),
    ({"Global.use_gpu": True}, "gpu", "fail"),
    ({"Train.loader.num_workers": 64}, "workers", "poor"),
    ({"Train.loader.use_shared_memory": True, "Train.loader.num_workers": 2}, "shared-memory", "poor"),
    ({"Train.sampler.first_bs": 192}, "memory", "fail"),
    ({"Global.epoch_numm": 3}, "keys", "poor"),
    ({"Global.epoch_num": 3000}, "time", "poor"),
]


@pytest.mark.parametrize(("changes", "name", "verdict"), CONFIG_FAULTS, ids=[f"{n}-{v}" for _, n, v in CONFIG_FAULTS])
def test_a_config_that_does_not_fit_is_told_and_repaired(scene, changes, name, verdict):
    for key, value in changes.items():
        scene.config.set(key, value)
    machine = Machine(cpus=2, shared_memory=GB)
    found = check(scene, machine=machine)
    assert verdicts(found)[name] == verdict
    if name == "time":
        return
    take_over(scene, repair(found.look, curable(found.results, [name])))
    assert verdicts(check(scene, machine=machine))[name] == "fine"


def test_values_of_a_wrong_kind_are_all_told(scene):
    text = scene.config.to_yaml()
    text = text.replace("print_batch_step: ", "print_batch_step: often #").replace("use_gpu: false", "use_gpu: perhaps")
    scene.config = TrainConfig.from_yaml(text, raw=True)
    told = complaints(check(scene))["values"]
    assert len(told) == 2
    assert any("Global.print_batch_step must be a whole number" in one for one in told)


def test_a_rate_that_is_text_is_written_as_a_number(scene):
    rate = scene.config.get("Optimizer.lr.learning_rate")
    text = scene.config.to_yaml().replace(f"learning_rate: {rate}", 'learning_rate: "1e-4"')
    scene.config = TrainConfig.from_yaml(text, raw=True)
    found = check(scene)
    assert verdicts(found)["rate-number"] == "fail"
    assert curable(found.results, ["rate-number"])[0].settings == {"Optimizer.lr.learning_rate": 1e-4}


def test_windows_leaves_out_the_last_batch(scene):
    scene.config.set("Eval.loader.batch_size_per_card", 64)
    scene.config.set("Train.loader.num_workers", 2)
    found = check(scene, machine=Machine(cpus=2, windows=True))
    assert verdicts(found)["last-batch"] == "fail"
    assert verdicts(found)["workers"] == "poor"


def test_new_characters_need_lines_and_a_wider_dictionary_says_which_are_never_learned(scene):
    (scene.data / "dict.txt").write_text((scene.data / "dict.txt").read_text("utf-8") + "Ⅻ\nⅪ\n", "utf-8")
    scene.texts(lambda text: text[:6] + "Ⅻ", 5, 6)
    found = check(scene, known=frozenset((scene.data / "dict.txt").read_text("utf-8").split()) - {"Ⅻ", "Ⅺ"})
    told = complaints(found)
    assert told["characters-samples"] == [
        "1 characters that the model does not know yet are in fewer than 200 training lines each: Ⅻ×2. "
        "Label or make more lines with them (synthesis)."
    ]
    assert (
        "1 of the dictionary's 45 characters are in no line, so they cannot be learned: Ⅺ."
        in told["characters-unused"][0]
    )


def test_what_cannot_be_seen_is_not_called_fine(scene):
    scene.train.unlink()
    found = verdicts(check(scene, interpreter=None))
    assert found["lists"] == "fail"
    assert {found[name] for name in ("tabs", "missing-pictures", "spaces", "amount", "packages", "gpu")} == {"open"}
    assert found["epochs"] == "fine"


def test_a_second_look_takes_what_it_knows_from_the_cache(scene, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    first = check(scene, cache=cache)
    monkeypatch.setattr(picture_facts, "picture_facts", lambda path: pytest.fail(f"{path} was read again"))
    assert [one.as_dict() for one in check(scene, cache=cache).results] == [one.as_dict() for one in first.results]
    monkeypatch.undo()
    scene.picture(4).write_bytes(b"")
    assert verdicts(check(scene, cache=cache))["empty-pictures"] == "poor"
    (cache / picture_facts.CACHE_FILE).write_bytes(b"no database")
    assert verdicts(check(scene, cache=cache))["empty-pictures"] == "poor"


def test_hostile_lists_do_not_break_the_check(scene):
    lines = [
        "\0.png\tx",
        "[" * 5000 + "\tx",
        '["train/scan1_0.png", 1]\tx',
        "../../../etc/passwd\tx",
        "a" * 5000 + "\tx",
        "\ud800",
    ]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    scene.train.write_bytes(data + b"\n\xff\xfe\0\n\t\t\t\n")
    assert verdicts(check(scene))["missing-pictures"] == "fail"


def test_the_datasets_own_dictionary_is_offered_before_a_new_one(scene):
    other = scene.folder / "other.txt"
    other.write_text("語\n", "utf-8")
    scene.config.set("Global.character_dict_path", other.as_posix())
    found = check(scene)
    assert verdicts(found)["characters"] == "fail"
    done = repair(found.look, curable(found.results, ["characters"]))
    assert done.settings == {"Global.character_dict_path": (scene.data / "dict.txt").as_posix()}
    assert done.written == []


@pytest.mark.parametrize("template", template_names())
def test_no_key_of_our_own_templates_is_taken_for_a_mistake(template, scene):
    scene.config = TrainConfig.template(template)
    look = Look(scene.config, BUILTIN)
    look_at_keys(look)
    assert look.found == []


def test_pages_are_looked_at_too(tmp_path):
    data = make_dataset(tmp_path / "data", lines=2, pages=12)
    config = TrainConfig.template("ppocrv4_mobile_det")
    config.use_dataset(data)
    train = data / "det" / "train.txt"
    for part in ("train", "val"):
        for number in range(12):
            # blank pages all look the same
            write_picture(data / "det" / part / f"{number}.jpg", draw_line(f"{part}{number}", number, (300, 200)))
    shutil.copy(data / "det" / "val" / "3.jpg", data / "det" / "train" / "5.jpg")
    lines = train.read_text("utf-8").splitlines()
    lines[1] = lines[1].split("\t")[0] + "\t[]"
    lines[2] = lines[2].replace("1234", "###")
    lines[4] = lines[4].replace("110", "910")
    lines[6] = lines[6][:-4]
    train.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    found = flight_check(config, BUILTIN, Situation(Machine(cpus=2), paddle="3.2.2"), save_dir=tmp_path)
    counted = {one.check.id: (one.verdict, one.count) for one in found.results if one.verdict in ("fail", "poor")}
    assert counted == {
        "no-boxes": ("poor", 1),
        "ignored-pages": ("poor", 1),
        "outside-boxes": ("poor", 1),
        "boxes": ("fail", 1),
        "shared-pictures": ("poor", 1),
    }


def test_weights_of_other_characters_can_be_grafted(scene):
    weights = scene.folder / "best_accuracy.pdparams"
    layers = {"backbone.blocks2.0.x": (1,), "head.ctc_head.fc.bias": (9,), "head.ctc_head.fc.weight": (120, 9)}
    write_tensors(weights, {name: np.zeros(shape, np.float32) for name, shape in layers.items()})
    scene.config.set("Global.pretrained_model", weights.as_posix())
    found = check(scene, known=None)
    result = next(one for one in found.results if one.check.id == "weights-characters")
    assert result.verdict == "poor"
    assert result.findings[0].cure.command[:3] == ("dict", "extend", str(weights))
    # it takes more than a moment: only who asks for it by name gets it
    assert curable(found.results, ["all"]) == []


def test_the_sample_project_gets_no_complaint(tmp_path):
    store = ProjectStore.open(open_sample(tmp_path / "sample"))
    try:
        dataset = write_split(plan_split(store, SplitOptions("6:2:2", 7, alike=False)), tmp_path / "set")
    finally:
        store.close()
    machine = Situation(Machine(cpus=2), paddle="3.2.2")
    for template in ("ppocrv6_small_rec", "ppocrv6_small_det"):
        config = TrainConfig.template(template)
        config.use_dataset(dataset)
        found = flight_check(config, BUILTIN, machine, save_dir=tmp_path)
        assert complaints(found) == {}
    # a page belongs to one part, whatever else of it is in the lists
    moved = dataset / "rec" / "train.txt"
    lines = moved.read_text("utf-8").splitlines()
    stray = (dataset / "rec" / "test.txt").read_text("utf-8").splitlines()[0]
    moved.write_text("\n".join([*lines, stray]) + "\n", "utf-8", newline="\n")
    config = TrainConfig.template()
    config.use_dataset(dataset)
    told = complaints(flight_check(config, BUILTIN, machine, save_dir=tmp_path))
    assert set(told) == {"shared-pages"}


ODD = [
    ("Train.loader", 5),
    ("Train.dataset.transforms", 5),
    ("Eval.dataset.transforms", {"a": 1}),
    ("Architecture.Backbone", [None]),
    ("Train.sampler.scales", [[320, 32], []]),
    ("Train.sampler.divided_factor", [0, 0]),
    ("Train.dataset.label_file_list", {"a": ["x", [1]]}),
    ("Global.pretrained_model", [None]),
]


@pytest.mark.parametrize(("key", "value"), ODD, ids=[key for key, _ in ODD])
def test_values_of_any_kind_are_findings_and_no_crash(scene, key, value):
    plain = scene.config.plain()
    *parents, name = key.split(".")
    node = plain
    for part in parents:
        node = node[part]
    node[name] = value
    scene.config = TrainConfig.from_yaml(yaml.safe_dump(plain), raw=True)
    for file in (scene.train, scene.val):
        scene.write(scene.lines(file)[:8], file)
    assert "fail" in verdicts(check(scene)).values()


def test_nothing_is_said_about_what_the_rules_were_not_made_for(scene):
    scene.config.set("Optimizer.lr.learning_rate", 0.5)
    scene.config.set("Metric.main_indicator", "exp_rate")
    plain = scene.config.plain()
    plain["Optimizer"]["name"], plain["Metric"]["name"] = "Momentum", "CANMetric"
    scene.config = TrainConfig.from_yaml(yaml.safe_dump(plain), raw=True)
    found = verdicts(check(scene))
    assert (found["rate"], found["best-model"]) == ("open", "open")
