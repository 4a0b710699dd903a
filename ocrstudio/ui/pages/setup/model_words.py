"""What languages, kinds and uses of models are called."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.services.model_shelf import ModelRow

LANGUAGES = {
    "any": QT_TRANSLATE_NOOP("Models", "any"),
    "many": QT_TRANSLATE_NOOP("Models", "some 50 languages"),
    "chinese": QT_TRANSLATE_NOOP("Models", "Chinese"),
    "traditional_chinese": QT_TRANSLATE_NOOP("Models", "Chinese (traditional)"),
    "english": QT_TRANSLATE_NOOP("Models", "English"),
    "japanese": QT_TRANSLATE_NOOP("Models", "Japanese"),
    "korean": QT_TRANSLATE_NOOP("Models", "Korean"),
    "latin": QT_TRANSLATE_NOOP("Models", "Latin script"),
    "cyrillic": QT_TRANSLATE_NOOP("Models", "Cyrillic script"),
    "east_slavic": QT_TRANSLATE_NOOP("Models", "Russian, Ukrainian, Belarusian"),
    "greek": QT_TRANSLATE_NOOP("Models", "Greek"),
    "arabic": QT_TRANSLATE_NOOP("Models", "Arabic script"),
    "devanagari": QT_TRANSLATE_NOOP("Models", "Devanagari script"),
    "tamil": QT_TRANSLATE_NOOP("Models", "Tamil"),
    "telugu": QT_TRANSLATE_NOOP("Models", "Telugu"),
    "kannada": QT_TRANSLATE_NOOP("Models", "Kannada"),
    "thai": QT_TRANSLATE_NOOP("Models", "Thai"),
}
TASKS = {
    "rec": QT_TRANSLATE_NOOP("Models", "reads lines"),
    "det": QT_TRANSLATE_NOOP("Models", "finds lines"),
    "cls": QT_TRANSLATE_NOOP("Models", "turns lines"),
}
FORMS = {
    "onnx": QT_TRANSLATE_NOOP("Models", "ready"),
    "inference": QT_TRANSLATE_NOOP("Models", "for Paddle"),
    "training": QT_TRANSLATE_NOOP("Models", "for training"),
}
FITS = {
    "here": QT_TRANSLATE_NOOP("Models", "reading here"),
    "convert": QT_TRANSLATE_NOOP("Models", "reading here, with Paddle installed"),
    "paddleocr3": QT_TRANSLATE_NOOP("Models", "PaddleOCR 3.x"),
    "checkout2": QT_TRANSLATE_NOOP("Models", "training with PaddleOCR 2.x"),
    "checkout3": QT_TRANSLATE_NOOP("Models", "training with PaddleOCR 3.x"),
    "builtin": QT_TRANSLATE_NOOP("Models", "training here"),
}
MIRRORS = {
    "baidu": QT_TRANSLATE_NOOP("Models", "Baidu (PaddleX)"),
    "paddleocr": QT_TRANSLATE_NOOP("Models", "Baidu (PaddleOCR)"),
    "huggingface": QT_TRANSLATE_NOOP("Models", "Hugging Face"),
    "modelscope": QT_TRANSLATE_NOOP("Models", "ModelScope"),
}


def word(template: str) -> str:
    """A word in the language of the window."""
    return QCoreApplication.translate("Models", template)


def listed(keys: Sequence[str], words: dict[str, str]) -> str:
    """Several words as a list; a key without a word stands for itself."""
    comma = QCoreApplication.translate("Models", ", ")
    return comma.join(word(words[key]) if key in words else key for key in keys)


def megabytes(size: int) -> str:
    """A size as people read it: 4.7 MB, 81 MB."""
    return f"{size / 1e6:.1f} MB" if size < 10e6 else f"{size / 1e6:.0f} MB"


def searched(row: ModelRow) -> str:
    """What a search looks through, in small letters: name, languages in both tongues, uses."""
    model = row.model
    languages = model.languages if model is not None else ()
    parts = [row.id, word(FORMS[row.form]), listed(languages, LANGUAGES), " ".join(languages)]
    return " ".join([*parts, word(TASKS.get(row.task, "")), model.size if model else ""]).lower()
