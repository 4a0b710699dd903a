"""What training stands on: the processor, Paddle, NumPy, OpenMP, and a real step on the device."""

from __future__ import annotations

from pathlib import PurePosixPath

from ocrstudio.core.doctor_builds import Build, choose, numbers
from ocrstudio.core.doctor_facts import Check, DeviceTest, Facts, Fix, Group, Status, pip_install, pip_remove
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.proven import NUMPY, NUMPY_2, PADDLE, WHEEL

GROUP: Group = "training"
WHEELS = ("paddlepaddle", "paddlepaddle-gpu")
ONNX = "onnx>=1.16"
# Paddle imports parts of it that newer ones have removed, and does not ask for it.
SETUPTOOLS, SETUPTOOLS_BELOW = "setuptools<81", (81,)
# 3.3 trains, but the detectors it exports neither run nor convert.
PADDLE_BROKEN_FROM = (3, 3)
NUMPY_BELOW = numbers(NUMPY.partition("<")[2])
# A result further from NumPy's than this is wrong, not rounded: 32-bit products, some cards round to 10 bits (TF32).
TOLERANCE = 2e-2
_FAILED_AT = {
    "load": QT_TRANSLATE_NOOP("Doctor", "on {on}, failed while Paddle was loaded: {ending}"),
    "product": QT_TRANSLATE_NOOP("Doctor", "on {on}, failed at the matrix product: {ending}"),
    "convolution": QT_TRANSLATE_NOOP("Doctor", "on {on}, failed at the convolution: {ending}"),
    "training": QT_TRANSLATE_NOOP("Doctor", "on {on}, failed at the training step: {ending}"),
}


def check_training(facts: Facts) -> list[Check]:
    """The lines of this group, in the order of the work."""
    tested = [] if facts.device_test is None else [_device(facts, facts.device_test)]
    return [*_cpu(facts), _paddle(facts), _numpy(facts), _openmp(facts), *tested]


def build_for(facts: Facts) -> Build | None:
    """The build of Paddle for the cards of this machine; None if there are none or nothing serves them."""
    if not facts.gpus:
        return None
    cards = [card.capability for card in facts.gpus]
    return choose(cards, facts.driver, facts.driver_cuda, facts.is_windows)


def install_paddle(facts: Facts, build: Build | None) -> Fix:
    """Puts one build in the place of whatever is there.

    Args:
        facts: Of the environment.
        build: None for the build without graphics cards.
    """
    wanted = WHEEL if build is None else build.requirement()
    there = [wheel for wheel in WHEELS if facts.packages.get(wheel)]
    # pip leaves a version that is there as it is, even if it was built for another CUDA
    stays = len(there) == 1 and wanted.startswith(f"{there[0]}==") and facts.packages[there[0]] != PADDLE
    steps = [] if stays or not there else [pip_remove(facts, *there)]
    numpy = facts.packages.get("numpy")
    others = [*([] if numpy and numbers(numpy) < NUMPY_BELOW else [NUMPY]), *companions(facts)]
    if build is None or not build.index:
        steps.append(pip_install(facts, wanted, *others))
    else:
        # that index has Paddle and what belongs to it, not the rest
        steps.append(pip_install(facts, wanted, *build.pip_options()))
        if others:
            steps.append(pip_install(facts, *others))
    return Fix(tuple(steps))


def companions(facts: Facts) -> list[str]:
    """What training needs beside Paddle and does not find."""
    setuptools = facts.packages.get("setuptools")
    if not facts.is_own:
        # environments of Python 3.12 and later begin without
        return [] if setuptools else [SETUPTOOLS]
    missing = [] if setuptools and numbers(setuptools) < SETUPTOOLS_BELOW else [SETUPTOOLS]
    return [*([] if facts.packages.get("onnx") else [ONNX]), *missing]


def _cpu(facts: Facts) -> list[Check]:
    if facts.cpu_features is None:
        return []
    good = "avx" in facts.cpu_features
    return [
        Check(
            "cpu",
            GROUP,
            "ok" if good else "error",
            QT_TRANSLATE_NOOP("Doctor", "Processor"),
            "{cpu} ({features})" if facts.cpu_features else QT_TRANSLATE_NOOP("Doctor", "{cpu}, without AVX"),
            QT_TRANSLATE_NOOP("Doctor", "one with AVX"),
            QT_TRANSLATE_NOOP("Doctor", "Paddle is built with these instructions and dies without them."),
            ""
            if good
            else QT_TRANSLATE_NOOP(
                "Doctor",
                "Annotating and reading work; train on another computer. In a virtual machine, pass the processor "
                "through (“host” as its type).",
            ),
            values={"cpu": facts.cpu or "?", "features": ", ".join(sorted(facts.cpu_features)).upper()},
        )
    ]


def _paddle(facts: Facts) -> Check:
    cpu, gpu = (facts.packages.get(wheel) for wheel in WHEELS)
    title = QT_TRANSLATE_NOOP("Doctor", "Paddle")
    wanted = QT_TRANSLATE_NOOP("Doctor", "one of paddlepaddle and paddlepaddle-gpu, {proven}")
    why = QT_TRANSLATE_NOOP("Doctor", "It trains. Annotating and reading do without.")
    build = build_for(facts)
    values = {
        "cpu": cpu,
        "gpu": gpu,
        "version": facts.paddle,
        "cuda": facts.paddle_cuda,
        "proven": PADDLE,
        "build": build.cuda if build is not None else "",
    }
    if facts.has_both_wheels:
        found = QT_TRANSLATE_NOOP("Doctor", "paddlepaddle {cpu} and paddlepaddle-gpu {gpu} at once")
        advice = QT_TRANSLATE_NOOP("Doctor", "They overwrite each other. Remove both, then install one of them again.")
        return Check("paddle", GROUP, "error", title, found, wanted, why, advice, install_paddle(facts, build), values)
    if not facts.paddle:
        found = QT_TRANSLATE_NOOP("Doctor", "not installed")
        advice = (
            QT_TRANSLATE_NOOP("Doctor", "Training needs it. For the card here the build for CUDA {build} is right.")
            if build is not None
            else QT_TRANSLATE_NOOP("Doctor", "Training needs it.")
        )
        status: Status = "warning" if facts.is_own else "error"
        fix = install_paddle(facts, build)
        return Check("paddle", GROUP, status, title, found, wanted, why, advice, fix, values)
    found = (
        QT_TRANSLATE_NOOP("Doctor", "{version}, built for CUDA {cuda}")
        if facts.paddle_cuda
        else QT_TRANSLATE_NOOP("Doctor", "{version}, for the processor only")
    )
    if numbers(facts.paddle)[:2] >= PADDLE_BROKEN_FROM:
        advice = QT_TRANSLATE_NOOP("Doctor", "Detectors exported by this version do not run. Install the proven one.")
        fix = install_paddle(facts, build if facts.paddle_cuda else None)
        return Check("paddle", GROUP, "warning", title, found, wanted, why, advice, fix, values)
    missing = companions(facts)
    if missing:
        advice = QT_TRANSLATE_NOOP("Doctor", "Training also needs {companions}.")
        fix, values = Fix((pip_install(facts, *missing),)), {**values, "companions": ", ".join(missing)}
        return Check("paddle", GROUP, "warning", title, found, wanted, why, advice, fix, values)
    return Check("paddle", GROUP, "ok", title, found, wanted, why, values=values)


def _numpy(facts: Facts) -> Check:
    version = facts.packages.get("numpy") or ""
    below, requirement, reason = _numpy_limit("" if facts.has_both_wheels else facts.paddle)
    good = bool(version) and numbers(version) < below
    status: Status = "ok" if good else "warning" if version else "error"
    if version and below < NUMPY_BELOW:
        status = "ok" if good else "error"
    return Check(
        "numpy",
        GROUP,
        status,
        QT_TRANSLATE_NOOP("Doctor", "NumPy"),
        "{version}" if version else QT_TRANSLATE_NOOP("Doctor", "not installed"),
        QT_TRANSLATE_NOOP("Doctor", "below {below}"),
        reason,
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Install the newest version that fits."),
        None if good else Fix((pip_install(facts, requirement),)),
        {"version": version, "below": ".".join(map(str, below)), "paddle": facts.paddle},
    )


def _numpy_limit(paddle: str) -> tuple[tuple[int, ...], str, str]:
    """First version that does not work with a Paddle, what to ask pip for, and why."""
    if paddle and numbers(paddle) < (2, 5):
        return (1, 24), "numpy<1.24", QT_TRANSLATE_NOOP("Doctor", "Paddle {paddle} uses numpy.int, gone since 1.24.")
    if paddle and numbers(paddle) < (3,):
        return (2,), NUMPY_2, QT_TRANSLATE_NOOP("Doctor", "Paddle {paddle} was built for NumPy 1 and fails with 2.")
    hangs = QT_TRANSLATE_NOOP("Doctor", "With newer versions the training of detectors hangs for ever.")
    return NUMPY_BELOW, NUMPY.replace("<", ">=1.26,<"), hangs


def _openmp(facts: Facts) -> Check:
    # GNU's libgomp lives with others; two of Intel's or LLVM's abort the process
    fighting = [one for one in facts.openmp if not PurePosixPath(one).name.startswith("libgomp")]
    clash = len(fighting) > 1
    return Check(
        "openmp",
        GROUP,
        "warning" if clash else "ok",
        QT_TRANSLATE_NOOP("Doctor", "OpenMP"),
        QT_TRANSLATE_NOOP("Doctor", "{count} copies: {copies}")
        if clash
        else "{copies}"
        if facts.openmp
        else QT_TRANSLATE_NOOP("Doctor", "none"),
        QT_TRANSLATE_NOOP("Doctor", "one copy at most"),
        QT_TRANSLATE_NOOP("Doctor", "Two of them in one process end it with “libiomp5 already initialized”."),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "Give Paddle an environment without the other package (often PyTorch or conda's MKL). Until then set "
            "KMP_DUPLICATE_LIB_OK=TRUE before starting, which may slow it down.",
        )
        if clash
        else "",
        values={"count": len(fighting), "copies": ", ".join(fighting if clash else facts.openmp)},
    )


def _device(facts: Facts, test: DeviceTest) -> Check:
    title = QT_TRANSLATE_NOOP("Doctor", "Device test")
    wanted = QT_TRANSLATE_NOOP("Doctor", "a matrix product, a convolution and a training step as NumPy has them")
    why = QT_TRANSLATE_NOOP("Doctor", "Only a real calculation shows that driver, CUDA, cuDNN and Paddle agree.")
    worst = max(test.difference.values(), default=0.0)
    values = {
        "on": test.device,
        "off": f"{worst:.1e}",
        "ending": test.problem.rstrip("."),
        **{step: f"{test.seconds.get(step, 0):.3f}" for step in _FAILED_AT},
    }
    build = build_for(facts) if test.device == "gpu" else None
    if test.problem:
        found = _FAILED_AT.get(test.step, _FAILED_AT["load"])
        if test.failure is not None:
            known = {**test.failure.values, **values}
            why, advice = test.failure.what, test.failure.remedy
            return Check("device", GROUP, "error", title, found, wanted, why, advice, values=known)
        advice = QT_TRANSLATE_NOOP("Doctor", "Mend what is marked above. If nothing is, install Paddle again.")
        return Check("device", GROUP, "error", title, found, wanted, why, advice, install_paddle(facts, build), values)
    found = QT_TRANSLATE_NOOP(
        "Doctor",
        "on {on}: Paddle loaded in {load} s, product {product} s, convolution {convolution} s, "
        "training step {training} s; at most {off} from NumPy",
    )
    if worst > TOLERANCE:
        advice = QT_TRANSLATE_NOOP("Doctor", "The results are wrong. Install Paddle again; then suspect the hardware.")
        return Check("device", GROUP, "error", title, found, wanted, why, advice, install_paddle(facts, build), values)
    return Check("device", GROUP, "ok", title, found, wanted, why, values=values)
