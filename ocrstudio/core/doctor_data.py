"""Room for data: memory, disk, and the memory that loaders share."""

from __future__ import annotations

from ocrstudio.core.doctor_facts import Check, Facts, Group
from ocrstudio.core.errors import QT_TRANSLATE_NOOP

GROUP: Group = "data"
DISK_WANTED_GB, DISK_NEEDED_GB = 5.0, 1.0
SHM_WANTED_GB = 1.0
MEMORY_WANTED_GB = 4.0


def check_data(facts: Facts) -> list[Check]:
    """The lines of this group; they concern the machine, whatever interpreter was looked at."""
    return [_memory(facts), _disk(facts), *_shm(facts)]


def _memory(facts: Facts) -> Check:
    good = facts.memory_gb >= MEMORY_WANTED_GB
    return Check(
        "memory",
        GROUP,
        "ok" if good else "warning",
        QT_TRANSLATE_NOOP("Doctor", "Memory"),
        QT_TRANSLATE_NOOP("Doctor", "{size} GB"),
        QT_TRANSLATE_NOOP("Doctor", "4 GB or more"),
        QT_TRANSLATE_NOOP("Doctor", "A training that runs out of it is ended by the system without a word."),
        "" if good else QT_TRANSLATE_NOOP("Doctor", "Train with small batches and close other programs."),
        values={"size": f"{facts.memory_gb:.1f}"},
    )


def _disk(facts: Facts) -> Check:
    free = facts.disk_free_gb
    return Check(
        "disk",
        GROUP,
        "ok" if free >= DISK_WANTED_GB else "warning" if free >= DISK_NEEDED_GB else "error",
        QT_TRANSLATE_NOOP("Doctor", "Disk"),
        QT_TRANSLATE_NOOP("Doctor", "{size} GB free"),
        QT_TRANSLATE_NOOP("Doctor", "5 GB or more"),
        QT_TRANSLATE_NOOP("Doctor", "Paddle takes 1.5 GB, its build for graphics cards up to 5; checkpoints add up."),
        "" if free >= DISK_WANTED_GB else QT_TRANSLATE_NOOP("Doctor", "Make room: datasets, runs and models are kept."),
        values={"size": f"{free:.1f}"},
    )


def _shm(facts: Facts) -> list[Check]:
    if facts.shm_gb is None:
        return []
    good = facts.shm_gb >= SHM_WANTED_GB
    advice = QT_TRANSLATE_NOOP("Doctor", "In Docker, start with more: --shm-size=8g. Until then train with no workers.")
    return [
        Check(
            "shm",
            GROUP,
            "ok" if good else "warning",
            QT_TRANSLATE_NOOP("Doctor", "Shared memory"),
            QT_TRANSLATE_NOOP("Doctor", "{size} GB in /dev/shm"),
            QT_TRANSLATE_NOOP("Doctor", "1 GB or more"),
            QT_TRANSLATE_NOOP(
                "Doctor", "Loaders hand pictures over through it; training stops with a bus error when it is full."
            ),
            "" if good else advice,
            values={"size": f"{facts.shm_gb:.2f}"},
        )
    ]
