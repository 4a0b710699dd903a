"""Real PaddleOCR checkouts and environments, named by variables; what needs one is skipped where it is not named.

PADDLEOCR_2026, PADDLEOCR_2024: roots of a 3.x and a 2.8 checkout; PADDLEOCR_2026_PYTHON, PADDLEOCR_2024_PYTHON: their
interpreters; PADDLEOCR_ENV: one with the paddleocr package; PADDLE_26_PYTHON: one with Paddle 2.6.2.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

YEARS = ("2026", "2024")


@dataclass(frozen=True)
class RealCheckout:
    """A checkout and its interpreter."""

    year: str
    path: Path
    python: Path


def named_path(variable: str) -> Path:
    """The existing path that an environment variable names; skips the test if it names none."""
    value = os.environ.get(variable, "")
    if not value or not Path(value).exists():
        pytest.skip(f"{variable} names no existing path")
    return Path(value)


def real_checkout(year: str) -> RealCheckout:
    """The checkout of a year; skips the test if it is not named."""
    return RealCheckout(year, named_path(f"PADDLEOCR_{year}"), named_path(f"PADDLEOCR_{year}_PYTHON"))


@pytest.fixture(params=YEARS)
def each_checkout(request: pytest.FixtureRequest) -> RealCheckout:
    """Both, one after the other. Import it into the test's module."""
    return real_checkout(request.param)
