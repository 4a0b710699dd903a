"""What people call a model, and what is told about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication, QLocale

from ocrstudio.formats.bundle import BUNDLED, ModelInfo
from ocrstudio.ui.i18n import in_words

if TYPE_CHECKING:
    # it reads YAML, which the start of the window does without
    from ocrstudio.formats.model_card import ModelCard

translate = QCoreApplication.translate

# Scripts that are named one by one; the others are counted together.
NAMED_SCRIPTS = 4


def model_name(info: ModelInfo) -> str:
    """The name of a model in lists: the one that came along, or the user's own and the day it was trained."""
    if info.path is None:
        return translate("Test", "Standard model")
    # It knows runs and configs, which the start of the window does without.
    from ocrstudio.formats.lesson import is_lesson_name

    day = day_words(info.created)
    if not day:
        return info.name
    if is_lesson_name(info.name):
        return translate("Test", "Taught by you on {date}").format(date=day)
    return translate("Test", "{name}, trained on {date}").format(name=info.name, date=day)


def name_of(model: str, known: Iterable[ModelInfo] = ()) -> str:
    """The name in lists of `bundled` or a path; one that is not among the known is called as its folder."""
    info = next((one for one in known if one.model == model), None)
    if info is not None:
        return model_name(info)
    return translate("Test", "Standard model") if model == BUNDLED else Path(model).name


def day_words(created: str) -> str:
    """A date and time of this computer's zone, "" if `created` is no ISO time."""
    try:
        return datetime.fromisoformat(created).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def script_name(script: str) -> str:
    """What people call a script of `core.scripts`."""
    names = {
        "han": translate("Test", "Chinese characters"),
        "latin": translate("Test", "Latin letters"),
        "kana": translate("Test", "Japanese kana"),
        "greek": translate("Test", "Greek"),
        "cyrillic": translate("Test", "Cyrillic"),
        "hangul": translate("Test", "Korean"),
        "arabic": translate("Test", "Arabic"),
        "hebrew": translate("Test", "Hebrew"),
        "devanagari": translate("Test", "Devanagari"),
        "thai": translate("Test", "Thai"),
        "tamil": translate("Test", "Tamil"),
        "telugu": translate("Test", "Telugu"),
        "kannada": translate("Test", "Kannada"),
        "bengali": translate("Test", "Bengali"),
        "bopomofo": translate("Test", "Bopomofo"),
        "digits": translate("Test", "digits"),
    }
    return names.get(script, translate("Test", "signs and others"))


def card_rows(card: ModelCard) -> list[tuple[str, str]]:
    """The lines of a model's card: what is told, and what it is. What is unknown is left out."""
    info = card.info
    trained = (
        translate("Test", "Trained on")
        if info.kind in ("run", "bundle") and info.created
        else translate("Test", "Date")
    )
    rows = [
        (translate("Test", "What it does"), _use(card)),
        (translate("Test", "Learnt from"), _sources(card)),
        (translate("Test", "Started from"), translate("Test", "Standard model") if card.base == BUNDLED else card.base),
        (translate("Test", "How good"), _scores(info)),
        (trained, day_words(card.created)),
        (translate("Test", "Size"), QLocale().formattedDataSize(card.size, 1) if card.size else ""),
        (translate("Test", "Where"), str(card.place) if card.place is not None else ""),
        (
            translate("Test", "Runs with"),
            translate("Test", "Paddle; starting takes a little longer") if card.runs_with_paddle else "",
        ),
        (translate("Test", "First use"), _need(info)),
        (
            translate("Test", "Not usable"),
            in_words(info.problem) if info.problem is not None else "",
        ),
    ]
    return [(name, value) for name, value in rows if value]


def _use(card: ModelCard) -> str:
    if card.info.task == "det":
        return translate("Test", "Finds the lines of text on a page.")
    count = card.info.characters or sum(card.scripts.values())
    if not count:
        return translate("Test", "Reads lines of text.")
    words = translate("Test", "Reads lines of text; knows {count} characters.").format(count=f"{count:,}")
    named = list(card.scripts.items())[:NAMED_SCRIPTS]
    parts = [f"{script_name(script)} {number:,}" for script, number in named]
    return f"{words}\n{' · '.join(parts)}" if parts else words


def _sources(card: ModelCard) -> str:
    kind = (
        translate("Test", "{name} ({number} lines)")
        if card.info.task == "rec"
        else translate("Test", "{name} ({number} pages)")
    )
    parts = [
        kind.format(name=one.name, number=f"{one.samples:,}") if one.samples else one.name for one in card.trained_on
    ]
    words = ", ".join(parts)
    if words and card.epochs:
        words += " · " + translate("Test", "{number} epochs").format(number=card.epochs)
    return words


def _scores(info: ModelInfo) -> str:
    """On the lines or pages that were kept apart when it was trained."""
    scores = info.scores
    parts = []
    if "acc" in scores:
        parts.append(translate("Test", "{share} of the lines right").format(share=_percent(scores["acc"])))
    if "cer" in scores:
        parts.append(translate("Test", "{share} of the characters wrong").format(share=_percent(scores["cer"])))
    if "hmean" in scores:
        parts.append(translate("Test", "Hmean {share}").format(share=_percent(scores["hmean"])))
    if "recall" in scores and "precision" in scores:
        found = translate("Test", "{recall} of the lines found, {precision} of what was found is right")
        parts.append(found.format(recall=_percent(scores["recall"]), precision=_percent(scores["precision"])))
    return ", ".join(parts)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _need(info: ModelInfo) -> str:
    if info.problem is not None or not info.need:
        return ""
    if info.need == "export":
        return translate("Test", "It is exported from the training first; this takes a minute or so.")
    return translate("Test", "It is converted first; this takes some seconds.")
