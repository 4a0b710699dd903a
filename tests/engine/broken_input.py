"""Everything that can be wrong with a training's input, each a change to a dataset and config that would work.

One table for both engines: `tests/engine/test_bad_input.py` goes through it without training anything.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pages
from lines import make_dataset

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.pdparams import write_tensors

BUILTIN, PADDLEOCR = "builtin", "paddleocr"
BOTH = (BUILTIN, PADDLEOCR)


class Scene:
    """A dataset and a config of one task, to be broken.

    Attributes:
        folder: Holds everything.
        task: "rec" or "det".
        config: What `ocrstudio train` is given.
        out: Where runs go.
        weights: What PaddleOCR would start from.
    """

    def __init__(self, folder: Path, task: str) -> None:
        self.folder, self.task = folder, task
        self.config, self.out = folder / f"{task}.yml", folder / "runs"
        self.data = folder / "data 图" / task
        self.train, self.val = self.data / "train.txt", self.data / "val.txt"
        self.dictionary = self.data.parent / "dict.txt"
        self.weights = folder / "weights.pdparams"

    def picture(self, number: int = 0, part: str = "train") -> Path:
        return self.data / part / (f"line {number}.png" if self.task == "rec" else f"page {number}.png")

    def lines(self, change: Callable[[list[str]], list[str]], list_file: Path | None = None) -> None:
        file = list_file or self.train
        file.write_text("".join(f"{line}\n" for line in change(file.read_text("utf-8").splitlines())), "utf-8")

    def label(self, number: int, label: str) -> None:
        """Puts another label behind the tab of a line, counted from 0."""
        self.lines(lambda lines: [_with(line, label) if at == number else line for at, line in enumerate(lines)])

    def set(self, key: str, value: object) -> None:
        config = TrainConfig.load(self.config)
        config.set(key, value)
        config.save(self.config)

    def text(self, pattern: str, replacement: str) -> None:
        """Changes the config as an editor does."""
        text, count = re.subn(pattern, replacement, self.config.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, pattern
        self.config.write_text(text, "utf-8")


def make_scenes(folder: Path) -> None:
    """Makes a dataset of lines and one of pages, with a config for each."""
    data = make_dataset(folder / "data 图", ("Act Ⅰ", "Part Ⅷ", "Book Ⅱ", "Scene Ⅸ"))
    pages.make_dataset(data, 3, 1, width=320, height=240)
    for task, template in (("rec", "ppocrv4_mobile_rec"), ("det", "ppocrv4_mobile_det")):
        config = TrainConfig.template(template)
        config.use_dataset(data)
        config.set("Global.epoch_num", 1)
        config.set("Train.loader.batch_size_per_card", 2)
        config.save(folder / f"{task}.yml")


def moved(folder: Path, place: Path, task: str) -> Scene:
    """A copy of what `make_scenes` made."""
    shutil.copytree(folder, place, dirs_exist_ok=True)
    scene = Scene(place, task)
    scene.config.write_text(scene.config.read_text("utf-8").replace(folder.as_posix(), place.as_posix()), "utf-8")
    return scene


@dataclass(frozen=True)
class Case:
    """One thing that is wrong.

    Attributes:
        name: Of the failure.
        break_it: Does it.
        place: Pattern of the file and line that the message must name.
        cause: Pattern of what it must say.
        remedy: Pattern of what it must advise.
        tasks: Of the config.
        engines: That refuse it; the others are told by `warns`.
        warns: Engines that train all the same but say it.
        arguments: For `ocrstudio train`.
    """

    name: str
    break_it: Callable[[Scene], object]
    place: str
    cause: str
    remedy: str
    tasks: tuple[str, ...] = ("rec",)
    engines: tuple[str, ...] = BOTH
    warns: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


def _with(line: str, label: str) -> str:
    return line.split("\t")[0] + "\t" + label


def _boxes(points: object, text: object = "x") -> str:
    return json.dumps([{"transcription": text, "points": points}])


def _cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])


def _weights(scene: Scene, name: str) -> None:
    write_tensors(scene.weights, {name: np.zeros((2, 3), np.float32)})
    scene.set("Global.pretrained_model", scene.weights.as_posix())


def _cut_weights(scene: Scene, keep: int) -> None:
    _weights(scene, "backbone.blocks2.0.dw_conv.weight")
    _cut(scene.weights, keep)


def _other_dictionary(scene: Scene) -> None:
    scene.dictionary.write_text("語\n", "utf-8")


CONFIG, VAL = r"\.yml, line \d+: ", r"val\.txt, line 1: "
TO_PATH, REPLACE, UTF8 = "Correct the path in the list", "Copy the picture again", "Save the list as UTF-8"
REC, DET = ("rec",), ("det",)
SQUARE = [[1, 1], [20, 1], [20, 20], [1, 20]]


def at(line: int) -> str:
    """The training list and a line of it."""
    return rf"train\.txt, line {line}: "


CASES = (
    # --- the config ---------------------------------------------------------------------------------------------------
    Case("no config", lambda s: s.config.unlink(), r"{task}\.yml", "could not be read", "Check that the file exists"),
    Case(
        "broken YAML",
        lambda s: s.text(r"^  epoch_num: 1", "  epoch_num: [1"),
        CONFIG,
        "the YAML cannot be read",
        "Correct that line",
    ),
    Case("a tag", lambda s: s.text("epoch_num: 1", "epoch_num: !!python/name:os.system 1"), CONFIG, "tags", "run code"),
    Case("no epochs", lambda s: s.text("epoch_num: 1", "epoch_num: 0"), CONFIG, "must be 1 or more", "Correct"),
    Case(
        "a learning rate in words",
        lambda s: s.text(r"learning_rate: [\d.e-]+", "learning_rate: fast"),
        CONFIG,
        "learning_rate must be a number, not 'fast'",
        "Correct the value",
    ),
    Case("an override that is none", lambda s: None, "epochs", "no override", "key=value", arguments=("-o", "epochs")),
    # --- lists --------------------------------------------------------------------------------------------------------
    Case("no training list", lambda s: s.train.unlink(), CONFIG, r"train\.txt cannot be read", "Correct Train"),
    Case("no evaluation list", lambda s: s.val.unlink(), CONFIG, r"val\.txt cannot be read", "Correct Eval"),
    Case("nothing to learn", lambda s: s.train.write_text(""), r"train\.txt", "holds no line", "labelled samples"),
    Case("nothing to measure", lambda s: s.val.write_text("\n"), r"val\.txt", "holds no line", "labelled samples"),
    Case(
        "spaces for tabs",
        lambda s: s.lines(lambda lines: [line.replace("\t", "  ") for line in lines]),
        at(1),
        "no tab",
        "one tab",
    ),
    Case(
        "a space for one tab",
        lambda s: s.lines(lambda lines: [lines[0], lines[1].replace("\t", " "), *lines[2:]]),
        at(2),
        "no tab",
        "one tab",
        engines=(BUILTIN,),
        warns=(PADDLEOCR,),
    ),
    Case(
        "GB 18030",
        lambda s: s.train.write_bytes(s.train.read_text("utf-8").replace("\t", "中文\t").encode("gb18030")),
        at(1),
        "not UTF-8",
        UTF8,
    ),
    Case(
        "byte order mark and Windows' line ends",
        lambda s: s.train.write_bytes(b"\xef\xbb\xbf" + s.train.read_bytes().replace(b"\n", b"\r\n")),
        at(1),
        "byte order mark|ends as on Windows",
        UTF8,
        engines=(),
        warns=(PADDLEOCR,),
    ),
    # --- pictures -----------------------------------------------------------------------------------------------------
    Case(
        "all pictures missing",
        lambda s: s.picture().parent.rename(s.folder / "elsewhere"),
        at(1),
        "does not exist",
        TO_PATH,
    ),
    Case(
        "all pictures to measure on missing",
        lambda s: s.picture(0, "val").parent.rename(s.folder / "elsewhere"),
        VAL,
        "does not exist",
        TO_PATH,
    ),
    Case(
        "a missing picture",
        lambda s: s.picture(1).unlink(),
        at(2),
        "does not exist",
        TO_PATH,
        engines=(BUILTIN,),
        warns=(PADDLEOCR,),
    ),
    Case(
        "an empty picture",
        lambda s: s.picture(1).write_bytes(b""),
        at(2),
        "has 0 bytes",
        REPLACE,
        engines=(BUILTIN,),
        warns=(PADDLEOCR,),
    ),
    Case(
        "no picture",
        lambda s: s.picture(1).write_bytes(bytes(range(1, 200))),
        at(2),
        "no picture that can be read",
        REPLACE,
        engines=(BUILTIN,),
        warns=(PADDLEOCR,),
    ),
    Case(
        "a picture that breaks off",
        lambda s: _cut(s.picture(1), 60),
        at(2),
        "no picture that can be read",
        REPLACE,
        engines=(BUILTIN,),
        warns=(PADDLEOCR,),
    ),
    # --- texts --------------------------------------------------------------------------------------------------------
    Case(
        "a character that is not in the dictionary",
        lambda s: s.label(1, "Part 語"),
        at(2),
        r"lacks characters of this text \(lines like this: 1\): 語×1",
        "dict extend",
        REC,
        engines=(),
        warns=BOTH,
    ),
    Case(
        "another dictionary",
        _other_dictionary,
        at(1),
        "no character of this text|lacks characters",
        "dictionary|characters",
        REC,
    ),
    Case("no dictionary", lambda s: s.dictionary.unlink(), CONFIG, r"dict\.txt could not be read", "Correct Glo", REC),
    Case("no text", lambda s: s.label(1, ""), at(2), "the text is empty", "Write the text", REC, (), BOTH),
    Case(
        "all texts too long",
        lambda s: s.lines(lambda lines: [line + " Act" * 10 for line in lines]),
        at(1),
        r"longer than the 2\d characters",
        "Raise Global.max_text_length to",
        REC,
        engines=(PADDLEOCR,),
    ),
    # --- boxes --------------------------------------------------------------------------------------------------------
    Case(
        "broken JSON",
        lambda s: s.lines(lambda lines: [line[:-3] for line in lines]),
        at(1),
        "boxes cannot be read",
        "JSON",
        DET,
    ),
    *(
        Case(
            f"boxes of a strange kind: {label}",
            lambda s, label=label: s.label(1, label),
            at(2),
            "boxes cannot be read",
            "JSON",
            DET,
            (BUILTIN,),
            (PADDLEOCR,),
        )
        for label in (
            '{"points": 1}',
            "[1]",
            _boxes([["1", "2"], ["3", "4"]]),
            _boxes([[1, 2]]),
            _boxes([[1, 2, 3], [4, 5, 6]]),
            '[{"transcription": "x", "points": [[NaN, 1], [20, 1], [20, 20]]}]',
            "[" * 100_000,
        )
    ),
    Case(
        "a box outside its page",
        lambda s: s.label(1, _boxes([[900, 1], [950, 1], [950, 20], [900, 20]])),
        at(2),
        "outside its page",
        "Draw the box again",
        DET,
        (),
        BOTH,
    ),
    Case("a page without boxes", lambda s: s.label(1, "[]"), at(2), "has no boxes", "draw", DET, (), BOTH),
    Case(
        "boxes to ignore only",
        lambda s: s.lines(lambda lines: [_with(line, _boxes(SQUARE, "###")) for line in lines]),
        at(1),
        "every box of the page is to be ignored",
        "in place of ###",
        DET,
    ),
    # --- weights, device, disk ----------------------------------------------------------------------------------------
    Case(
        "no weights",
        lambda s: s.set("Global.pretrained_model", "/nope/best_accuracy"),
        CONFIG,
        "there are no weights",
        "Global.pretrained_model",
    ),
    Case(
        "weights of 0 bytes",
        lambda s: _cut_weights(s, 0),
        "",
        r"weights cannot be used: .*weights\.pdparams|weights\.pdparams is not a recognition model",
        "Correct Glo|Start from the bundled",
    ),
    Case(
        "half the weights",
        lambda s: _cut_weights(s, 90),
        "",
        r"weights cannot be used: .*weights\.pdparams|weights\.pdparams is not a recognition model",
        "Correct Glo|Start from the bundled",
    ),
    Case(
        "weights of another network",
        lambda s: _weights(s, "backbone.other.weight"),
        "",
        r"weights\.pdparams are the weights of another network|weights\.pdparams is not a recognition model",
        "Correct Glo|Start from the bundled",
    ),
    Case(
        "a GPU that is not there",
        lambda s: s.set("Global.use_gpu", True),
        "",
        "GPU|processor only|graphics card",
        "Set Global.use_gpu to false",
    ),
    Case(
        "runs into a file", lambda s: s.out.write_text(""), "runs", "a file is where a folder", "Choose another place"
    ),
)
