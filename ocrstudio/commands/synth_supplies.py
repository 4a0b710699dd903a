"""What synthetic lines and pages are made of: labels, texts and fonts by a command's options; and a few to look at."""

from __future__ import annotations

import argparse
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import cv2
import numpy as np

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, FormatError
from ocrstudio.core.synthesis import Recipe
from ocrstudio.core.synthesis_pages import PageWishes
from ocrstudio.core.synthesis_texts import (
    CHOOSE_MORE,
    GIVE_TEXT,
    NO_TEXT,
    NOTHING_MISSING,
    Characters,
    Deficits,
    Listed,
    TextSource,
    Words,
    deficits,
    sequence_of,
    without,
)
from ocrstudio.engine.fonts import fonts_in, program_fonts, system_fonts
from ocrstudio.engine.synthesis.labels import FEW_LOOKS, FEW_PAPERS, MOST_LOOKS, MOST_PAPERS, Labels, read_labels
from ocrstudio.engine.synthesis.line import Line, LineMaker
from ocrstudio.engine.synthesis.pages import MadePage, PageMaker
from ocrstudio.engine.synthesis.run import GIVE_FONTS, NO_LINES
from ocrstudio.engine.synthesis.setting import faces_of
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.crops import encode_image

T = TypeVar("T")
Maker = LineMaker | PageMaker

DEFAULT_COUNT = 1000
# Height of a page in a preview, pixels, and how well it is kept, to 100.
PREVIEW_HEIGHT, SHOWN_QUALITY = 900, 88
# Fonts of the system that are looked at, and how large they may be: Chinese ones have some 20 MB.
SYSTEM_FONTS, FEW_FONTS, FONT_BYTES = 60, 16, 64 << 20


class Supplies:
    """Labels, texts and fonts; what was read once is kept until it is told that the labels changed."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], object] = {}

    def forget(self) -> None:
        """The labels changed."""
        self._kept.clear()

    def maker(self, options: argparse.Namespace) -> tuple[Maker, dict[str, Any]]:
        """What makes the lines or pages that the options of `ocrstudio synth` ask for, and what to say about them.

        Raises:
            StudioError: If there is no text, or no font for it.
        """
        # examples are to be there at once: fewer fonts and crops are looked at for them
        few = options.preview is not None
        looks, most_fonts = (FEW_LOOKS, FEW_FONTS) if few else (MOST_LOOKS, SYSTEM_FONTS)
        as_pages = options.pages is not None
        papers = (FEW_PAPERS if few else MOST_PAPERS) if as_pages else 0
        like = self._labels(options.like, looks, papers) if options.like else None
        labels = like
        if options.deficits and options.deficits != options.like:
            labels = self._labels(options.deficits, 0, 0)
        source, told = self._source(options, labels)
        wanted = source.characters()
        files = fonts_in(options.fonts) if options.fonts else self._fonts(most_fonts)
        faces = faces_of(files, wanted)
        seen = {letter for letter in wanted if not letter.isspace()}
        unwritable = seen - {letter for face in faces for letter in face.held if face.draws(letter)}
        able = without(source, unwritable) if faces else None
        if able is None:
            raise DatasetError(NO_LINES, GIVE_FONTS, characters=" ".join(sorted(unwritable))[:200])
        if not seen:
            raise DatasetError(NO_TEXT, GIVE_TEXT)
        own = len(able.lines) if isinstance(able, Listed) else len(able.order) if isinstance(able, Deficits) else None
        count = options.pages if as_pages else options.count
        recipe = Recipe(
            count=count if count is not None else own or DEFAULT_COUNT,
            seed=options.seed,
            preset=options.preset,
            wear=options.wear,
            vertical=options.vertical,
            size=options.size,
            source=told,
            page=PageWishes(options.columns, options.skew) if as_pages else None,
        )
        about = {"no_font_for": sorted(unwritable), "fonts_used": len(faces), **_seen(labels)}
        lines = LineMaker(recipe, able, faces, tuple(like.looks) if like else ())
        return (PageMaker(lines, tuple(like.papers) if like else ()) if as_pages else lines), about

    def _once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = work()
        return cast(T, self._kept[key])

    def _labels(self, place: Path, looks: int, papers: int) -> Labels:
        return self._once(("labels", place, looks, papers), lambda: read_labels(place, looks=looks, papers=papers))

    def _fonts(self, most: int) -> list[Path]:
        return self._once(("fonts", most), lambda: [*program_fonts(), *system_fonts(most, FONT_BYTES)])

    def _source(self, options: argparse.Namespace, labels: Labels | None) -> tuple[TextSource, dict[str, Any]]:
        given = [name for name in ("text", "words", "template", "deficits") if getattr(options, name)]
        if len(given) > 1 or (given and given != ["deficits"] and options.chars):
            raise DatasetError(NO_TEXT, GIVE_TEXT)
        if options.deficits:
            key = ("deficits", options.deficits, options.chars, options.target)
            return self._once(key, lambda: _deficits(options, labels.texts if labels else []))
        if options.text:
            return Listed.of(_lines(options.text)), {"text": options.text.name}
        if options.words:
            words = (word for line in _lines(options.words) for word in line.split())
            return Words.of(words), {"words": options.words.name}
        if options.template:
            return sequence_of(options.template), {"templates": list(options.template)}
        return Characters.of(options.chars), {"characters": options.chars}


def _deficits(options: argparse.Namespace, texts: list[str]) -> tuple[TextSource, dict[str, Any]]:
    lacking = deficits(texts, options.chars, options.target)
    if not lacking:
        raise DatasetError(NOTHING_MISSING, CHOOSE_MORE, source=options.deficits, target=options.target)
    told = {"deficits": str(options.deficits), "target": options.target, "lacking": lacking}
    return Deficits.of(lacking, texts), told


def _seen(labels: Labels | None) -> dict[str, Any]:
    """What `synthetic.json` says about where texts and paper come from."""
    if labels is None:
        return {}
    return {"labels": {"dataset": labels.dataset, "held_out": labels.held_out, "undivided": labels.undivided}}


def _lines(file: Path) -> list[str]:
    data = read_bytes(file)
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is not UTF-8 text."),
            QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8 and try again."),
            file=file,
            line=data[: error.start].count(b"\n") + 1,
        ) from error


def preview(maker: LineMaker | PageMaker, count: int, about: dict[str, Any]) -> dict[str, Any]:
    """Some lines or pages as `ocrstudio synth --preview --json` prints them.

    Args:
        maker: Makes them.
        count: How many are shown, at most.
        about: What is said besides.
    """
    shown: list[dict[str, Any]] = []
    refused = []
    numbers = range(min(max(0, count), maker.recipe.count))
    if isinstance(maker, PageMaker):
        pages = [_shown_page(maker.make(number)) for number in numbers]
        told = {"own_crops": len(maker.lines.crops), "own_papers": len(maker.papers)}
        return {"pages": pages, "count": maker.recipe.count, **told, **about}
    for number in numbers:
        made = maker.make(number)
        if isinstance(made, Line):
            shown.append(
                {
                    "text": made.text,
                    "font": made.font,
                    "png": base64.b64encode(encode_image(made.image, ".png")).decode("ascii"),
                }
            )
        else:
            refused.append({"text": made.text, "reason": made.reason, "characters": made.characters})
    return {"lines": shown, "refused": refused, "count": maker.recipe.count, "own_crops": len(maker.crops), **about}


def _shown_page(page: MadePage) -> dict[str, Any]:
    """A page as large as a preview needs it, its boxes in the same pixels."""
    scale = min(1.0, PREVIEW_HEIGHT / page.image.shape[0])
    small = np.asarray(cv2.resize(page.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    boxes = [{"text": line.text, "points": (line.quad * scale).round(1).tolist()} for line in page.lines]
    # lossless takes a quarter of a second where there is noise
    jpeg = base64.b64encode(encode_image(small, ".jpg", SHOWN_QUALITY)).decode("ascii")
    return {"jpeg": jpeg, "width": small.shape[1], "height": small.shape[0], "boxes": boxes}
