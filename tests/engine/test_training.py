"""A short training from its folder to its bundle."""

from __future__ import annotations

import json
import math
import pickle

import numpy as np
import pytest
from lines import TEXTS, crop, make_dataset, make_run

from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.core.run_history import STAGES, RunHistory
from ocrstudio.formats.bundle import model_info, read_card
from ocrstudio.formats.log_line import parse_line
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.wrong import read_wrong
from ocrstudio.protocol import messages

BUNDLE_FILES = {"inference.pdiparams", "inference.yml", "dict.txt", "model.onnx", "card.json"}
# what Paddle 3 and Paddle 2 call the program, and Paddle 2's notes on the weights
PROGRAM_FILES = {"inference.json", "inference.pdmodel"}
EXTRA_FILES = {"inference.pdiparams.info"}


def log_records(run):
    return [record for line in run.log_path.read_text(encoding="utf-8").splitlines() if (record := parse_line(line))]


def test_eight_lines_are_learned_by_heart(trained):
    assert trained.result["outcome"] == "finished"
    assert trained.result["acc"] == pytest.approx(1.0, abs=1e-4)
    assert trained.result["cer"] == 0.0


def test_the_metrics_file_tells_the_whole_run(trained):
    records = read_metrics(trained.folder.metrics_path)

    history = RunHistory(records)

    assert history.start["train_samples"] == history.start["val_samples"] == 8
    assert history.start["device"] == "cpu"
    assert history.steps_total == len(history.series("train", "loss")[0]) == trained.result["steps"]
    losses = history.series("train", "loss")[1]
    assert losses[-1] < 0.1 * losses[0]
    assert [record["epoch"] for record in records if record["kind"] == "eval"] == list(range(13))
    assert history.best["acc"] == pytest.approx(trained.result["acc"])
    assert history.end["outcome"] == "finished"


def test_the_latest_evaluation_leaves_what_it_got_wrong(trained):
    wrong = read_wrong(trained.folder.path)
    assert (wrong.task, wrong.measured, wrong.wrong, wrong.items) == ("rec", 8, 0, ())
    assert wrong.step == trained.result["steps"]


def test_the_window_hears_word_for_word_what_the_metrics_file_holds(trained):
    heard = [message.record for message in trained.messages if isinstance(message, messages.Metric)]

    assert heard == read_metrics(trained.folder.metrics_path)


def test_stages_come_in_their_order(trained):
    names = [message.name for message in trained.messages if isinstance(message, messages.Stage)]

    firsts = list(dict.fromkeys(names))
    assert set(firsts) == set(STAGES)
    # the first step need not wait for the evaluation of the starting weights
    assert firsts[:3] == ["load", "train", "eval"]
    assert firsts[-2:] == ["export", "parity"]


def test_the_log_is_in_paddleocrs_form_and_ends_with_the_best(trained):
    records = log_records(trained.folder)

    kinds = [record["kind"] for record in records]
    assert kinds.count("train") == trained.result["steps"]
    assert kinds.count("eval") == 13
    assert kinds[-1] == "best"
    train = next(record for record in records if record["kind"] == "train")
    assert {"lr", "acc", "norm_edit_dis", "loss", "reader_cost", "batch_cost", "ips", "eta"} <= set(train)


def test_the_rate_falls_to_nothing_along_the_cosine(trained):
    steps, rates = RunHistory(read_metrics(trained.folder.metrics_path)).series("train", "lr")

    expected = [0.002 * (1 + math.cos(math.pi * (step - 1) / len(steps))) / 2 for step in steps]
    assert rates == pytest.approx(expected, rel=1e-3)


def test_checkpoints_are_what_paddleocrs_tools_read(paddle, trained):
    for name in ("latest", "best_accuracy"):
        prefix = trained.folder.checkpoint(name)
        states = pickle.loads(prefix.with_name(f"{name}.states").read_bytes())  # noqa: S301  (our own file)
        weights = paddle.load(str(prefix.with_name(f"{name}.pdparams")))
        moments = paddle.load(str(prefix.with_name(f"{name}.pdopt")))
        assert {"best_model_dict", "epoch", "global_step"} <= set(states)
        assert weights["head.weight"].shape == [120, len(set("".join(TEXTS))) + 1]
        assert "LR_Scheduler" in moments
    assert not list(trained.folder.path.glob(".*"))


def test_the_bundle_is_complete_and_says_what_it_is(trained):
    bundle = trained.folder.bundle_dir

    files = {path.name for path in bundle.iterdir()}
    assert files - PROGRAM_FILES - EXTRA_FILES == BUNDLE_FILES
    assert len(files & PROGRAM_FILES) == 1
    info = model_info(bundle)
    assert info.name == "0001-test"
    assert info.characters == len((bundle / "dict.txt").read_text(encoding="utf-8").splitlines())
    assert info.scores["cer"] == 0.0
    assert read_card(bundle)["base_model"] == "bundled"


def test_inference_yml_is_plain_yaml_with_the_dictionary_in_order(trained):
    from ruamel.yaml import YAML

    content = YAML(typ="safe").load((trained.folder.bundle_dir / "inference.yml").read_text(encoding="utf-8"))

    characters = (trained.folder.bundle_dir / "dict.txt").read_text(encoding="utf-8").splitlines()
    assert content["Global"]["model_name"] == "PP-OCRv6_small_rec"
    assert content["PostProcess"] == {"name": "CTCLabelDecode", "character_dict": characters}
    assert " " not in characters


def test_every_form_of_the_model_reads_the_lines_alike(paddle, trained):
    from ocrstudio.engine.parity import onnx_reader, paddle_reader
    from ocrstudio.engine.rec.crops import normalised, straighten

    images = normalised([straighten(crop(text)) for text in TEXTS], 320)
    bundle = trained.folder.bundle_dir

    one, other = paddle_reader(bundle)(images), onnx_reader(bundle / "model.onnx")(images)

    assert np.abs(one - other).max() < 1e-3
    assert one.sum(axis=2) == pytest.approx(1.0, abs=1e-4)


def test_the_recogniser_reads_the_lines_with_the_bundle_spaces_included(trained):
    from ocrstudio.engine.recognizer import PageReader

    read = PageReader(str(trained.folder.bundle_dir)).read_crops([crop(text) for text in TEXTS])

    assert [text for text, _ in read] == list(TEXTS)
    assert min(score for _, score in read) > 0.5


def test_a_bundle_can_be_trained_further(paddle, trained):
    from ocrstudio.engine.nets.catalogue import load_source
    from ocrstudio.engine.network import build_network

    source = load_source(str(trained.folder.bundle_dir), "rec")

    network, graft = build_network(source, source.charset, seed=0)

    assert graft is None
    assert set(source.tensors) <= set(network.state_dict())


def test_an_export_that_reads_otherwise_is_not_released(paddle, trained):
    from ocrstudio.core.charset import Charset
    from ocrstudio.engine.parity import Forms, check_texts
    from ocrstudio.engine.rec.data import pack

    charset = Charset(("a", "b"))
    batch = pack(np.zeros((1, 3, 48, 320), np.float32), [0], ["a"], charset)

    def reader(index):
        return lambda images: np.eye(4, dtype=np.float32)[[[index]]]

    forms = Forms(reader(1), {"Paddle": reader(1), "ONNX": reader(2)})
    with pytest.raises(EngineError, match=r"line 7\.png: 'a' ≠ 'b' \(ONNX\)"):
        check_texts(forms, [batch], charset, ["line 7.png"])


@pytest.fixture
def no_export(paddle, monkeypatch):
    """Writing and comparing the model takes longer than learning it."""
    from ocrstudio.engine import training

    monkeypatch.setattr(training._Run, "_export", lambda *_: {})


def test_resuming_goes_on_where_the_run_stopped(no_export, tmp_path):
    from ocrstudio.engine.training import run_training

    run = make_run(
        make_dataset(tmp_path / "d"), tmp_path / "runs", Global__epoch_num=4, Train__loader__batch_size_per_card=2
    )
    heard = []

    def in_the_middle_of_the_second_epoch():
        return sum(isinstance(m, messages.Metric) and m.record["kind"] == "train" for m in heard) >= 6

    stopped = run_training(run, heard.append, in_the_middle_of_the_second_epoch)
    best_before = stopped["acc"]
    resumed = run_training(run, lambda message: None, resume=True)

    records = read_metrics(run.metrics_path)
    steps = [record["step"] for record in records if record["kind"] == "train"]
    rates = [record["lr"] for record in records if record["kind"] == "train"]
    assert stopped["outcome"] == "stopped"
    assert stopped["steps"] == 6
    assert resumed["outcome"] == "finished"
    assert steps == list(range(1, 17))
    assert rates == sorted(rates, reverse=True)
    assert resumed["acc"] >= best_before
    assert [record["kind"] for record in records].count("end") == 1


def test_training_the_whole_network_learns_too(no_export, tmp_path):
    from ocrstudio.engine.training import run_training

    dataset = make_dataset(tmp_path / "d", TEXTS[:2])
    settings = {"Global__freeze": "none", "Global__epoch_num": 4, "Optimizer__lr__learning_rate": 0.0002}
    run = make_run(dataset, tmp_path / "runs", **settings)

    result = run_training(run, lambda message: None)

    losses = RunHistory(read_metrics(run.metrics_path)).series("train", "loss")[1]
    assert result["outcome"] == "finished"
    assert losses[-1] < losses[0]


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_checkpoint(paddle, tmp_path):
    from ocrstudio.engine.training import run_training

    # decay by rate times factor turns the weights around and multiplies them with every step
    settings = {"Optimizer__name": "AdamW", "Optimizer__lr__learning_rate": 9.0, "Optimizer__regularizer__factor": 9.0}
    run = make_run(make_dataset(tmp_path / "d"), tmp_path / "runs", Global__epoch_num=40, **settings)

    with pytest.raises(EngineError, match=r"the loss is no longer a number.*lower Optimizer\.lr\.learning_rate"):
        run_training(run, lambda message: None)

    history = RunHistory(read_metrics(run.metrics_path))
    assert history.end["outcome"] == "failed"
    assert "no longer a number" in history.end["message"]
    assert run.checkpoint("best_accuracy").with_suffix(".pdparams").is_file()


def test_a_dictionary_that_fits_no_line_is_an_error(tmp_path):
    from ocrstudio.engine.training import run_training

    dataset = make_dataset(tmp_path / "d", TEXTS[:2])
    (dataset / "dict.txt").write_text("x\n")
    run = make_run(dataset, tmp_path / "runs")

    with pytest.raises(StudioError, match=r"no character of this text is in the dictionary \(lines like this: 2\)"):
        run_training(run, lambda message: None)

    assert "ppocr ERROR" in run.log_path.read_text(encoding="utf-8")


def test_missing_paddle_says_how_to_install_it(monkeypatch):
    from ocrstudio.engine.paddle_runtime import require_paddle

    monkeypatch.setitem(__import__("sys").modules, "paddle", None)

    with pytest.raises(EngineError, match=r'pip install "paddlepaddle==3\.2\.2" onnx'):
        require_paddle()


def test_evaluating_a_run_names_its_mistakes(paddle, trained):
    from ocrstudio.engine.evaluation_run import evaluate_run, mistakes

    result = evaluate_run(trained.folder.config(), lambda name, done, total: None, run=trained.folder)

    assert result["lines"] == 8
    assert result["cer"] == 0.0
    assert result["mistakes"] == []
    assert mistakes([("aⅠb", "aIb"), ("Ⅰ", "I"), ("x", "")])[0] == {"truth": "Ⅰ", "read": "I", "count": 2}


def test_evaluating_lines_on_a_list_of_pages_is_refused(paddle, trained, tmp_path):
    from ocrstudio.engine.evaluation_run import evaluate_run

    pages = tmp_path / "val.txt"
    pages.write_text('a.png\t[{"transcription": "a", "points": [[0, 0], [9, 0], [9, 9], [0, 9]]}]\n')
    with pytest.raises(StudioError, match=r"val\.txt, line 1: a page with its boxes.*rec/val\.txt"):
        evaluate_run(trained.folder.config(), lambda name, done, total: None, data=pages)


def test_evaluating_a_config_measures_its_starting_point(paddle, trained):
    from ocrstudio.engine.evaluation_run import evaluate_run

    result = evaluate_run(trained.folder.config(), lambda name, done, total: None)

    assert result["cer"] > 0.0
    json.dumps(result)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "Optimizer.name",
            "Sgd",
            r"Optimizer\.name is Sgd, which .* Use one of: Adam, AdamW",
        ),
        ("Optimizer.beta1", "often", r"config\.yml, line \d+: Optimizer\.beta1 is often, which is not a number"),
        ("Optimizer.lr", 0.001, r"config\.yml, line \d+: Optimizer\.lr is 0\.001, but must be a section"),
        ("Global.devices", "0", r"line \d+: Global\.devices names the graphics cards 0, but Global\.use_gpu is false"),
        (
            "Architecture.Backbone.name",
            "MobileNetV1Enhance",
            r"line \d+: Architecture\.Backbone\.name is MobileNetV1Enhance, which .* PaddleOCR checkout",
        ),
        ("Architecture.algorithm", "Distillation", r"is Distillation, which .* PaddleOCR checkout"),
        ("Global.look_alikes", 5, r"of the wrong kind"),
    ],
)
def test_settings_that_the_engine_cannot_use_are_named(trained, key, value, sentence):
    from ocrstudio.core.errors import ConfigError
    from ocrstudio.engine.settings import TrainSettings

    config = trained.folder.config()
    config.set(key, value)

    with pytest.raises(ConfigError, match=sentence):
        TrainSettings.of(config)


def test_an_unexpected_failure_reaches_the_window_as_a_sentence(paddle, trained, tmp_path, monkeypatch):
    from ocrstudio.engine import loop, training

    def broken(*_):
        raise RuntimeError("ResourceExhaustedError: Out of memory error on GPU 0")

    run = make_run(make_dataset(tmp_path / "d", TEXTS[:2]), tmp_path / "runs")
    monkeypatch.setattr(loop, "train", broken)

    with pytest.raises(EngineError, match=r"out of memory\. Set a smaller Train\.loader\.batch_size_per_card"):
        training.run_training(run, lambda message: None)

    assert "RuntimeError" in run.log_path.read_text(encoding="utf-8")
    assert RunHistory(read_metrics(run.metrics_path)).end["outcome"] == "failed"


def test_a_full_disk_is_noticed_before_the_features_are_computed(paddle, tmp_path, monkeypatch):
    from ocrstudio.engine import feature_file
    from ocrstudio.engine.training import run_training

    run = make_run(make_dataset(tmp_path / "d", TEXTS[:2]), tmp_path / "runs")
    # the cache may lie on another disk than the run, whose own room is looked at before
    monkeypatch.setattr(feature_file, "SPARE_BYTES", 1 << 60)

    with pytest.raises(EngineError, match=r"MB are free\. Make room"):
        run_training(run, lambda message: None)


def test_the_records_tell_the_task_and_why_an_evaluation_is_the_best(trained):
    history = RunHistory(read_metrics(trained.folder.metrics_path))

    assert (history.start["task"], history.start["indicator"], history.start["processes"]) == ("rec", "acc", 1)
    assert history.best["verdict"].startswith("acc ")
    assert "is the best so far" in trained.folder.log_path.read_text(encoding="utf-8")


def test_stopping_before_the_first_step_learns_and_exports_nothing(paddle, tmp_path):
    from ocrstudio.engine.training import run_training

    run = make_run(make_dataset(tmp_path / "d", TEXTS[:2]), tmp_path / "runs")

    result = run_training(run, lambda message: None, lambda: True)

    assert (result["outcome"], result["steps"]) == ("stopped", 0)
    assert "bundle" not in result
    assert not run.bundle_dir.exists()
    assert RunHistory(read_metrics(run.metrics_path)).end["outcome"] == "stopped"


def test_stopping_while_the_model_is_written_keeps_the_checkpoints(paddle, tmp_path):
    from ocrstudio.engine.training import run_training

    dataset = make_dataset(tmp_path / "d", TEXTS[:2])
    run = make_run(dataset, tmp_path / "runs", Global__epoch_num=1, Global__use_amp=True)
    heard = []

    def exporting():
        return any(isinstance(message, messages.Stage) and message.name == "export" for message in heard)

    result = run_training(run, heard.append, exporting)

    assert result["outcome"] == "stopped"
    assert "bundle" not in result
    assert not run.bundle_dir.exists()
    assert run.checkpoint("latest").with_suffix(".pdparams").is_file()
    log = run.log_path.read_text(encoding="utf-8")
    assert "stopped before the model was written" in log
    assert "Global.use_amp needs a graphics card: training in full precision" in log
