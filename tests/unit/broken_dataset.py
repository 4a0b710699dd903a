"""A dataset of lines that is good in every respect, and every fault that can be planted into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from checkout_trees import make_checkout, write_picture

from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_config import Machine, Wishes, prepare
from ocrstudio.formats.checkout_templates import find_template
from ocrstudio.formats.config import TrainConfig

LETTERS = "ABCDEFGHKLMNPRSTUVWXYZabdefghkmnpqrstuvwxyz"
TRAIN_PAGES, VAL_PAGES, LINES = 12, 6, 10


def draw_line(text: str, seed: int, size: tuple[int, int] = (220, 40)) -> np.ndarray:
    """A crop: dark print on paper of its own grain and shade."""
    random = np.random.default_rng(seed)
    width, height = size
    paper = np.full((height, width, 3), random.integers(190, 250), np.int16)
    paper += random.integers(-6, 7, (height, width, 1), np.int16)
    image = paper.clip(0, 255).astype(np.uint8)
    place = (6 + int(random.integers(0, 8)), height - 12 + int(random.integers(-3, 4)))
    scale = 0.8 + 0.15 * float(random.random())
    cv2.putText(image, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, (30, 30, 40), 2, cv2.LINE_AA)
    return image


def make_good(folder: Path) -> Path:
    """Crops of eighteen pages, named as the program names them, lists and a dictionary."""
    random = np.random.default_rng(7)
    page = 0
    for part, pages in (("train", TRAIN_PAGES), ("val", VAL_PAGES)):
        (folder / "rec" / part).mkdir(parents=True)
        lines = []
        for _ in range(pages):
            page += 1
            for line in range(LINES):
                # a space in some lines, so that it is learned
                text = "".join(random.choice(list(LETTERS), 7))
                text = f"{text[:3]} {text[4:]}" if line % 3 == 0 else text
                name = f"{part}/scan{page}_{line}.png"
                write_picture(folder / "rec" / name, draw_line(text, 100 * page + line))
                lines.append(f"{name}\t{text}\n")
        (folder / "rec" / f"{part}.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    (folder / "dict.txt").write_text("\n".join(LETTERS) + "\n", newline="\n")
    return folder


class Scene:
    """A config for PaddleOCR and its data, to be broken."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data 图"
        self.rec = self.data / "rec"
        self.train, self.val = self.rec / "train.txt", self.rec / "val.txt"
        self.checkout = find_checkout(folder / "PaddleOCR")
        self.config = TrainConfig.load(folder / "rec.yml", raw=True)

    def lines(self, file: Path | None = None) -> list[str]:
        return (file or self.train).read_text("utf-8").splitlines()

    def write(self, lines: list[str], file: Path | None = None) -> None:
        (file or self.train).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")

    def picture(self, number: int, file: Path | None = None) -> Path:
        return self.rec / self.lines(file)[number].split("\t")[0]

    def texts(self, change: Callable[[str], str], *numbers: int) -> None:
        """Changes the texts of some lines, counted from 0."""
        lines = self.lines()
        for number in numbers:
            image, text = lines[number].split("\t")
            lines[number] = f"{image}\t{change(text)}"
        self.write(lines)

    def draw(self, number: int, size: tuple[int, int]) -> None:
        write_picture(self.picture(number), draw_line("A", number, size))


def make_scene(folder: Path) -> Scene:
    """The good one, made ready for a checkout."""
    checkout = find_checkout(make_checkout(folder / "PaddleOCR"))
    data = make_good(folder / "data 图")
    template = find_template(checkout, "mobile_rec").load()
    # whoever starts from the brought-along weights is asked for fewer lines of each character
    config = prepare(template, checkout, data, Machine(cpus=2), Wishes(epochs=20, batch_size=8))
    config.set("Global.save_model_dir", (folder / "run").as_posix())
    config.set("Metric.ignore_space", False)
    config.save(folder / "rec.yml")
    return Scene(folder)


def copied(source: Path, target: Path) -> Scene:
    """A copy of a scene that may be broken."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    config = target / "rec.yml"
    config.write_text(config.read_text("utf-8").replace(source.as_posix(), target.as_posix()), "utf-8", newline="\n")
    return Scene(target)


def plant_everything(scene: Scene) -> dict[str, int]:
    """Plants every fault of lists, pictures and texts at once.

    Returns:
        Id of the check to the number of rows that it must find.
    """
    scene.draw(0, (24, 90))
    scene.draw(1, (24, 90))
    scene.draw(2, (300, 6))
    scene.picture(3).unlink()
    scene.picture(4).unlink()
    scene.picture(5).write_bytes(b"")
    scene.picture(6).write_bytes(bytes(range(200)))
    scene.picture(7).write_bytes(scene.picture(8).read_bytes()[:-16])
    # the same picture: with another text, with the same, in both sets, saved anew
    shutil.copy(scene.picture(10), scene.picture(11))
    lines = scene.lines()
    lines += [lines[12], lines[13]]
    scene.write(lines)
    for number in (14, 15, 16):
        shutil.copy(scene.picture(number, scene.val), scene.picture(number))
    for number in (20, 21, 22, 23):
        image = cv2.imdecode(np.frombuffer(scene.picture(number).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        lighter = np.clip(image.astype(np.float32) * 0.9 + 20, 0, 255).astype(np.uint8)
        twin = scene.picture(number).with_name(f"twin{number}.jpg")
        write_picture(twin, lighter)
        scene.write([*scene.lines(), f"train/{twin.name}\t{scene.lines()[number].split(chr(9))[1]}"])
    # page 13 belongs to the validation set
    for line in (91, 92):
        name = f"scan13_{line}.png"
        write_picture(scene.rec / "train" / name, draw_line(f"page{line}", line))
        scene.write([*scene.lines(), f"train/{name}\tpage{line}"])
    for number in range(15):
        write_picture(scene.rec / "train" / f"nobody{number}.png", draw_line("nobody", number))
    _plant_texts(scene)
    return _plant_lines(scene) | {
        "tall-crops": 2,
        "crop-shape": 1,
        "missing-pictures": 2,
        "empty-pictures": 1,
        "broken-pictures": 1,
        "cut-pictures": 1,
        "contradictions": 2,
        "repeated": 2,
        "shared-pictures": 3,
        "near-duplicates": 4,
        "shared-pages": 2,
        "unlisted": 15,
        "characters": 3,
        "empty-texts": 1,
        "placeholders": 3,
        "text-length": 2,
        "edge-spaces": 2,
        "invisible": 2,
        "composed": 1,
        "width-forms": 1,
        "look-alikes": 4,
    }


def _plant_texts(scene: Scene) -> None:
    dictionary = scene.data / "dict.txt"
    # known, so that only what they look like is wrong with them
    known = "0123456789\u00e9\u0301\u00a0\u200b\uff21\u2163\u041eIO待识别#*ijlo"
    dictionary.write_text("\n".join([*dictionary.read_text("utf-8").split(), *known]) + "\n", "utf-8", newline="\n")
    scene.texts(lambda _: "", 30)
    scene.texts(lambda _: "待识别", 31)
    scene.texts(lambda _: "###", 32)
    scene.texts(lambda _: "*", 33)
    scene.texts(lambda text: text + "Ⅻ", 34, 35)
    scene.texts(lambda _: "ⅫⅫ", 36)
    scene.texts(lambda text: text * 4, 37, 38)
    scene.texts(lambda text: text + " ", 39)
    scene.texts(lambda text: f"{text[:3]}  {text[3:]}", 40)
    scene.texts(lambda text: f"{text[:3]}\u00a0{text[3:]}", 41)
    scene.texts(lambda text: f"{text[:3]}\u200b{text[3:]}", 42)
    scene.texts(lambda text: f"{text[:5]}e\u0301", 43)
    scene.texts(lambda text: f"{text[:5]}\uff21", 44)
    scene.texts(lambda _: "B\u041e\u041eK", 45)
    scene.texts(lambda _: "he1lo", 46)
    scene.texts(lambda _: "2O24", 47)
    scene.texts(lambda _: "Part Ⅳ", 48)
    scene.texts(lambda _: "Part IV", 49, 50)


def _plant_lines(scene: Scene) -> dict[str, int]:
    """Breaks the form of the list itself; comes last, because the list cannot be read as text afterwards."""
    lines = [line.encode("utf-8") for line in scene.lines()]
    lines[60] = lines[60].replace(b"\t", b"    ")
    lines[61] = lines[61].replace(b"\t", b" ")
    lines[62] = lines[62].replace(b"train/", b"train\\")
    lines[63] = lines[63].split(b"\t")[0] + "\t中文".encode("gb18030")
    lines[64] += b"\r"
    lines[65] += b"\r"
    lines.insert(66, b"")
    scene.train.write_bytes(b"\xef\xbb\xbf" + b"".join(line + b"\n" for line in lines))
    return {"tabs": 2, "backslashes": 1, "encoding": 1, "line-ends": 2, "blank-lines": 1, "byte-order-mark": 1}
