"""Folders of tiny images with labels, for the tests of formats."""

import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path

from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.store import ProjectStore

SQUARE = ((1.0, 2.0), (31.0, 2.0), (31.0, 12.0), (1.0, 12.0))


def png(width=40, height=20):
    """A grey PNG as bytes, made without an image library."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + bytes((x * 5 + y) % 256 for x in range(width)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def make_folder(parent, names=("p1.png", "p2.png", "p3.png"), folder="pages", **files):
    """A folder of images; `label`, `cache` and `states` are the content of PPOCRLabel's files."""
    path = Path(parent) / folder
    path.mkdir()
    for name in names:
        (path / name).write_bytes(png())
    for argument, name in (("label", "Label.txt"), ("cache", "Cache.cach"), ("states", "fileState.txt")):
        if argument in files:
            content = files[argument]
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def line(key, *texts, end="\n"):
    """A line of Label.txt as PPOCRLabel writes it."""
    boxes = [
        {"transcription": text, "points": [[1, 2], [31, 2], [31, 12], [1, 12]], "difficult": False} for text in texts
    ]
    return f"{key}\t{json.dumps(boxes, ensure_ascii=False)}{end}"


def box(text="a", **values):
    """A touched box of 30 x 10 pixels."""
    return Box(SQUARE, text, **{"touched": True, **values})


def labelled(folder, texts, state=PageState.CHECKED):
    """Opens the folder and gives its pages one box per text; saved and closed."""
    store = ProjectStore.open(folder)
    for key, page_texts in zip(store.keys, texts, strict=True):
        page = store.page(key)
        store.put(replace(page, boxes=tuple(box(text) for text in page_texts), state=state))
    store.save()
    store.close()
    return store
