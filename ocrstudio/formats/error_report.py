"""The errors of a model as one page of HTML that needs nothing else: figures, plots and pictures are inside of it.

Only tables and plain styles are used, so that Qt's text documents can make a PDF of the same page.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from ocrstudio.core.confusions import NOTHING
from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.error_groups import ErrorGroup
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.text_difference import pieces
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.line_crop import line_crop

MOST_CONFUSIONS, MOST_LINES, MOST_DOUBTFUL = 30, 40, 30
PICTURE_PX = (360, 72)
CHART_PX = (320, 130)
GOOD, BAD, MUTED, ACCENT = "#17734a", "#b3261e", "#586578", "#2563c9"
GOOD_SOFT, BAD_SOFT = "#d8f0e3", "#fbdcd9"
# Everything that the page says, for whoever translates it.
WORDS: dict[str, str] = {
    "title": QT_TRANSLATE_NOOP("Report", "Errors of {model}"),
    "measured": QT_TRANSLATE_NOOP("Report", "Measured on {set}, {date}"),
    "lines": QT_TRANSLATE_NOOP("Report", "lines"),
    "wrong": QT_TRANSLATE_NOOP("Report", "lines wrong"),
    "cer": QT_TRANSLATE_NOOP("Report", "characters wrong (CER)"),
    "acc": QT_TRANSLATE_NOOP("Report", "lines right (acc)"),
    "norm_edit_dis": QT_TRANSLATE_NOOP("Report", "similarity (norm_edit_dis)"),
    "lines_per_s": QT_TRANSLATE_NOOP("Report", "lines a second"),
    "ignored": QT_TRANSLATE_NOOP("Report", "Not counted as errors: {what}"),
    "case": QT_TRANSLATE_NOOP("Report", "case"),
    "width": QT_TRANSLATE_NOOP("Report", "full width"),
    "spaces": QT_TRANSLATE_NOOP("Report", "spaces"),
    "punctuation": QT_TRANSLATE_NOOP("Report", "punctuation"),
    "confusions": QT_TRANSLATE_NOOP("Report", "What is taken for what"),
    "truth": QT_TRANSLATE_NOOP("Report", "stands there"),
    "read": QT_TRANSLATE_NOOP("Report", "read as"),
    "times": QT_TRANSLATE_NOOP("Report", "times"),
    "nothing": QT_TRANSLATE_NOOP("Report", "nothing"),
    "where": QT_TRANSLATE_NOOP("Report", "Where it goes wrong: share of lines read wrong"),
    "length": QT_TRANSLATE_NOOP("Report", "Length (characters)"),
    "height": QT_TRANSLATE_NOOP("Report", "Size of type (pixels)"),
    "blur": QT_TRANSLATE_NOOP("Report", "Sharpness"),
    "confidence": QT_TRANSLATE_NOOP("Report", "Confidence (%)"),
    "across": QT_TRANSLATE_NOOP("Report", "Left to right on the page (%)"),
    "down": QT_TRANSLATE_NOOP("Report", "Top to bottom of the page (%)"),
    "doubtful": QT_TRANSLATE_NOOP("Report", "Labels to check: two models agree against them"),
    "worst": QT_TRANSLATE_NOOP("Report", "The worst lines"),
    "none": QT_TRANSLATE_NOOP("Report", "Every line was read as it stands there."),
    "label": QT_TRANSLATE_NOOP("Report", "label"),
    "reading": QT_TRANSLATE_NOOP("Report", "read"),
}
FONTS = "'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
_HEAD = (
    '<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><style>'
    "body {{ {fonts}color: #1b2430; "
    "max-width: 980px; margin: 24px auto; }} h1 {{ font-size: 22pt; margin-bottom: 2px; }} "
    "h2 {{ font-size: 14pt; margin-top: 28px; }} td, th {{ padding: 4px 10px; text-align: left; vertical-align: "
    "middle; }} table {{ border-collapse: collapse; }} .line td {{ border-bottom: 1px solid #d5dce6; }} "
    "</style></head><body>\n"
)


def error_page(
    analysis: ErrorAnalysis, name: str, words: Mapping[str, str] = WORDS, lang: str = "en", fonts: str = FONTS
) -> str:
    """The page. Reads the pictures of the lines that it shows; may run on a thread beside the window's.

    Args:
        analysis: What it is about.
        name: Of the labelled set.
        words: `WORDS`, translated.
        lang: Of the words, as HTML names it.
        fonts: Families, as style sheets list them; "" leaves the choice to whoever shows it.
    """
    evaluation, figures = analysis.evaluation, analysis.figures
    title = words["title"].format(model=evaluation.model.name)
    tiles = {
        "cer": f"{100 * figures['cer']:.2f} %",
        "acc": f"{100 * figures['acc']:.1f} %",
        "norm_edit_dis": f"{figures['norm_edit_dis']:.4f}",
        "lines": f"{len(evaluation.lines):,}",
        "wrong": f"{len(analysis.worst):,}",
        "lines_per_s": f"{evaluation.figures.get('lines_per_s', 0.0):.0f}",
    }
    numbers = "".join(
        f'<td style="white-space:nowrap"><span style="font-size:15pt"><b>{value}</b></span></td>'
        for value in tiles.values()
    )
    titles = "".join(f'<td style="color:{MUTED}">{escape(words[tile])}</td>' for tile in tiles)
    ignored = [words[one] for one, off in vars(analysis.ignoring).items() if off]
    parts = [
        _HEAD.format(lang=escape(lang), title=escape(title), fonts=f"font-family: {fonts}; " if fonts else ""),
        f"<h1>{escape(title)}</h1>",
        f'<p style="color:{MUTED}">'
        f"{escape(words['measured'].format(set=name, date=evaluation.created.replace('T', ' ')[:16]))}</p>",
        f"<table><tr>{numbers}</tr><tr>{titles}</tr></table>",
        f"<p>{escape(words['ignored'].format(what=', '.join(ignored)))}</p>" if ignored else "",
        _confusions(analysis, words),
        _charts(analysis, words),
        _lines(analysis, list(analysis.doubtful[:MOST_DOUBTFUL]), words["doubtful"], words),
        _lines(analysis, list(analysis.worst[:MOST_LINES]), words["worst"], words),
        f"<p>{escape(words['none'])}</p>" if not len(analysis.worst) else "",
        "</body></html>\n",
    ]
    # half a surrogate pair, which a model may read, is no text for UTF-8
    return "\n".join(part for part in parts if part).encode("utf-8", "replace").decode("utf-8")


def _confusions(analysis: ErrorAnalysis, words: Mapping[str, str]) -> str:
    worst = analysis.confusions.worst()[:MOST_CONFUSIONS]
    if not worst:
        return ""
    most = worst[0][1]
    rows = []
    for (truth, read), count in worst:
        bar = _picture(
            _svg(f'<rect width="{max(2, round(200 * count / most))}" height="12" fill="{ACCENT}"/>', 200, 12)
        )
        cells = "".join(f"<td><b>{_shown(piece, words)}</b></td>" for piece in (truth, read))
        rows.append(f'<tr>{cells}<td align="right">{count}</td><td>{bar}</td></tr>')
    heads = "".join(f'<th style="color:{MUTED}">{escape(words[head])}</th>' for head in ("truth", "read", "times"))
    return f"<h2>{escape(words['confusions'])}</h2><table><tr>{heads}<th></th></tr>{''.join(rows)}</table>"


def _charts(analysis: ErrorAnalysis, words: Mapping[str, str]) -> str:
    known = [group for group in analysis.groups if group.is_known]
    cells = [f"<td>{escape(words[group.name])}<br>{_picture(_chart(group))}</td>" for group in known]
    rows = "".join(f"<tr>{''.join(cells[start : start + 2])}</tr>" for start in range(0, len(cells), 2))
    if not rows or not len(analysis.worst):
        return ""
    # on paper the plots stay together
    return f'<h2 style="page-break-before: always">{escape(words["where"])}</h2><table>{rows}</table>'


def _chart(group: ErrorGroup) -> tuple[str, int, int]:
    width, height = CHART_PX
    step, base = width / len(group.edges), height - 18
    highest = max(group.share(bar) for bar in range(len(group.edges))) or 1.0
    drawn = [f'<line x1="0" y1="{base}" x2="{width}" y2="{base}" stroke="#d5dce6"/>']
    text = 'font-family="sans-serif" font-size="10"'
    for bar, edge in enumerate(group.edges):
        left, tall = bar * step, (base - 18) * group.share(bar) / highest
        shown = 100 * edge if group.name in ("confidence", "across", "down") else edge
        if group.wrong[bar]:
            drawn.append(
                f'<rect x="{left:.1f}" y="{base - tall:.1f}" width="{step - 4:.1f}" height="{tall:.1f}" '
                f'fill="{ACCENT}" fill-opacity="{1 if group.lines[bar] >= 10 else 0.45}"/>'
                f'<text x="{left:.1f}" y="{base - tall - 4:.1f}" {text} fill="#1b2430">'
                f"{100 * group.share(bar):.0f} %</text>"
            )
        drawn.append(f'<text x="{left:.1f}" y="{height - 5}" {text} fill="{MUTED}">{shown:.0f}</text>')
    return _svg("".join(drawn), width, height)


def _lines(analysis: ErrorAnalysis, numbers: Sequence[int], title: str, words: Mapping[str, str]) -> str:
    if not numbers:
        return ""
    evaluation, root = analysis.evaluation, Path(analysis.evaluation.data.root)
    rows = []
    for number in numbers:
        line = evaluation.lines[number]
        texts = (
            f'<span style="color:{MUTED}">{escape(words["label"])}</span> '
            f"{_marked(line.truth, line.read, GOOD, GOOD_SOFT)}<br>"
            f'<span style="color:{MUTED}">{escape(words["reading"])}</span> '
            f"{_marked(line.read, line.truth, BAD, BAD_SOFT)}"
        )
        beside = f'<td style="color:{MUTED}">{escape(line.page or line.image)}</td>'
        try:
            picture = _jpeg(line_crop(root, line))
        except StudioError:
            picture = ""
        rows.append(f'<tr class="line"><td width="45%">{picture}</td><td>{texts}</td>{beside}</tr>')
    return f'<h2>{escape(title)}</h2><table width="100%">{"".join(rows)}</table>'


def _marked(text: str, other: str, color: str, ground: str) -> str:
    """A text with the pieces marked that the other one lacks."""
    marked = []
    for piece, same in pieces(text, other):
        if same:
            marked.append(escape(piece))
        else:
            shown = escape(piece.replace(" ", "␣"))
            marked.append(f'<span style="color:{color}; background-color:{ground}"><b>{shown}</b></span>')
    return "".join(marked)


def _shown(piece: str, words: Mapping[str, str]) -> str:
    if piece == NOTHING:
        return f'<span style="color:{MUTED}">{escape(words["nothing"])}</span>'
    shown = escape(piece.replace(" ", "␣"))
    if len(piece) > 1 or piece.isascii():
        return shown
    # many look like others
    return f'{shown} <span style="color:{MUTED}; font-weight:normal">U+{ord(piece):04X}</span>'


def _jpeg(crop: object) -> str:
    import cv2
    import numpy as np

    image = np.asarray(crop, np.uint8)
    height, width = image.shape[:2]
    scale = min(1.0, PICTURE_PX[0] / width, PICTURE_PX[1] / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # twice as fine as it is shown, for print
    fine = min(1.0, 2 * scale)
    small = cv2.resize(image, (max(1, round(width * fine)), max(1, round(height * fine))), interpolation=cv2.INTER_AREA)
    data = base64.b64encode(encode_image(np.asarray(small, np.uint8), ".jpg", 85)).decode("ascii")
    return f'<img src="data:image/jpeg;base64,{data}" width="{size[0]}" height="{size[1]}">'


def _svg(content: str, width: int, height: int) -> tuple[str, int, int]:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return f"{head}{content}</svg>", width, height


def _picture(drawn: tuple[str, int, int]) -> str:
    svg, width, height = drawn
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{data}" width="{width}" height="{height}">'
