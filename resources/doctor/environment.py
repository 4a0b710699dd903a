"""Says what a Python environment holds, without importing any of it. Runs in that environment, from Python 3.8 on.

Prints one line of JSON behind a mark; uses nothing but the standard library.
"""

import glob
import json
import os
import re
import sys
import sysconfig
import tempfile
from importlib import metadata

MARK = "ocrstudio-environment "
# Where packages put libraries, below site-packages and below the environment (conda, Windows).
LIBRARY_FOLDERS = (
    "paddle/libs",
    "paddle/base",
    "torch/lib",
    "nvidia/*/lib",
    "nvidia/*/bin",
    "nvidia/*/bin/x86_64",
    "*.libs",
    "*.dylibs",
    "*/.libs",
    "*/.dylibs",
    "cv2",
)
PREFIX_FOLDERS = ("lib", "bin", "Library/bin", "DLLs")
LIBRARY = re.compile(
    r"(?:lib)?(?:iomp5|omp|gomp)(?:md)?[-.\w]*\.(?:so[.\d]*|dll|dylib)$|libomp\d*\.(?:so[.\d]*|dylib)$"
    r"|(?:lib)?cudnn(?:64_\d+)?\.(?:so[.\d]*|dll)$|zlibwapi\.dll$",
    re.IGNORECASE,
)


def packages():
    """Distribution names in small letters, each with its version."""
    found = {}
    for one in metadata.distributions():
        try:
            name, version = one.metadata["Name"], one.version
        except Exception:  # noqa: BLE001, S112 - a damaged package must not hide the others
            continue
        if name:
            # the first one on the path is the one that is imported
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version or "?")
    return found


def libraries(sites, prefix):
    """Libraries that matter, by their real place, so that links count once."""
    found = {}
    places = [os.path.join(site, folder) for site in sites for folder in LIBRARY_FOLDERS]
    if os.path.isdir(os.path.join(prefix, "conda-meta")) or os.name == "nt":
        places += [os.path.join(prefix, folder) for folder in PREFIX_FOLDERS]
    for place in places:
        for folder in glob.glob(place):
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            for name in names:
                if LIBRARY.match(name):
                    full = os.path.realpath(os.path.join(folder, name))
                    found.setdefault(full, os.path.join(folder, name))
    return sorted(found)


def paddle_version(sites):
    """The text in which Paddle says how it was built."""
    for site in sites:
        try:
            with open(os.path.join(site, "paddle", "version", "__init__.py"), encoding="utf-8") as file:
                return file.read(4000)
        except (OSError, ValueError):
            continue
    return ""


def collect():
    """Everything, as JSON can say it."""
    sites = [place for place in dict.fromkeys(os.path.abspath(one) for one in sys.path if one) if os.path.isdir(place)]
    bundled = getattr(sys, "frozen", False)
    if not bundled:
        sites = [place for place in sites if place.endswith(("site-packages", "dist-packages"))]
    target = sysconfig.get_paths()["purelib"]
    conda = os.path.isdir(os.path.join(sys.prefix, "conda-meta"))
    virtual = sys.prefix != sys.base_prefix
    leftovers = [os.path.join(site, name) for site in sites for name in _names(site) if name.startswith("~")]
    plugins = [place for site in sites for place in glob.glob(os.path.join(site, "cv2", "qt", "plugins"))]
    models = [name for site in sites for name in _names(os.path.join(site, "rapidocr", "models"))]
    return {
        "python": list(sys.version_info[:3]),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "executable": sys.executable,
        "kind": "bundle" if bundled else "venv" if virtual else "conda" if conda else "system",
        "prefix": sys.prefix,
        "is_managed": not virtual
        and os.path.isfile(os.path.join(sysconfig.get_paths()["stdlib"], "EXTERNALLY-MANAGED")),
        # a bundle installs into a folder of the user's
        "is_writable": bundled or os.access(target, os.W_OK),
        "packages": packages(),
        "leftovers": leftovers,
        "libraries": libraries(sites, sys.prefix),
        "qt_plugins": plugins,
        "models": sorted(name[: -len(".onnx")] for name in models if re.match(r"PP-OCR.*\.onnx$", name)),
        "paddle_version": paddle_version(sites),
        "encoding": sys.getfilesystemencoding(),
        "home": os.path.expanduser("~"),
        "temporary": tempfile.gettempdir(),
    }


def _names(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


if __name__ == "__main__":
    print(MARK + json.dumps(collect()), flush=True)
