"""What a training says when it fails, in plain words; the lines are those of real failures."""

import time
from pathlib import Path

import pytest
from failure_messages import FATAL, HARMLESS, SILENT, WARNINGS

from ocrstudio.core.failures import (
    OTHER_NETWORK_FROM,
    RULES,
    STEPS_AFTER,
    Diagnosis,
    read_log,
)
from ocrstudio.core.failures_training import OTHER_NETWORK

LOGS = Path(__file__).resolve().parents[3] / "shared" / "spec" / "paddleocr_logs"
PARSING = "[2026/11/22 07:07:27] ppocr ERROR: When parsing line {}\n, error happened with msg: Traceback (most recent"
RECURSION = "RecursionError: maximum recursion depth exceeded while calling a Python object"
STEP = "[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.0, loss: 1.0"
BEGINNING = "[2026/11/22 07:07:20] ppocr INFO: Architecture : "
SHAPES = (
    "[2026/11/22 07:22:18] ppocr WARNING: The shape of model params head.ctc_head.fc.weight paddle.Size([64, 6625]) "
    "not matched with loaded params head.ctc_head.fc.weight paddle.Size([64, 68]) !"
)
FOREIGN = "[2026/11/22 07:22:18] ppocr WARNING: The pretrained params backbone.conv{}._conv.weight not in model"
MICROSECONDS_A_LINE = 20


def explain(lines):
    diagnosis = Diagnosis()
    for line in lines:
        diagnosis.feed(line)
    return diagnosis.cause


@pytest.mark.parametrize(
    ("line", "rule", "values"),
    [case[1:] for case in FATAL],
    ids=[f"{thread}-{rule}" for thread, _, rule, _ in FATAL],
)
def test_a_real_message_is_explained(line, rule, values):
    cause = explain(["Traceback (most recent call last):", line])
    assert cause is not None
    assert (cause.id, cause.kind) == (rule, "fatal")
    assert {name: cause.values[name] for name in values} == values
    assert "{" not in cause.text()
    assert "?" not in cause.text()


@pytest.mark.parametrize(("thread", "line", "rule"), WARNINGS, ids=[case[2] for case in WARNINGS])
def test_a_complaint_that_lets_training_go_on_is_a_warning(thread, line, rule):
    diagnosis = Diagnosis()
    told = diagnosis.feed(line)
    assert (told.id, told.kind) == (rule, "warning")
    assert diagnosis.feed(line) is None
    assert diagnosis.cause is None


@pytest.mark.parametrize(("thread", "line", "rule"), HARMLESS, ids=[case[2] for case in HARMLESS])
def test_harmless_lines_are_known_and_no_warning(thread, line, rule):
    diagnosis = Diagnosis()
    assert diagnosis.feed(line) is None
    assert [failure.id for failure in diagnosis.harmless] == [rule]
    assert read_log([line]).status == "good"


@pytest.mark.parametrize("line", SILENT)
def test_ordinary_lines_mean_nothing(line):
    diagnosis = Diagnosis()
    assert diagnosis.feed(line) is None
    assert not diagnosis.harmless
    assert not diagnosis.unknown


@pytest.mark.parametrize(
    ("complaint", "rule"),
    [
        ("IndexError: list index out of range", "no_tab"),
        ("Exception: data/rec/images/zzz.png does not exist!", "image_missing"),
        (r"Exception: data/rec/images\0000.png does not exist!", "backslash_path"),
        ("Exception: data/rec/\ufeffimages/0000.png does not exist!", "byte_order_mark"),
        ("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "bad_json"),
        ("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xb1 in position 18: invalid start byte", "not_utf8"),
        ("AssertionError: invalid input 'img' in DecodeImage", "bad_image"),
        ("cv2.error: OpenCV(4.6.0) color.cpp:182: error: (-215:Assertion failed) !_src.empty()", "bad_image"),
        ("TypeError: only 0-dimensional arrays can be converted to Python scalars", "numpy_24"),
        ("ValueError: setting an array element with a sequence. The requested array has", "uneven_polygons"),
        ("KeyError: 'odd'", "other_sample"),
    ],
)
def test_a_bad_sample_is_a_warning_and_the_cause_once_the_loader_gives_up(complaint, rule):
    diagnosis = Diagnosis()
    told = [diagnosis.feed(line) for line in [*PARSING.format("images/0007.png 1948-A").split("\n"), complaint, STEP]]
    (warning,) = [failure for failure in told if failure]
    assert (warning.id, warning.kind) == (rule, "sample")
    assert diagnosis.warnings == [warning]
    assert not diagnosis.stuck
    diagnosis.feed(RECURSION)
    assert diagnosis.stuck
    assert diagnosis.cause == warning


def test_a_loader_that_gives_up_without_a_word_points_at_the_dictionary():
    cause = explain(["Exception in thread Thread-1 (_thread_loop):", RECURSION])
    assert cause.id == "no_good_sample"
    assert "dictionary" in cause.text()


def test_the_most_frequent_complaint_is_the_cause():
    lines = []
    for complaint, times in (
        ("AssertionError: invalid input 'img' in DecodeImage", 1),
        ("IndexError: list index out of range", 5),
    ):
        lines += [*PARSING.format("a.png x").split("\n"), complaint, STEP] * times
    assert explain([*lines, RECURSION]).id == "no_tab"


def test_what_a_sample_raised_is_not_taken_for_the_trainings_own_end():
    raised = "FileNotFoundError: [Errno 2] No such file or directory: 'a.png'"
    lines = [*PARSING.format("a.png x").split("\n"), raised, STEP]
    assert explain(lines).kind == "sample"
    # the words of a label are no message either
    assert explain(PARSING.format("a.png CUDA error(35) Killed").split("\n")) is None


def test_a_traceback_after_that_of_a_sample_is_the_trainings_own():
    lines = [*PARSING.format("a.png x").split("\n"), "KeyError: 'odd'", "", "Traceback (most recent call last):"]
    assert explain([*lines, "OSError: [Errno 28] No space left on device"]).id == "disk_full"
    chained = [*lines[:-1], "During handling of the above exception, another exception occurred:", lines[-1]]
    assert explain([*chained, "OSError: [Errno 28] No space left on device"]).kind == "sample"


def test_the_most_telling_of_several_messages_is_the_cause():
    lines = ["SystemError: (Fatal) Blocking queue is killed", "MemoryError", "Out of memory error on GPU 0."]
    assert explain(lines).id == explain(reversed(lines)).id == "gpu_memory"


def test_weights_of_another_dictionary_and_of_another_network_are_told_once():
    diagnosis = Diagnosis()
    told = [diagnosis.feed(SHAPES), diagnosis.feed(SHAPES)]
    told += [diagnosis.feed(FOREIGN.format(number)) for number in range(2 * OTHER_NETWORK_FROM)]
    assert [failure.id for failure in told if failure] == ["other_shapes", "other_network"]
    assert diagnosis.cause is None


def test_what_many_steps_follow_did_not_end_the_training():
    diagnosis = Diagnosis()
    for line in ("A module that was compiled using NumPy 1.x cannot be run in", "OddError: what", STEP):
        diagnosis.feed(line)
    # a few steps may have been on their way
    assert (diagnosis.cause.id, diagnosis.unknown) == ("opencv_numpy", "OddError: what")
    for _ in range(STEPS_AFTER):
        diagnosis.feed(STEP)
    assert (diagnosis.cause, diagnosis.unknown) == (None, "")


def test_an_error_that_no_rule_knows_is_kept_for_a_report():
    found = read_log([STEP, "Traceback (most recent call last):", "ppocr.OddError: never seen\n"])
    assert (found.status, found.unknown, found.steps) == ("unknown", "ppocr.OddError: never seen", 1)


def test_of_several_trainings_in_one_log_the_last_counts():
    failed = [BEGINNING, STEP, "OSError: [Errno 28] No space left on device"]
    assert read_log(failed).cause.id == "disk_full"
    assert read_log([*failed, BEGINNING, STEP]).status == "good"
    again = read_log([*failed, BEGINNING, "KeyError: 'transforms'"])
    assert (again.cause.id, again.steps) == ("missing_key", 0)


def test_the_command_names_the_interpreter_that_trained():
    found = read_log(["ImportError: numpy.core.multiarray failed to import"], python="/my envs/ocr/bin/python")
    assert found.cause.values["command"] == '"/my envs/ocr/bin/python" -m pip install "numpy<2"'
    assert found.cause.values["command"] in found.cause.text()


@pytest.mark.parametrize("text", ["", "\0\0\0", "\ufffd" * 50, "[2026/", "Error: ", "x" * 200_000, "{}{what}%s"])
def test_hostile_lines_break_nothing(text):
    diagnosis = Diagnosis()
    for line in (text, f"[2026/11/22 07:07:27] ppocr ERROR: When parsing line {text}", f"KeyError: {text}"):
        diagnosis.feed(line)
    assert all("{" not in failure.what.format(**failure.values).replace(text, "") for failure in diagnosis.warnings)


def test_every_rule_fills_its_templates_and_every_match_has_a_hint():
    for rule in (*RULES, OTHER_NETWORK):
        names = {name.rstrip("23"): "x" for name in rule.regex.groupindex}
        names |= {"sample": "x", "command": "x"} | ({"package": "x"} if rule.more else {})
        assert rule.what.format(**names)
        assert rule.remedy.format(**names) or rule.id in ("no_moments", "tensorrt")
        assert bool(rule.command) == ("{command}" in rule.remedy)
        assert rule.hints
    assert len({rule.id for rule in RULES}) == len(RULES)
    tested = {case[2] for case in (*FATAL, *WARNINGS, *HARMLESS)}
    assert {rule.id for rule in RULES if rule.kind == "fatal"} - tested <= {"geos"}


# --- whole logs -----------------------------------------------------------------------------------------------------

FAILED = {
    "D01": "download",
    "D02": "no_good_sample",
    "D15c": "shared_memory",
    "F01": "no_file",
    "F02": "no_tab",
    "F03b": "image_missing",
    "F03c": "image_missing",
    "F05b": "no_good_sample",
    "F06b": "no_good_sample",
    "F07": "no_training_lines",
    "F07b": "no_training_lines",
    "F08": "no_weights",
    "F08b": "no_weights",
    "F09b": "other_dictionary",
    "F09d": "cut_weights",
    "F09e": "cut_weights",
    "F10": "gpu",
    "F11": "yaml",
    "F11b": "no_file",
    "F11c": "yaml_extension",
    "F11d": "unknown_name",
    "F11e": "unknown_algorithm",
    "F12": "save_dir_is_file",
    "F12b": "no_permission",
    "F12c": "read_only",
    "F13": "disk_full",
    "F13b": "disk_full",
    "F15b": "no_tab",
    "F15c": "shared_memory",
    "F17e": "backslash_path",
    "F19": "no_file",
    "F20": "learning_rate",
    "F24": "no_eval_set",
    "F24b": "no_file",
    "F25": "no_epochs",
    "F29b": "no_file",
    "S1": "terminated",
    "S2": "terminated",
    "S3": "terminated",
    "S4": "terminated",
    "S5": "terminated",
    "S6": "interrupted",
    "S8": "interrupted",
    "FAIL_2026_det_numpy24_hang": "no_good_sample",
    "FAIL_opt_list_index": "option_list",
}
# Trainings that went on although something was wrong.
WARNED = {
    "F02b": ["no_tab"],
    "F03": ["image_missing"],
    "F04b": ["bad_image"],
    "F07d": ["no_eval_lines"],
    "F09": ["other_shapes"],
    "F09c": ["other_shapes", "other_network"],
    "F17b": ["byte_order_mark"],
    "F17c": ["not_utf8"],
    "F17d": ["no_tab"],
}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r", "\n").splitlines()


@pytest.mark.skipif(not LOGS.is_dir(), reason="the logs of PaddleOCR's own trainings are not here")
def test_all_measured_logs_are_told_apart():
    paths = [path for folder in ("failures", "signals", "train") for path in sorted((LOGS / folder).glob("*.log"))]
    assert len(paths) > 90
    for path in paths:
        name = path.stem if path.parent.name == "train" else path.stem.split("_")[1]
        found = read_log(_lines(path))
        assert (found.cause.id if found.cause else None, name) == (FAILED.get(name), name)
        if found.cause is None:
            assert ([warning.id for warning in found.warnings], name) == (WARNED.get(name, []), name)
            assert (found.status, name) == ("good", name)


def test_reading_a_line_costs_little():
    step = STEP + ", avg_reader_cost: 0.01584 s, avg_batch_cost: 2.72388 s, avg_samples: 8.0, ips: 2.93699 samples/s"
    config = "[2026/11/22 06:36:48] ppocr INFO:         character_dict_path : ppocr/utils/ppocr_keys_v1.txt"
    traced = (
        '  File "/usr/lib/python3.11/site-packages/paddle/io/dataloader/dataloader_iter.py", line 251, in _thread_loop'
    )
    warning = "W1122 07:26:14.596899 10209 multiply_fwd_func.cc:86] got different data type, run type promotion"
    lines = [step, step, step, step, step, step, config, config, traced, warning] * 200
    best = float("inf")
    for _ in range(5):
        diagnosis = Diagnosis()
        began = time.process_time()
        for line in lines:
            diagnosis.feed(line)
        best = min(best, time.process_time() - began)
    assert best / len(lines) * 1e6 < MICROSECONDS_A_LINE
