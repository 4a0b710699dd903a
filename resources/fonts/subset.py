"""Cuts the fonts shipped here out of complete ones. Run once; its results are committed.

    python resources/fonts/subset.py --from /usr/share/fonts

The complete fonts come from the Debian packages named in README.md. Every result is renamed to a family of our own:
the licences ask it of changed fonts (reserved names), and such a name is never mistaken for a font the system has.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
LATIN = "".join(map(chr, range(0x20, 0x7F))) + "§°·–—’№"
ROMAN = "".join(map(chr, range(0x2160, 0x216C)))
HANZI = "第章节卷图表附录页共册世纪级编号部分年月日条款期目次楼区号线乐曲诗集史序论甲乙丙地质工程报告，。：（）、"
# What the window shows beyond GB 2312: arrows, marks, Greek for units, box and shape characters used in texts.
WINDOW_EXTRAS = "…•←↑→↓↔⇧⌘⌫⏎✓✔✕✗×÷±≤≥≈≠−∞µ©®™€£¥½¼¾²³⁰“”‘’„‹›«»†‡‰″′○●□■△▲▽▼◇◆★☆♪"


@dataclass(frozen=True)
class Source:
    """One font to cut: where it comes from and what it becomes.

    Attributes:
        file: File name in the system's font folders.
        out: Result, relative to this folder.
        family: Its new family name.
        characters: What it keeps.
        collection: Full name of the font within a .ttc file.
    """

    file: str
    out: str
    family: str
    characters: str
    collection: str | None = None


def gb2312() -> str:
    """All characters of GB 2312: 6763 Chinese characters, symbols, kana, Greek, Cyrillic, full-width forms."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def window_characters() -> str:
    """The characters of the window's font."""
    latin = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180))))
    return latin + gb2312() + ROMAN + "".join(map(chr, range(0x2170, 0x217C))) + WINDOW_EXTRAS


SOURCES = (
    Source("DejaVuSans.ttf", "samples/sans-a.ttf", "OCR Studio Sample Sans A", LATIN + ROMAN),
    Source("DejaVuSerif-Bold.ttf", "samples/serif-a-bold.ttf", "OCR Studio Sample Serif A", LATIN + ROMAN),
    Source("EBGaramond12-Regular.otf", "samples/serif-b.otf", "OCR Studio Sample Serif B", LATIN + ROMAN),
    Source("JunicodeTwoBeta-Medium.otf", "samples/serif-c.otf", "OCR Studio Sample Serif C", LATIN + ROMAN),
    Source("LinLibertine_RI.otf", "samples/serif-d-italic.otf", "OCR Studio Sample Serif D", LATIN + ROMAN),
    Source("LinBiolinum_R.otf", "samples/sans-b.otf", "OCR Studio Sample Sans B", LATIN + ROMAN),
    Source("LiberationMono-Regular.ttf", "samples/mono.ttf", "OCR Studio Sample Mono", LATIN),
    Source("NotoSansCJK-Regular.ttc", "samples/cjk-sans.otf", "OCR Studio Sample CJK Sans", LATIN + ROMAN + HANZI,
           "Noto Sans CJK SC"),
    Source("NotoSerifCJK-Bold.ttc", "samples/cjk-serif-bold.otf", "OCR Studio Sample CJK Serif", LATIN + ROMAN + HANZI,
           "Noto Serif CJK SC Bold"),
    Source("NotoSansCJK-Regular.ttc", "NotoSansSC-subset.otf", "OCR Studio Sans SC", window_characters(),
           "Noto Sans CJK SC"),
)  # fmt: skip


def open_font(path: Path, collection: str | None) -> TTFont:
    """Opens a font, or the font of that full name in a collection."""
    if collection is None:
        return TTFont(path)
    for font in TTCollection(path).fonts:
        if font["name"].getDebugName(4) in {collection, f"{collection} Regular"}:
            return font
    raise SystemExit(f"{path} holds no font named {collection}")


def rename(font: TTFont, family: str) -> None:
    """Gives the font a new family name; copyright and licence entries stay."""
    names = font["name"]
    style = names.getDebugName(2) or "Regular"
    post_script = f"{family}-{style}".replace(" ", "")
    for name_id in (16, 17, 18, 21, 22, 25):
        names.removeNames(nameID=name_id)
    for name_id, text in ((1, family), (3, post_script), (4, f"{family} {style}"), (6, post_script)):
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames[0] = post_script
        top = font["CFF "].cff.topDictIndex[0]
        top.FullName, top.FamilyName = f"{family} {style}", family


def cut(source: Source, found: Path) -> Path:
    """Writes one result and returns its path."""
    options = subset.Options()
    options.layout_features = ["kern", "liga"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.drop_tables += ["FFTM", "PfEd", "TeX ", "DSIG"]
    font = open_font(found, source.collection)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(character) for character in source.characters}))
    subsetter.subset(font)
    rename(font, source.family)
    # the time of the run would make every run's file another
    font.recalcTimestamp = False
    target = HERE / source.out
    font.save(target)
    return target


def find(folders: Iterable[Path], name: str) -> Path:
    """The first file of that name under the folders."""
    for folder in folders:
        for path in sorted(folder.rglob(name)):
            return path
    raise SystemExit(f"{name} is not installed; README.md names its Debian package")


def main() -> None:
    """Cuts every font of SOURCES."""
    parser = argparse.ArgumentParser(description="Cuts the fonts shipped here out of complete ones.")
    parser.add_argument("--from", dest="folders", type=Path, nargs="+", default=[Path("/usr/share/fonts")])
    folders = parser.parse_args().folders
    for source in SOURCES:
        target = cut(source, find(folders, source.file))
        print(f"{target.relative_to(HERE)}  {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
