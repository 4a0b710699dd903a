"""Any picture file a person may drop on the window, as BGR pixels, turned the way a viewer shows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError

BAD_PICTURE = QT_TRANSLATE_NOOP("Errors", "{file} is not a picture that can be opened, or it is damaged.")
SAVE_AGAIN = QT_TRANSLATE_NOOP("Errors", "Open it in an image editor and save it again as PNG or JPEG.")
EMPTY_FILE = QT_TRANSLATE_NOOP("Errors", "{file} is empty (0 bytes).")
COPY_AGAIN = QT_TRANSLATE_NOOP("Errors", "Copy the picture again from where it came.")
NO_FILE = QT_TRANSLATE_NOOP("Errors", "{file} does not exist.")
CHECK_PATH = QT_TRANSLATE_NOOP("Errors", "Check the path; the file may have been moved or renamed.")
CANNOT_READ = QT_TRANSLATE_NOOP("Errors", "{file} cannot be read: {reason}.")
CHECK_PERMISSION = QT_TRANSLATE_NOOP("Errors", "Check that you are allowed to open the file.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{file} is too large to open safely.")
SAVE_SMALLER = QT_TRANSLATE_NOOP("Errors", "Save it with fewer pixels and try again.")
# Modes of Pillow that hold more than 8 bits per channel.
DEEP_MODES = ("I", "I;16", "I;16B", "I;16L", "F")


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Opens a picture.

    Turned as its EXIF data says, first frame of several, transparent areas white, more than 8 bits scaled down.

    Args:
        path: The file; any characters.

    Returns:
        (height, width, 3) BGR.

    Raises:
        EngineError: Naming the file, if it is missing, empty, damaged, too large or not a picture.
    """
    try:
        if path.stat().st_size == 0:
            raise EngineError(EMPTY_FILE, COPY_AGAIN, file=path)
        with Image.open(path) as opened:
            turned = ImageOps.exif_transpose(opened)
            return np.ascontiguousarray(_rgb(turned)[:, :, ::-1])
    except FileNotFoundError as error:
        raise EngineError(NO_FILE, CHECK_PATH, file=path) from error
    except Image.DecompressionBombError as error:
        raise EngineError(TOO_LARGE, SAVE_SMALLER, file=path) from error
    except UnidentifiedImageError as error:
        raise EngineError(BAD_PICTURE, SAVE_AGAIN, file=path) from error
    except PermissionError as error:
        raise EngineError(CANNOT_READ, CHECK_PERMISSION, file=path, reason=error.strerror) from error
    # Pillow's decoders raise all of these on damaged data
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise EngineError(BAD_PICTURE, SAVE_AGAIN, file=path) from error


def _rgb(image: Image.Image) -> NDArray[np.uint8]:
    if image.mode in DEEP_MODES:
        return _from_deep(np.asarray(image, np.float64))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return np.asarray(image.convert("RGB"), np.uint8)


def _from_deep(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """16-bit pictures use the whole range, others are stretched from their darkest to their brightest value."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    grey = (values - low) * (255.0 / max(high - low, 1.0)) if high > 255 or low < 0 else values
    return np.repeat(np.nan_to_num(grey).clip(0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
