"""`ocrstudio eval`: how well a model, a run's weights, or a config's starting point read or find text that is known."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.checkpoints import add_checkpoint, chosen
from ocrstudio.commands.engines import add_engine, interruptible, opened
from ocrstudio.commands.reporting import Report
from ocrstudio.commands.train import make_absolute
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.evaluation import evaluations_folder
from ocrstudio.formats.model_list import exported_dir, find_model, is_exported
from ocrstudio.formats.run_folder import CONFIG_FILE, RunFolder

if TYPE_CHECKING:
    from ocrstudio.core.evaluation import Evaluation

# Characters named in the table for people; --json has all.
NAMED_CHARACTERS = 20
PDF = ".pdf"
PARTS = ("train", "val", "test")
LINE_MEASURES = ("acc", "acc_ignore_space", "norm_edit_dis", "cer", "loss")
PAGE_MEASURES = ("precision", "recall", "hmean")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument(
        "run_or_config",
        type=Path,
        metavar="RUN_OR_CONFIG",
        help="a run folder, a training config, the folder of a bundle, or bundled",
    )
    add_checkpoint(parser)
    add_engine(parser)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="LIST_OR_DIR",
        help="a recognition or detection list (default: the config's Eval lists); a dataset or a project with checked "
        "pages, whose lines are all kept",
    )
    parser.add_argument("--part", choices=PARTS, default="", help="of a dataset (default: test, if it has any line)")
    parser.add_argument("--lines", action="store_true", help="keep what is read in every line of a list, too")
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE.html|FILE.pdf",
        help="write the errors with their pictures, as a web page or as PDF",
    )
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="of the report (default: en)")
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="what paths in LIST are relative to (default: its folder)"
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Evaluates and prints the measures, and what goes wrong most often."""
    keeps_lines = options.lines or options.report or (options.data is not None and options.data.is_dir())
    if keeps_lines or _is_model(options.run_or_config):
        return _line_by_line(options, report)
    place, checkpoint = chosen(options.run_or_config, options.checkpoint)
    run = opened(place, options) if place.is_dir() else None
    if run is not None and run.engine.is_paddleocr:
        return _by_paddleocr(run, checkpoint, options, report)
    config = run.config() if run else TrainConfig.load(place)
    if run is None:
        make_absolute(config, place.resolve().parent)
    from ocrstudio.engine.paddle_runtime import require_paddle

    require_paddle()
    from ocrstudio.engine.evaluation_run import evaluate_run

    result = evaluate_run(
        config, report.stage, run=run, checkpoint=checkpoint, data=options.data, data_dir=options.data_dir
    )
    for line in table(result):
        report.line(line)
    return result


def _is_model(place: Path) -> bool:
    """Whether something is a model as it is, not a training."""
    if place.is_file() or (place / CONFIG_FILE).is_file() or "@" in place.name:
        return False
    return str(place) == BUNDLED or find_model(str(place)) is not None


def _line_by_line(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Reads a labelled set with any model and keeps every reading."""
    if options.data is None:
        what = QT_TRANSLATE_NOOP("Errors", "Nothing says which lines {model} shall be measured on.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Name a recognition list, a dataset or a project with --data.")
        raise ConfigError(what, remedy, model=options.run_or_config)
    if options.report is not None and options.report.suffix.lower() not in (".html", ".htm", PDF):
        what = QT_TRANSLATE_NOOP("Errors", "{file}: a report is a web page or a PDF.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Name a file that ends in .html or .pdf.")
        raise ConfigError(what, remedy, file=options.report)
    from ocrstudio.engine.labelled import open_set
    from ocrstudio.engine.line_evaluation import evaluate_lines, line_result, ready_model

    place = options.run_or_config
    run = None
    if not _is_model(place):
        place, checkpoint = chosen(place, options.checkpoint)
        run = opened(place, options)
        # what was exported is proven to read the same, and needs no Paddle
        if is_exported(run, checkpoint):
            place, run = exported_dir(run, checkpoint), None
        elif run.engine.is_paddleocr:
            # only what was exported can be read with
            place, run = Path(f"{run.path}@{checkpoint}"), None
    if run is None:
        model, load = ready_model(str(place), report.stage)
    else:
        from ocrstudio.engine.paddle_runtime import require_paddle

        require_paddle()
        from ocrstudio.engine.evaluation_run import run_reader

        model, load = run_reader(run, checkpoint)
    labelled = open_set(options.data, options.part, options.data_dir)
    folder = evaluations_folder(Path(labelled.data.place))
    evaluation, file = evaluate_lines(model, load, labelled, report.stage, folder)
    result = line_result(evaluation, file)
    if options.report is not None:
        result["report"] = str(options.report)
        write_atomic(options.report, _report(evaluation, options))
    for line in table(result):
        report.line(line)
    for picture, reason in evaluation.unread.items():
        report.warn(f"{picture}: {reason}")
    return result


def _report(evaluation: Evaluation, options: argparse.Namespace) -> str | bytes:
    from ocrstudio.commands.pdf import pdf_of
    from ocrstudio.core.error_analysis import analyse
    from ocrstudio.formats.catalogue import translations
    from ocrstudio.formats.error_report import FONTS, WORDS, error_page

    told = translations("zh_CN", "Report") if options.language == "zh" else {}
    words = {key: told.get(text, text) for key, text in WORDS.items()}
    data = evaluation.data
    name = f"{Path(data.place).name} ({data.part})" if data.part else Path(data.place).name
    is_pdf = options.report.suffix.lower() == PDF
    fonts = "" if is_pdf else FONTS
    page = error_page(analyse(evaluation), name, words, lang=options.language, fonts=fonts)
    return pdf_of(page) if is_pdf else page


def _by_paddleocr(folder: RunFolder, checkpoint: str, options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """The checkout's own tool scores its own network."""
    if options.data is not None:
        what = QT_TRANSLATE_NOOP("Errors", "PaddleOCR scores the run {folder} on its own Eval list only.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Leave --data out, or name the list in the run's config.")
        raise ConfigError(what, remedy, folder=folder.path)
    from ocrstudio.engine.checkout.release import evaluate_again

    with interruptible() as stopped:
        measures = evaluate_again(folder, report.send, checkpoint, stopped)
    for name, value in measures.items():
        report.line(f"{name}: {value:.5f}")
    return {"run": str(folder.path), "checkpoint": checkpoint, **measures}


def table(result: dict[str, Any]) -> list[str]:
    """The result as lines for people."""
    used = [f"checkpoint: {result['checkpoint']}"] if "checkpoint" in result else []
    return used + (_pages(result) if result["task"] == "det" else _lines(result))


def _pages(result: dict[str, Any]) -> list[str]:
    worst = [
        f"{page['missed']:>5} of {page['truths']} missed, {page['wrong']} too many: {page['page']}"
        for page in result["worst_pages"]
    ]
    return [f"pages: {result['pages']}", *(f"{name}: {result[name]:.5f}" for name in PAGE_MEASURES), *worst]


def _lines(result: dict[str, Any]) -> list[str]:
    mistakes = [
        f"{mistake['count']:>5} x  {_shown(mistake['truth'])} read as {_shown(mistake['read'])}"
        for mistake in result["mistakes"]
    ]
    imperfect = [row for row in result["characters"] if row["precision"] < 1 or row["recall"] < 1]
    characters = [
        f"{row['character']!r:>9}{row['precision']:>11.3f}{row['recall']:>9.3f}{row['truth']:>8}"
        for row in imperfect[:NAMED_CHARACTERS]
    ]
    heading = [f"{'character':>9}{'precision':>11}{'recall':>9}{'times':>8}"] if characters else []
    measures = [f"{name}: {result[name]:.5f}" for name in LINE_MEASURES if name in result]
    kept = [f"every line: {result['file']}"] if "file" in result else []
    return [f"lines: {result['lines']}", *measures, *mistakes, *heading, *characters, *kept]


def _shown(character: str) -> str:
    """In quotes: a space would not be seen."""
    return repr(character) if character else "nothing"
