"""The one place that knows where resources and the user's own folders are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP = "OCR Studio"
# The folder inside a project that is ours alone; everything else there belongs to the user or to PPOCRLabel.
STATE_DIR = ".ocrstudio"
# Of a project, within its state folder: what `ocrstudio split` and the window write.
DATASETS_DIR = "datasets"


def resources() -> Path:
    """The `resources` folder: beside the package in a checkout, inside it in an installed wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def user_config() -> Path:
    """Where settings are kept; not created here."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def user_cache() -> Path:
    """Where things that can be made again are kept; not created here."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def taught_pages() -> Path:
    """The project of pictures that were corrected and belong to no other one; not created here."""
    return user_data() / "taught pages"


def user_data() -> Path:
    """Where projects made by the program itself (the sample's copy, the demo) go; not created here."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def kept_edits() -> Path:
    """Where edits go whose project vanished while it was open; not created here."""
    return user_data() / "kept edits"


def user_models() -> Path:
    """Where models that were downloaded or imported are, for every project; not created here."""
    return user_data() / "models"


def paddleocr_models() -> Path:
    """Where PaddleOCR 3 keeps the models that it downloaded."""
    home = os.environ.get("PADDLE_PDX_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".paddlex") / "official_models"


def added_packages() -> Path:
    """Where a bundled program (`installer/bundle/start.py`) puts packages that are added later; not created here."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return user_data() / "packages" / version
