"""Bundles of base models, exported as a run exports its own, without any training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lines import make_dataset as make_lines
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder

WORDS = ("Hello 123", "Second line", "Invoice 2024", "Total 88.4")


def page(words: tuple[str, ...] = WORDS) -> tuple[Image.Image, list[list[list[int]]]]:
    """A page with a line for each of the words, and the box of each."""
    image = Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), 34)
    boxes = []
    for number, text in enumerate(words):
        place = (40, 40 + 100 * number)
        draw.text(place, text, font=font, fill="black")
        left, top, right, bottom = (round(side) for side in draw.textbbox(place, text, font=font))
        boxes.append([[left, top], [right, top], [right, bottom], [left, bottom]])
    return image, boxes


def make_pages(folder: Path, count: int = 2) -> Path:
    """A dataset folder as `formats.dataset` writes it (its detection part): train and val hold the same pages."""
    (folder / "det").mkdir(parents=True)
    lines = []
    for number in range(count):
        image, boxes = page(WORDS[number:])
        image.save(folder / "det" / f"page {number}.png")
        label = [{"transcription": "text", "points": points} for points in boxes]
        lines.append(f"page {number}.png\t{json.dumps(label)}\n")
    for part in ("train", "val"):
        (folder / "det" / f"{part}.txt").write_text("".join(lines), encoding="utf-8")
    return folder


def make_run(folder: Path, architecture: str) -> RunFolder:
    """A run that would train that base model: a recogniser the words of the page, a detector their boxes."""
    config = TrainConfig.template(architecture.lower().replace("-ocr", "ocr"))
    if architecture.endswith("det"):
        config.use_dataset(make_pages(folder / "dataset"))
    else:
        dataset = make_lines(folder / "dataset", WORDS)
        config.use_dataset(dataset)
        config.set("Global.character_dict_path", (dataset / "dict.txt").as_posix())
    config.set("Global.pretrained_model", architecture)
    return RunFolder.create(folder / "runs", architecture, config)


def export(run: RunFolder, told: list[Any] | None = None) -> dict[str, Any]:
    """Exports the weights that a run would start from."""
    from ocrstudio.engine.bundle import export_network
    from ocrstudio.engine.nets.catalogue import load_source
    from ocrstudio.engine.network import build_network
    from ocrstudio.engine.settings import TrainSettings

    settings = TrainSettings.of(run.config())
    source = load_source(settings.base_model, settings.task)
    charset = settings.charset(source.charset) if source.charset else None
    network, _ = build_network(source, charset, settings.seed)

    def stage(name: str, done: int, total: int) -> None:
        if told is not None:
            told.append((name, done, total))

    return export_network(run, settings, network, source, charset, stage=stage, best={"best_epoch": 3})
