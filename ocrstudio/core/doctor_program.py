"""What the program itself stands on: Python, its environment, the reader, OpenCV, the display, names of folders."""

from __future__ import annotations

import re

from ocrstudio.core.doctor_facts import Check, Facts, Fix, Group, pip_install, pip_remove
from ocrstudio.core.errors import QT_TRANSLATE_NOOP

GROUP: Group = "program"
PYTHON_MIN, PYTHON_BELOW = (3, 10), (3, 14)
# For an interpreter that only runs PaddleOCR's own trainer.
TRAINER_MIN = (3, 8)
OPENCV_BUILDS = ("opencv-python-headless", "opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless")
OPENCV_WANTED = "opencv-python-headless"
_DELETE = "import shutil, sys; shutil.rmtree(sys.argv[1])"
_UTF8 = ("utf-8", "utf8", "cp65001")


def check_program(facts: Facts) -> list[Check]:
    """The lines of this group, in the order of the work."""
    if not facts.is_own:
        return [_python(facts), _environment(facts), *_leftovers(facts), _opencv(facts)]
    return [
        _system(facts),
        _python(facts),
        _environment(facts),
        *_leftovers(facts),
        _recognition(facts),
        _models(facts),
        _opencv(facts),
        _names(facts),
        _display(facts),
    ]


def _system(facts: Facts) -> Check:
    return Check(
        "system",
        GROUP,
        "ok",
        QT_TRANSLATE_NOOP("Doctor", "System"),
        "{system}" if facts.system else QT_TRANSLATE_NOOP("Doctor", "unknown"),
        QT_TRANSLATE_NOOP("Doctor", "64-bit Linux or Windows"),
        QT_TRANSLATE_NOOP("Doctor", "Paddle is built for these."),
        values={"system": facts.system},
    )


def _python(facts: Facts) -> Check:
    lowest = PYTHON_MIN if facts.is_own else TRAINER_MIN
    good = lowest <= facts.python[:2] < PYTHON_BELOW and facts.bits == 64
    return Check(
        "python",
        GROUP,
        "ok" if good else "error",
        QT_TRANSLATE_NOOP("Doctor", "Python"),
        QT_TRANSLATE_NOOP("Doctor", "{version}, {bits} bit"),
        QT_TRANSLATE_NOOP("Doctor", "{lowest} to 3.13, 64 bit"),
        QT_TRANSLATE_NOOP("Doctor", "Paddle and ONNX Runtime have no packages for others."),
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Install Python 3.11 (64 bit) and set OCR Studio up with it."),
        values={
            "version": ".".join(map(str, facts.python)),
            "bits": facts.bits,
            "lowest": ".".join(map(str, lowest)),
        },
    )


def _environment(facts: Facts) -> Check:
    found = {
        "venv": QT_TRANSLATE_NOOP("Doctor", "virtual environment {prefix}"),
        "conda": QT_TRANSLATE_NOOP("Doctor", "conda environment {prefix}"),
        "bundle": QT_TRANSLATE_NOOP("Doctor", "the program's own, {prefix}"),
    }.get(facts.kind, QT_TRANSLATE_NOOP("Doctor", "the system's own Python, {prefix}"))
    advice, fix = "", None
    if facts.is_managed and facts.kind == "system":
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "The system lets nothing be installed into it. Make an environment of your own and use that."
        )
        fix = Fix(((facts.executable, "-m", "venv", "ocrstudio-env"),))
    elif not facts.is_writable:
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "You may not write there, so nothing can be installed. Make an environment of your own."
        )
        fix = Fix(((facts.executable, "-m", "venv", "ocrstudio-env"),))
    elif not facts.packages.get("pip"):
        advice = QT_TRANSLATE_NOOP("Doctor", "pip is missing in it, so nothing can be installed.")
        fix = Fix(((facts.executable, "-m", "ensurepip", "--upgrade"),))
    return Check(
        "environment",
        GROUP,
        "warning" if advice else "ok",
        QT_TRANSLATE_NOOP("Doctor", "Environment"),
        found,
        QT_TRANSLATE_NOOP("Doctor", "one of its own, with pip"),
        QT_TRANSLATE_NOOP("Doctor", "Packages of other programs would overwrite those that training needs."),
        advice,
        fix,
        {"prefix": facts.prefix or "?"},
    )


def _leftovers(facts: Facts) -> list[Check]:
    if not facts.leftovers:
        return []
    return [
        Check(
            "leftovers",
            GROUP,
            "warning",
            QT_TRANSLATE_NOOP("Doctor", "Interrupted installation"),
            QT_TRANSLATE_NOOP("Doctor", "half-removed packages: {names}"),
            QT_TRANSLATE_NOOP("Doctor", "none"),
            QT_TRANSLATE_NOOP("Doctor", "pip was stopped while it replaced them."),
            QT_TRANSLATE_NOOP(
                "Doctor", "Install the packages again that are reported here as missing; these folders can be deleted."
            ),
            Fix(tuple((facts.executable, "-c", _DELETE, place) for place in facts.leftovers)),
            {"names": ", ".join(re.split(r"[\\/]", place)[-1] for place in facts.leftovers)},
        )
    ]


def _recognition(facts: Facts) -> Check:
    names = ("rapidocr", "onnxruntime")
    runtime = facts.packages.get("onnxruntime") or facts.packages.get("onnxruntime-gpu")
    missing = [name for name, there in zip(names, (facts.packages.get("rapidocr"), runtime), strict=True) if not there]
    title = QT_TRANSLATE_NOOP("Doctor", "Reading")
    wanted = QT_TRANSLATE_NOOP("Doctor", "the packages rapidocr and onnxruntime")
    why = QT_TRANSLATE_NOOP("Doctor", "They read pictures and label automatically, without Paddle.")
    if missing:
        return Check(
            "recognition",
            GROUP,
            "error",
            title,
            QT_TRANSLATE_NOOP("Doctor", "missing: {missing}"),
            wanted,
            why,
            QT_TRANSLATE_NOOP("Doctor", "Without them nothing can be read or auto-labelled."),
            Fix((pip_install(facts, *missing),)),
            {"missing": ", ".join(missing)},
        )
    found = QT_TRANSLATE_NOOP("Doctor", "rapidocr {rapidocr}, onnxruntime {onnxruntime}")
    values = {"rapidocr": facts.packages.get("rapidocr"), "onnxruntime": runtime}
    return Check("recognition", GROUP, "ok", title, found, wanted, why, values=values)


def _models(facts: Facts) -> Check:
    title = QT_TRANSLATE_NOOP("Doctor", "Models")
    wanted = QT_TRANSLATE_NOOP("Doctor", "PP-OCRv6 small, which comes with rapidocr")
    why = QT_TRANSLATE_NOOP("Doctor", "Reading and training start from these weights, without a download.")
    values = {"models": ", ".join(facts.models)}
    if all(any(f"PP-OCRv6_{part}_small" in name for name in facts.models) for part in ("det", "rec")):
        return Check("models", GROUP, "ok", title, "{models}", wanted, why, values=values)
    found = (
        QT_TRANSLATE_NOOP("Doctor", "only {models}")
        if facts.models
        else QT_TRANSLATE_NOOP("Doctor", "no weights were found")
    )
    advice = QT_TRANSLATE_NOOP("Doctor", "Install rapidocr again; the weights are part of the package.")
    fix = Fix((pip_install(facts, "--force-reinstall", "--no-deps", "rapidocr>=3.10,<4"),))
    return Check("models", GROUP, "error", title, found, wanted, why, advice, fix, values)


def _opencv(facts: Facts) -> Check:
    builds = [name for name in OPENCV_BUILDS if facts.packages.get(name)]
    title = QT_TRANSLATE_NOOP("Doctor", "OpenCV")
    wanted = (
        QT_TRANSLATE_NOOP("Doctor", "opencv-python-headless alone")
        if facts.is_own
        else QT_TRANSLATE_NOOP("Doctor", "any build of it")
    )
    why = QT_TRANSLATE_NOOP(
        "Doctor", "All builds share one folder, and those with windows bring Qt plugins that clash with the program's."
    )
    values = {
        "builds": ", ".join(f"{name} {facts.packages[name]}" for name in builds),
        "plugins": ", ".join(facts.qt_plugins),
    }
    if not builds:
        found = QT_TRANSLATE_NOOP("Doctor", "not installed")
        advice = QT_TRANSLATE_NOOP("Doctor", "Pictures cannot be cut into lines without it.")
        fix = Fix((pip_install(facts, OPENCV_WANTED),))
        return Check("opencv", GROUP, "error", title, found, wanted, why, advice, fix)
    found = QT_TRANSLATE_NOOP("Doctor", "{builds}; Qt plugins in {plugins}") if facts.qt_plugins else "{builds}"
    # PaddleOCR itself asks for two of them, and trains with them
    if builds == [OPENCV_WANTED] or not facts.is_own:
        return Check("opencv", GROUP, "ok", title, found, wanted, why, values=values)
    advice = QT_TRANSLATE_NOOP(
        "Doctor",
        "Remove them all and install the build without windows. If the program refuses to open a window with “could "
        "not load the Qt platform plugin xcb”, this is why.",
    )
    fix = Fix((pip_remove(facts, *builds), pip_install(facts, OPENCV_WANTED)))
    return Check("opencv", GROUP, "warning", title, found, wanted, why, advice, fix, values)


def _names(facts: Facts) -> Check:
    strange = [place for place in (facts.home, facts.temporary) if not place.isascii()]
    is_utf8 = facts.is_windows or facts.encoding.lower() in _UTF8
    advice = ""
    if not is_utf8:
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "Set the language of the session to one with UTF-8, such as LANG=C.UTF-8, and log in again."
        )
    elif strange and facts.is_windows:
        advice = QT_TRANSLATE_NOOP(
            "Doctor",
            "Keep environments, PaddleOCR and runs in a folder with plain letters, such as D:\\ocr, and set TEMP and "
            "TMP to one. Pictures and labels may stay where they are.",
        )
    return Check(
        "names",
        GROUP,
        "warning" if advice else "ok",
        QT_TRANSLATE_NOOP("Doctor", "Names of files"),
        QT_TRANSLATE_NOOP("Doctor", "{encoding}; other than plain letters in {places}")
        if strange
        else QT_TRANSLATE_NOOP("Doctor", "{encoding}, folders with plain letters"),
        QT_TRANSLATE_NOOP("Doctor", "UTF-8; on Windows plain letters in the user's folder"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "Chinese names, for example, get lost without; on Windows, Paddle's own file reading fails below such "
            "folders.",
        ),
        advice,
        values={"encoding": facts.encoding, "places": ", ".join(strange)},
    )


def _display(facts: Facts) -> Check:
    return Check(
        "display",
        GROUP,
        "ok" if facts.display else "warning",
        QT_TRANSLATE_NOOP("Doctor", "Display"),
        "{display}" if facts.display else QT_TRANSLATE_NOOP("Doctor", "none"),
        QT_TRANSLATE_NOOP("Doctor", "any, for the window"),
        "",
        "" if facts.display else QT_TRANSLATE_NOOP("Doctor", "Every step also works as a command: ocrstudio --help"),
        values={"display": facts.display},
    )
