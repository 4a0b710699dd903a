"""What PaddleOCR says when it fails, in plain words; the lines are those of real failures."""

import pytest

from ocrstudio.core.failures import OTHER_NETWORK_FROM, RULES, Diagnosis, explain

PARSING = "[2026/11/22 07:07:27] ppocr ERROR: When parsing line {}\n, error happened with msg: Traceback (most recent"
RECURSION = "RecursionError: maximum recursion depth exceeded while calling a Python object"
STEP = "[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.0, loss: 1.0"
SHAPES = (
    "[2026/11/22 07:22:18] ppocr WARNING: The shape of model params head.ctc_head.fc.weight paddle.Size([64, 6625]) "
    "not matched with loaded params head.ctc_head.fc.weight paddle.Size([64, 68]) !"
)
FOREIGN = "[2026/11/22 07:22:18] ppocr WARNING: The pretrained params backbone.conv{}._conv.weight not in model"


@pytest.mark.parametrize(
    ("line", "rule", "values"),
    [
        (
            "FileNotFoundError: [Errno 2] No such file or directory: '/nope/train.txt'",
            "no_file",
            {"file": "/nope/train.txt"},
        ),
        ("AttributeError: 'ParallelEnv' object has no attribute '_device_id'. Did you mean: 'device_id'?", "gpu", {}),
        (
            "RuntimeError: Download from https://x.com/MobileNetV3.pdparams failed. Retry limit reached",
            "download",
            {"url": "https://x.com/MobileNetV3.pdparams"},
        ),
        ("[2026/11/22 07:13:32] ppocr ERROR: No Images in train dataset, please ensure", "no_training_lines", {}),
        (
            "AssertionError: The /nope/best_accuracy.pdparams does not exists!",
            "no_weights",
            {"file": "/nope/best_accuracy.pdparams"},
        ),
        ("EOFError: Ran out of input", "cut_weights", {}),
        ("ValueError: `paddle.load` can not parse the file:fdata/trunc.pdparams.", "cut_weights", {}),
        ("_pickle.UnpicklingError: pickle data was truncated", "cut_weights", {}),
        (
            "AssertionError: Variable Shape not match, Variable [ linear_8.w_0_moment1_0 ]",
            "other_dictionary",
            {},
        ),
        ("TypeError: The type of learning rate must be float, but received <class 'str'>", "learning_rate", {}),
        ("TypeError: object of type 'NoneType' has no len()", "no_eval_set", {}),
        ("AssertionError:  'T_max' must be a positive integer.", "no_epochs", {}),
        ("AssertionError: only support yaml files for now", "yaml_extension", {}),
        (
            "yaml.parser.ParserError: while parsing a flow sequence",
            "yaml",
            {"reason": "while parsing a flow sequence"},
        ),
        (
            "NotADirectoryError: [Errno 20] Not a directory: 'fdata/t8.txt/out'",
            "save_dir_is_file",
            {"file": "fdata/t8.txt/out"},
        ),
        ("OSError: [Errno 30] Read-only file system: 'romnt/out'", "read_only", {"file": "romnt/out"}),
        ("PermissionError: [Errno 13] Permission denied: '/runs/x'", "read_only", {"file": "/runs/x"}),
        ("OSError: [Errno 28] No space left on device", "disk_full", {}),
        ("NameError: name 'RecAugg' is not defined", "unknown_name", {"name": "RecAugg"}),
        ("AssertionError", "unknown_algorithm", {}),
        ("ImportError: numpy.core.multiarray failed to import", "opencv_numpy", {}),
        ("zlib.error: Error -2 while decompressing data: inconsistent stream state", "zlib", {}),
        ("ModuleNotFoundError: No module named 'lmdb'", "no_module", {"name": "lmdb"}),
        ("ResourceExhaustedError: Out of memory error on GPU 0.", "memory", {}),
        ("  It may be caused by insufficient shared storage space. This problem usually", "shared_memory", {}),
        ("ERROR: Unexpected BUS error encountered in DataLoader worker. This might be", "shared_memory", {}),
        ("SystemError: (Fatal) Blocking queue is killed because the data reader raises an exception.", "loader", {}),
        ("NotImplementedError: (Unimplemented) ConvertPirAttribute2RuntimeAttribute not support", "paddle_3_3", {}),
    ],
)
def test_a_real_message_is_explained(line, rule, values):
    cause = explain(["Traceback (most recent call last):", line])
    assert cause is not None
    assert cause.id == rule
    assert {name: text for name, text in cause.values.items() if name != "sample"} == values
    assert "{" not in cause.text()


@pytest.mark.parametrize(
    ("complaint", "rule"),
    [
        ("IndexError: list index out of range", "no_tab"),
        ("Exception: data/rec/images/zzz.png does not exist!", "image_missing"),
        ("Exception: data/rec/\ufeffimages/0000.png does not exist!", "byte_order_mark"),
        ("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "bad_json"),
        ("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xb1 in position 18: invalid start byte", "not_utf8"),
        ("AssertionError: invalid input 'img' in DecodeImage", "bad_image"),
        ("TypeError: only 0-dimensional arrays can be converted to Python scalars", "numpy_24"),
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
    lines = [
        *PARSING.format("a.png x").split("\n"),
        "FileNotFoundError: [Errno 2] No such file or directory: 'a.png'",
        STEP,
    ]
    assert explain(lines).kind == "sample"


def test_weights_of_another_dictionary_and_of_another_network_are_told_once():
    diagnosis = Diagnosis()
    told = [diagnosis.feed(SHAPES), diagnosis.feed(SHAPES)]
    told += [diagnosis.feed(FOREIGN.format(number)) for number in range(2 * OTHER_NETWORK_FROM)]
    assert [failure.id for failure in told if failure] == ["other_shapes", "other_network"]
    assert diagnosis.cause is None


@pytest.mark.parametrize(
    "line",
    [
        "list index out of range",
        "Skipping import of the encryption module.",
        "site-packages/paddle/utils/cpp_extension/extension_utils.py:712: UserWarning: No ccache found.",
        "W1122 07:07:28.021835  1864 multiply_fwd_func.cc:86] got different data type",
        "[2026-11-22 07:22:18,619] [    INFO] optimizer.py:254 - If regularizer of a Parameter has been set",
        STEP,
    ],
)
def test_harmless_lines_mean_nothing(line):
    assert Diagnosis().feed(line) is None


def test_every_rule_fills_its_templates():
    for rule in RULES:
        names = {**dict.fromkeys(rule.pattern.groupindex, "x"), "sample": "x"}
        assert rule.what.format(**names)
        assert rule.remedy.format(**names) or rule.id == "no_moments"
    assert len({rule.id for rule in RULES}) == len(RULES)
