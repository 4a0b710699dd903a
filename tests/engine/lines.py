"""Rendered lines of text for the engine's tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.run_folder import RunFolder

TEXTS = ("Chapter Ⅲ", "Part Ⅷ", "Louis ⅩⅣ", "Book Ⅱ", "Volume Ⅶ", "Act Ⅰ", "Scene Ⅸ", "Table Ⅻ")
# Characters of the texts, each once.
CHARACTERS = tuple(sorted({c for text in TEXTS for c in text if c != " "}))


def render(text: str, size: int = 30, colour: str = "black") -> Image.Image:
    """A line of text on white with a little margin."""
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), size)
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("RGB", (round(right - left) + 16, round(bottom - top) + 12), "white")
    ImageDraw.Draw(image).text((8 - left, 6 - top), text, font=font, fill=colour)
    return image


def crop(text: str, size: int = 30) -> np.ndarray:
    """The same as BGR pixels."""
    return np.ascontiguousarray(np.asarray(render(text, size))[:, :, ::-1])


def make_dataset(folder: Path, texts: tuple[str, ...] = TEXTS) -> Path:
    """A dataset folder as `formats.dataset` writes it (its recognition part): train and val hold the same lines."""
    rec = folder / "rec"
    for part in ("train", "val"):
        (rec / part).mkdir(parents=True)
        lines = []
        for number, text in enumerate(texts):
            name = f"{part}/line {number}.png"
            render(text).save(rec / name)
            lines.append((name, text))
        write_rec_list(rec / f"{part}.txt", lines)
    write_dictionary(folder / "dict.txt", sorted({c for text in texts for c in text if c != " "}))
    return folder


def make_run(dataset: Path, runs: Path, **values: object) -> RunFolder:
    """A run folder on that dataset; `values` are config keys with two underscores for a dot."""
    config = TrainConfig.template()
    config.use_dataset(dataset)
    config.set("Global.character_dict_path", (dataset / "dict.txt").as_posix())
    config.set("Train.dataset.augment_copies", 1)
    config.set("Optimizer.lr.warmup_epoch", 0)
    for key, value in values.items():
        config.set(key.replace("__", "."), value)
    return RunFolder.create(runs, "test", config)
