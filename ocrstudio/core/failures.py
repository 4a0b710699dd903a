"""What a training of PaddleOCR says when it fails, and what that means in plain words.

A table of patterns over lines of output. PaddleOCR answers bad samples by silently taking others, and hangs when none
is good; so the complaints about samples are warnings while training goes on, and the cause once it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP

Kind = Literal["fatal", "stuck", "warning", "sample"]

LONGEST_SAMPLE = 120
# So many tensors that do not fit are no longer a changed dictionary but another network.
OTHER_NETWORK_FROM = 20


@dataclass(frozen=True)
class Rule:
    """One kind of failure.

    Attributes:
        id: Stable name for tests and scripts.
        pattern: Searched in a line; its named groups fill the templates.
        what: Template of what happened (context "Errors").
        remedy: Template of what to do.
        kind: `fatal` ends a training, `stuck` leaves it waiting for ever, `warning` lets it go on, `sample` is a
            warning that says why when a training is stuck.
    """

    id: str
    pattern: re.Pattern[str]
    what: str
    remedy: str
    kind: Kind = "fatal"


@dataclass(frozen=True)
class Failure:
    """A failure that was recognised: templates and the values that fill them."""

    id: str
    what: str
    remedy: str
    values: dict[str, Any] = field(default_factory=dict)
    kind: Kind = "fatal"

    def text(self) -> str:
        """In English."""
        return " ".join(part.format(**self.values) for part in (self.what, self.remedy) if part)


CORRECT_PATH = QT_TRANSLATE_NOOP("Errors", "Correct the path in the config and start again.")
WRITE_AGAIN = QT_TRANSLATE_NOOP("Errors", "Write the dataset again, or correct the line.")
# The most telling first: the first rule of the table that any line has met is the one that is told.
RULES: tuple[Rule, ...] = (
    Rule(
        "gpu",
        re.compile(r"'ParallelEnv' object has no attribute '_device_id'|use_gpu. cannot be set as true"),
        QT_TRANSLATE_NOOP("Errors", "The config asks for a graphics card, but this Paddle is for the processor only."),
        QT_TRANSLATE_NOOP("Errors", "Set Global.use_gpu to false, or choose an interpreter with paddlepaddle-gpu."),
    ),
    Rule(
        "disk_full",
        re.compile(r"\[Errno 28\]|No space left on device"),
        QT_TRANSLATE_NOOP("Errors", "The disk is full: a checkpoint could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Make room, then resume the run; what was saved before is kept."),
    ),
    Rule(
        "shared_memory",
        re.compile(r"insufficient shared storage space|Unexpected BUS error encountered in DataLoader|^Bus error"),
        QT_TRANSLATE_NOOP("Errors", "The shared memory (/dev/shm) is too small for the loaders."),
        QT_TRANSLATE_NOOP(
            "Errors", "Set use_shared_memory of Train.loader and Eval.loader to false, or enlarge /dev/shm."
        ),
    ),
    Rule(
        "memory",
        re.compile(
            r"ResourceExhausted|Out of memory error|out of memory on|std::bad_alloc|^MemoryError|CUDNN_STATUS_ALLOC"
        ),
        QT_TRANSLATE_NOOP("Errors", "Training ran out of memory."),
        QT_TRANSLATE_NOOP("Errors", "Set a smaller Train.loader.batch_size_per_card, or close other programs."),
    ),
    Rule(
        "download",
        re.compile(r"Download from (?P<url>\S+) failed|Downloading from (?P<url2>\S+) failed"),
        QT_TRANSLATE_NOOP("Errors", "The weights {url} could not be downloaded."),
        QT_TRANSLATE_NOOP("Errors", "Set Global.pretrained_model to weights on this computer, or leave it empty."),
    ),
    Rule(
        "no_training_lines",
        re.compile(r"No Images in train dataset"),
        QT_TRANSLATE_NOOP("Errors", "There are no training lines, or fewer than one batch needs."),
        QT_TRANSLATE_NOOP(
            "Errors", "Add lines, set a smaller Train.loader.batch_size_per_card, or Train.loader.drop_last to false."
        ),
    ),
    Rule(
        "no_weights",
        re.compile(r"AssertionError: The (?P<file>.+?\.pdparams) does not exists"),
        QT_TRANSLATE_NOOP("Errors", "The weights {file} do not exist."),
        CORRECT_PATH,
    ),
    Rule(
        "cut_weights",
        re.compile(r"EOFError: Ran out of input|can not parse the file|pickle data was truncated"),
        QT_TRANSLATE_NOOP("Errors", "The weights to start from are cut off or broken."),
        QT_TRANSLATE_NOOP("Errors", "Choose another checkpoint, or get the file again."),
    ),
    Rule(
        "other_dictionary",
        re.compile(r"Variable Shape not match"),
        QT_TRANSLATE_NOOP("Errors", "The checkpoint was trained with another dictionary or network."),
        QT_TRANSLATE_NOOP("Errors", "Start a new run with Global.pretrained_model instead of resuming."),
    ),
    Rule(
        "learning_rate",
        re.compile(r"The type of learning rate must be float"),
        QT_TRANSLATE_NOOP("Errors", "The learning rate is a text, not a number."),
        QT_TRANSLATE_NOOP("Errors", "Write it with a point, such as 0.001 or 1.0e-3."),
    ),
    Rule(
        "no_eval_set",
        re.compile(r"object of type 'NoneType' has no len\(\)"),
        QT_TRANSLATE_NOOP("Errors", "The config has no Eval section, which PaddleOCR needs."),
        QT_TRANSLATE_NOOP("Errors", "Name a validation list in Eval.dataset.label_file_list."),
    ),
    Rule(
        "no_epochs",
        re.compile(r"'T_max' must be a positive integer"),
        QT_TRANSLATE_NOOP("Errors", "The run has no epoch to train."),
        QT_TRANSLATE_NOOP("Errors", "Set Global.epoch_num to 1 or more."),
    ),
    Rule(
        "yaml_extension",
        re.compile(r"only support yaml files for now"),
        QT_TRANSLATE_NOOP("Errors", "The config's name does not end in .yml or .yaml."),
        QT_TRANSLATE_NOOP("Errors", "Rename it."),
    ),
    Rule(
        "yaml",
        re.compile(r"yaml\.\w+\.(?:Parser|Scanner|Composer|Constructor|Reader)Error: (?P<reason>.*)"),
        QT_TRANSLATE_NOOP("Errors", "The config is no valid YAML: {reason}."),
        QT_TRANSLATE_NOOP("Errors", "Correct it on the Config page, which names the line."),
    ),
    Rule(
        "save_dir_is_file",
        re.compile(r"(?:NotADirectoryError: \[Errno 20\][^']*|FileExistsError: \[Errno 17\][^']*)'(?P<file>[^']*)'"),
        QT_TRANSLATE_NOOP("Errors", "{file} cannot be made: a file is where the run's folder should be."),
        QT_TRANSLATE_NOOP("Errors", "Choose another Global.save_model_dir."),
    ),
    Rule(
        "read_only",
        re.compile(r"(?:\[Errno 30\]|\[Errno 13\])[^']*'(?P<file>[^']*)'"),
        QT_TRANSLATE_NOOP("Errors", "{file} may not be written."),
        QT_TRANSLATE_NOOP("Errors", "Choose a folder that you may write to."),
    ),
    Rule(
        "no_file",
        re.compile(r"FileNotFoundError: \[Errno 2\][^']*'(?P<file>[^']*)'"),
        QT_TRANSLATE_NOOP("Errors", "{file} does not exist."),
        CORRECT_PATH,
    ),
    Rule(
        "opencv_numpy",
        re.compile(r"numpy\.core\.multiarray failed to import|compiled using NumPy 1\.x cannot be run"),
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new for its OpenCV or Paddle."),
        QT_TRANSLATE_NOOP("Errors", 'Install in it: pip install "numpy<2".'),
    ),
    Rule(
        "zlib",
        re.compile(r"inconsistent stream state|free\(\): invalid pointer"),
        QT_TRANSLATE_NOOP("Errors", "This Paddle and the system's zlib get into each other's way."),
        QT_TRANSLATE_NOOP("Errors", "Set LD_PRELOAD to the system's libz.so.1 and start again."),
    ),
    Rule(
        "no_module",
        re.compile(r"ModuleNotFoundError: No module named '(?P<name>[^']+)'"),
        QT_TRANSLATE_NOOP("Errors", "The interpreter lacks the package {name}."),
        QT_TRANSLATE_NOOP("Errors", "Install the checkout's requirements.txt in it, or choose another interpreter."),
    ),
    Rule(
        "unknown_name",
        re.compile(r"NameError: name '(?P<name>\w+)' is not defined"),
        QT_TRANSLATE_NOOP("Errors", "The config names {name}, which this checkout does not know."),
        QT_TRANSLATE_NOOP("Errors", "Correct the spelling, or choose a checkout that has it."),
    ),
    Rule(
        "unknown_algorithm",
        re.compile(r"^AssertionError\s*$|\bassert alg in\b"),
        QT_TRANSLATE_NOOP("Errors", "This checkout does not know the config's Architecture.algorithm."),
        QT_TRANSLATE_NOOP("Errors", "Correct the spelling, or choose a checkout that has it."),
    ),
    Rule(
        "missing_key",
        re.compile(r"^KeyError: '(?P<name>[^']+)'"),
        QT_TRANSLATE_NOOP("Errors", "The config lacks {name}."),
        QT_TRANSLATE_NOOP("Errors", "Start from one of the checkout's own configs."),
    ),
    Rule(
        "paddle_3_3",
        re.compile(r"ConvertPirAttribute2RuntimeAttribute|the 0th elementwise MUST be ir::FloatAttribute"),
        QT_TRANSLATE_NOOP("Errors", "Detectors exported by Paddle 3.3 do not run."),
        QT_TRANSLATE_NOOP("Errors", "Export with Paddle 3.2.2: the trained weights are fine."),
    ),
    Rule(
        "segfault",
        re.compile(r"FatalError: `?Segmentation fault"),
        QT_TRANSLATE_NOOP("Errors", "Paddle crashed (segmentation fault)."),
        QT_TRANSLATE_NOOP("Errors", "Resume the run; if it happens again, use the proven package versions."),
    ),
    Rule(
        "no_good_sample",
        re.compile(r"^(?:E\s+)?RecursionError: maximum recursion depth exceeded"),
        QT_TRANSLATE_NOOP("Errors", "No line of the dataset can be used: PaddleOCR tried others until it gave up."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check that the dictionary has the labels' characters and max_text_length suffices."
        ),
        "stuck",
    ),
    Rule(
        "loader",
        re.compile(r"DataLoader (?:process|worker).*exited|Blocking queue is killed"),
        QT_TRANSLATE_NOOP("Errors", "A loader process ended unexpectedly."),
        QT_TRANSLATE_NOOP("Errors", "Set num_workers of Train.loader and Eval.loader to 0 and start again."),
    ),
    Rule(
        "numpy_24",
        re.compile(r"TypeError: only 0-dimensional arrays can be converted"),
        QT_TRANSLATE_NOOP("Errors", "The interpreter's NumPy is too new for the training of detectors."),
        QT_TRANSLATE_NOOP("Errors", 'Install in it: pip install "numpy<2.4".'),
        "sample",
    ),
    Rule(
        "byte_order_mark",
        re.compile("Exception: .*\ufeff.* does not exist!"),
        QT_TRANSLATE_NOOP("Errors", "The label list begins with a byte order mark: its first line is not used."),
        QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8 without it."),
        "sample",
    ),
    Rule(
        "image_missing",
        re.compile(r"Exception: (?P<file>.+) does not exist!"),
        QT_TRANSLATE_NOOP("Errors", "The image {file} of the label list does not exist; another one takes its place."),
        QT_TRANSLATE_NOOP("Errors", "Check data_dir and the paths of the list."),
        "sample",
    ),
    Rule(
        "no_tab",
        re.compile(r"IndexError: list index out of range"),
        # good lines are blamed too: those that a bad one was to be joined to
        QT_TRANSLATE_NOOP("Errors", 'A label line has no tab between image and text (met while reading "{sample}").'),
        WRITE_AGAIN,
        "sample",
    ),
    Rule(
        "bad_json",
        re.compile(r"JSONDecodeError"),
        QT_TRANSLATE_NOOP("Errors", 'The label line "{sample}" holds no valid JSON; it is not used.'),
        WRITE_AGAIN,
        "sample",
    ),
    Rule(
        "not_utf8",
        re.compile(r"UnicodeDecodeError: 'utf-8' codec"),
        QT_TRANSLATE_NOOP("Errors", "The label list is not UTF-8; lines with other characters are not used."),
        QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8."),
        "sample",
    ),
    Rule(
        "bad_image",
        re.compile(r"AssertionError: invalid input 'img' in DecodeImage"),
        QT_TRANSLATE_NOOP("Errors", 'The image of the label line "{sample}" is empty; another one takes its place.'),
        QT_TRANSLATE_NOOP("Errors", "Replace the image, or take the line out of the list."),
        "sample",
    ),
    Rule(
        "other_sample",
        re.compile(r"^(?P<reason>\w+(?:Error|Exception): .*)"),
        QT_TRANSLATE_NOOP("Errors", 'The label line "{sample}" is not used: {reason}.'),
        WRITE_AGAIN,
        "sample",
    ),
    Rule(
        "no_eval_lines",
        re.compile(r"No Images in eval dataset"),
        QT_TRANSLATE_NOOP("Errors", "There are no validation lines: PaddleOCR does not evaluate."),
        QT_TRANSLATE_NOOP("Errors", "Name a list with lines in Eval.dataset.label_file_list."),
        "warning",
    ),
    Rule(
        "other_shapes",
        re.compile(r"The shape of model params (?P<name>\S+) .*not matched"),
        QT_TRANSLATE_NOOP("Errors", "The weights were made for another dictionary: {name} and others start anew."),
        QT_TRANSLATE_NOOP(
            "Errors", "Extend the dictionary of the weights to keep what they know: ocrstudio dict extend."
        ),
        "warning",
    ),
    Rule(
        "no_moments",
        re.compile(r"(?P<file>\S+\.pdopt) is not exists"),
        QT_TRANSLATE_NOOP("Errors", "{file} is missing: the optimiser starts anew."),
        "",
        "warning",
    ),
)
OTHER_NETWORK = Rule(
    "other_network",
    re.compile(r"The pretrained params (?P<name>\S+) not in model"),
    QT_TRANSLATE_NOOP("Errors", "The weights belong to another network: training starts almost from nothing."),
    QT_TRANSLATE_NOOP("Errors", "Choose the weights of the config's own network."),
    "warning",
)
# A sample's traceback ends where the logger speaks again.
_LOGGER = re.compile(r"\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\] (?:ppocr|root)")
_SAMPLE = re.compile(r"When parsing line (?P<sample>.*?)(?:, error happened with msg: .*)?$")


class Diagnosis:
    """Reads the output of one training, line by line, and knows at its end what went wrong.

    Attributes:
        samples: How often each kind of complaint about a sample was met.
    """

    def __init__(self) -> None:
        self.samples: Counter[str] = Counter()
        self._met: dict[str, Failure] = {}
        self._sample: str | None = None
        self._foreign = 0

    def feed(self, line: str) -> Failure | None:
        """Takes a line of either stream.

        Returns:
            What the line means, the first time that it is met; None for all others.
        """
        if _LOGGER.search(line):
            found = _SAMPLE.search(line)
            self._sample = found.group("sample").strip()[:LONGEST_SAMPLE] if found else None
        if OTHER_NETWORK.pattern.search(line):
            self._foreign += 1
            return self._meet(OTHER_NETWORK, {}) if self._foreign == OTHER_NETWORK_FROM else None
        for rule in RULES:
            if (rule.kind == "sample") is (self._sample is None) and rule.kind != "stuck":
                continue
            match = rule.pattern.search(line)
            if match:
                if rule.kind == "sample":
                    self.samples[rule.id] += 1
                values = {name.rstrip("2"): text for name, text in match.groupdict().items() if text is not None}
                return self._meet(rule, {"sample": self._sample or "", **values})
        return None

    def _meet(self, rule: Rule, values: dict[str, Any]) -> Failure | None:
        if rule.id in self._met:
            return None
        plain = {name: text.strip().rstrip(".") if isinstance(text, str) else text for name, text in values.items()}
        self._met[rule.id] = Failure(rule.id, rule.what, rule.remedy, plain, rule.kind)
        return self._met[rule.id]

    @property
    def stuck(self) -> bool:
        """Whether the loader has given up: the training will wait for ever."""
        return "no_good_sample" in self._met

    @property
    def cause(self) -> Failure | None:
        """The most telling reason for a training that failed; None if nothing known was met."""
        if self.stuck:
            return self._of_samples() or self._met["no_good_sample"]
        for rule in RULES:
            if rule.id in self._met and rule.kind == "fatal":
                return self._met[rule.id]
        return self._of_samples()

    def _of_samples(self) -> Failure | None:
        common = [rule_id for rule_id, _ in self.samples.most_common() if rule_id != "other_sample"]
        chosen = common or list(self.samples)
        return self._met[chosen[0]] if chosen else None

    @property
    def warnings(self) -> list[Failure]:
        """What a training that went on did not like."""
        return [failure for failure in self._met.values() if failure.kind in ("warning", "sample")]


def explain(lines: Iterable[str]) -> Failure | None:
    """What a whole output says about its failure, or None."""
    diagnosis = Diagnosis()
    for line in lines:
        diagnosis.feed(line)
    return diagnosis.cause
