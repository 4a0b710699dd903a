"""Graphics cards: driver, CUDA, what Paddle was built for, cuDNN."""

from __future__ import annotations

from typing import Any

from ocrstudio.core.doctor_builds import Build, build_of, numbers, runs_on, wanted_build
from ocrstudio.core.doctor_facts import Check, Cudnn, Facts, Fix, Group, Status, pip_install
from ocrstudio.core.doctor_training import build_for, install_paddle
from ocrstudio.core.errors import QT_TRANSLATE_NOOP

GROUP: Group = "graphics"


def check_graphics(facts: Facts) -> list[Check]:
    """The lines of this group; only the first one without cards, CUDA and a build for them."""
    built = bool(facts.paddle_cuda)
    return [
        _gpu(facts),
        *([_cuda(facts)] if built and facts.gpus else []),
        *([_cudnn(facts)] if built else []),
        *([_toolkit(facts)] if built or facts.toolkit else []),
    ]


def _gpu(facts: Facts) -> Check:
    title = QT_TRANSLATE_NOOP("Doctor", "Graphics card")
    wanted = QT_TRANSLATE_NOOP("Doctor", "optional; an NVIDIA card speeds training up")
    why = QT_TRANSLATE_NOOP("Doctor", "Training on a card is ten times as fast and more.")
    if not facts.gpus:
        found = {
            "": QT_TRANSLATE_NOOP("Doctor", "no NVIDIA card or driver"),
            "?": QT_TRANSLATE_NOOP("Doctor", "a driver that does not answer"),
        }.get(facts.driver, QT_TRANSLATE_NOOP("Doctor", "driver {driver}, but no card answers"))
        values = {"driver": facts.driver}
        if facts.paddle_cuda:
            advice = QT_TRANSLATE_NOOP(
                "Doctor",
                "Paddle is built for a graphics card. If this computer has one, install its driver (in Docker: start "
                "with --gpus all); if not, install the processor's Paddle.",
            )
            fix = install_paddle(facts, None)
            return Check("gpu", GROUP, "error", title, found, wanted, why, advice, fix, values)
        if facts.driver == "?":
            advice = QT_TRANSLATE_NOOP(
                "Doctor",
                "Restart the computer: after an update the old driver still runs. If that does not help, install the "
                "driver again; in Docker, start with --gpus all.",
            )
            return Check("gpu", GROUP, "warning", title, found, wanted, why, advice, values=values)
        return Check("gpu", GROUP, "ok", title, found, wanted, why, values=values)
    build = build_for(facts)
    values = {**_cards(facts), "build": build.cuda if build is not None else ""}
    found = QT_TRANSLATE_NOOP("Doctor", "{cards}, driver {driver}, CUDA up to {cuda}")
    if facts.paddle_cuda or facts.has_both_wheels:
        return Check("gpu", GROUP, "ok", title, found, wanted, why, values=values)
    if build is None:
        return Check("gpu", GROUP, "warning", title, found, wanted, why, _no_build(facts), values=values)
    advice = (
        QT_TRANSLATE_NOOP(
            "Doctor", "Training does not use it: Paddle is for the processor only. CUDA {build} fits here."
        )
        if facts.paddle
        else QT_TRANSLATE_NOOP("Doctor", "Training does not use it: Paddle is missing. CUDA {build} fits here.")
    )
    return Check("gpu", GROUP, "warning", title, found, wanted, why, advice, install_paddle(facts, build), values)


def _cards(facts: Facts) -> dict[str, Any]:
    cards = [
        f"{card.name} ({card.memory_gb:.0f} GB" + (f", {card.capability:.1f})" if card.capability else ")")
        for card in facts.gpus
    ]
    return {"cards": ", ".join(cards), "driver": facts.driver or "?", "cuda": facts.driver_cuda or "?"}


def _no_build(facts: Facts) -> str:
    """What to do when no build serves these cards with this driver."""
    if wanted_build(card.capability for card in facts.gpus) is not None:
        return QT_TRANSLATE_NOOP(
            "Doctor", "No build of Paddle runs with so old a driver. Update it from nvidia.com, restart, check again."
        )
    if len(facts.gpus) > 1:
        return QT_TRANSLATE_NOOP(
            "Doctor", "No one build has code for all these cards. Hide some with CUDA_VISIBLE_DEVICES, check again."
        )
    return QT_TRANSLATE_NOOP(
        "Doctor", "No build of Paddle 3 has code for this card. Training uses the processor, which works."
    )


def _cuda(facts: Facts) -> Check:
    own = build_of(facts.paddle, facts.paddle_cuda)
    better = build_for(facts)
    known = facts.paddle_cards or ((own.lowest, own.highest) if own is not None else ())
    values = {
        **_cards(facts),
        "built": facts.paddle_cuda,
        "codes": ", ".join(f"{one:.1f}" for one in facts.paddle_cards)
        or "–".join(f"{one:.1f}" for one in known)
        or "?",
        "build": better.cuda if better is not None else "",
    }
    status, advice = _verdict(facts, own, better)
    fix = install_paddle(facts, better) if advice and better is not None and better.cuda != facts.paddle_cuda else None
    return Check(
        "cuda",
        GROUP,
        status,
        QT_TRANSLATE_NOOP("Doctor", "Paddle for this card"),
        QT_TRANSLATE_NOOP("Doctor", "CUDA {built} (the driver runs {cuda}), code for cards {codes}"),
        QT_TRANSLATE_NOOP("Doctor", "a CUDA not above the driver's, and code for the card"),
        QT_TRANSLATE_NOOP("Doctor", "Otherwise training stops at once, or silently uses the processor."),
        advice,
        fix,
        values,
    )


def _verdict(facts: Facts, own: Build | None, better: Build | None) -> tuple[Status, str]:
    if not all(_has_code(facts, own, card.capability) for card in facts.gpus):
        if better is None:
            return "error", _no_build(facts)
        return "error", QT_TRANSLATE_NOOP(
            "Doctor", "This build has no code for the card. Install that for CUDA {build}."
        )
    if not facts.driver_cuda or numbers(facts.paddle_cuda)[:2] <= numbers(facts.driver_cuda)[:2]:
        return "ok", ""
    if own is not None and runs_on(own, facts.driver, facts.driver_cuda, facts.is_windows):
        return "warning", QT_TRANSLATE_NOOP(
            "Doctor",
            "Paddle is built for CUDA {built}, newer than the driver's {cuda}. NVIDIA lets this driver run it with "
            "a part of its features: run the device test. Better: update the driver.",
        )
    if better is not None and better.cuda != facts.paddle_cuda:
        return "error", QT_TRANSLATE_NOOP(
            "Doctor",
            "Paddle is built for CUDA {built}, newer than the driver can run. Update the card's driver, or install the "
            "build for CUDA {build}.",
        )
    return "error", QT_TRANSLATE_NOOP(
        "Doctor", "Paddle is built for CUDA {built}, newer than the driver can run. Update the card's driver."
    )


def _has_code(facts: Facts, own: Build | None, capability: float) -> bool:
    """Whether the installed build has code for a card. Code for 8.0 also runs on 8.6, not on 7.5 or 9.0."""
    if not capability:
        return True
    if facts.paddle_cards:
        return any(int(code) == int(capability) and code <= capability for code in facts.paddle_cards)
    return own is None or own.fits(capability)


def _toolkit(facts: Facts) -> Check:
    old = bool(facts.paddle_cuda) and numbers(facts.paddle) < (3,)
    packages = any(name.startswith("nvidia-cuda-runtime") and version for name, version in facts.packages.items())
    good = not old or packages or numbers(facts.toolkit)[:1] == numbers(facts.paddle_cuda)[:1]
    advice = QT_TRANSLATE_NOOP(
        "Doctor",
        "Paddle 2 takes CUDA from the system: install the CUDA toolkit {built} from NVIDIA, or Paddle 3, which brings "
        "its own.",
    )
    return Check(
        "toolkit",
        GROUP,
        "ok" if good else "error",
        QT_TRANSLATE_NOOP("Doctor", "CUDA toolkit"),
        QT_TRANSLATE_NOOP("Doctor", "nvcc {toolkit}") if facts.toolkit else QT_TRANSLATE_NOOP("Doctor", "none"),
        QT_TRANSLATE_NOOP("Doctor", "CUDA {built}") if old else QT_TRANSLATE_NOOP("Doctor", "none is needed"),
        QT_TRANSLATE_NOOP("Doctor", "Paddle 3 brings CUDA along as packages; Paddle 2 does not."),
        "" if good else advice,
        None if good else install_paddle(facts, build_for(facts)),
        {"toolkit": facts.toolkit, "built": facts.paddle_cuda},
    )


def _cudnn(facts: Facts) -> Check:
    own = build_of(facts.paddle, facts.paddle_cuda)
    wanted = facts.paddle_cudnn or (own.cudnn if own is not None else "")
    brings = numbers(facts.paddle) >= (3,)
    usable = [one for one in facts.cudnn if one.package or not brings]
    fitting = [one for one in usable if not wanted or numbers(one.version)[:1] == numbers(wanted)[:1]]
    values = {
        "found": ", ".join(f"{one.version or '?'} ({one.place})" for one in facts.cudnn),
        "wanted": wanted or "?",
    }
    status, advice, fix = _cudnn_verdict(facts, wanted, fitting, brings)
    return Check(
        "cudnn",
        GROUP,
        status,
        QT_TRANSLATE_NOOP("Doctor", "cuDNN"),
        "{found}" if facts.cudnn else QT_TRANSLATE_NOOP("Doctor", "none"),
        QT_TRANSLATE_NOOP("Doctor", "{wanted}, with which Paddle was built"),
        QT_TRANSLATE_NOOP("Doctor", "NVIDIA's library for neural networks; every convolution goes through it."),
        advice,
        fix,
        values,
    )


def _cudnn_verdict(facts: Facts, wanted: str, fitting: list[Cudnn], brings: bool) -> tuple[Status, str, Fix | None]:
    if not fitting and brings:
        advice = QT_TRANSLATE_NOOP("Doctor", "It should have come with Paddle. Install Paddle again.")
        return "error", advice, install_paddle(facts, build_for(facts) or build_of(facts.paddle, facts.paddle_cuda))
    if not fitting:
        advice = QT_TRANSLATE_NOOP(
            "Doctor",
            "Paddle does not find it. Unpack cuDNN {wanted} from NVIDIA into the CUDA toolkit, or install Paddle 3, "
            "which brings its own.",
        )
        return "error", advice, install_paddle(facts, build_for(facts))
    if facts.has_zlib is False and numbers(wanted)[:1] == (8,):
        advice = QT_TRANSLATE_NOOP(
            "Doctor",
            "cuDNN 8 on Windows also needs zlibwapi.dll (64 bit), which is not there: copy it into CUDA's bin folder "
            "as NVIDIA's cuDNN guide says, or install Paddle 3, which does without.",
        )
        return "error", advice, install_paddle(facts, build_for(facts))
    packaged = [one for one in fitting if one.package]
    if brings and packaged and all(numbers(one.version)[:2] < numbers(wanted)[:2] for one in packaged):
        major, cuda = numbers(wanted)[0], numbers(facts.paddle_cuda)[0]
        advice = QT_TRANSLATE_NOOP(
            "Doctor", "Paddle was built with a newer one than it brought along. Install cuDNN {wanted} or newer."
        )
        requirement = f"nvidia-cudnn-cu{cuda}>={wanted},<{major + 1}"
        return "warning", advice, Fix((pip_install(facts, requirement),))
    return "ok", "", None
