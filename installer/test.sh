#!/usr/bin/env bash
# Sets up OCR Studio with what its tests need, and runs them all: linters, types and layers, then the tests.
#
#   bash installer/test.sh                    everything
#   bash installer/test.sh PYTEST-ARGUMENTS   only pytest, with these arguments
set -uo pipefail

# shellcheck source=installer/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

if ! is_ready "$ENGINE" test bundle || ! command -v xvfb-run >/dev/null; then
    install_packages "${QT_PACKAGES[@]}" "${SCREEN_PACKAGES[@]}"
fi
set_up "$ENGINE" test bundle
cd -- "$ROOT" || exit 1
bin=$VENV/bin
if [[ $# -gt 0 ]]; then
    exec "$bin/python" -m pytest "$@"
fi

failed=()
check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

screen=()
if command -v xvfb-run >/dev/null; then
    # A real X server shows what the offscreen platform hides: plug-ins that clash, focus, shortcuts.
    screen=(env QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24")
else
    say "There is no xvfb-run here; the whole-window tests run without an X server."
fi

check "ruff check" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"
check "import-linter" "$bin/lint-imports"
check "tests of units and widgets" env QT_QPA_PLATFORM=offscreen "$bin/python" -m pytest -n 2 --dist worksteal tests/unit tests/gui
check "tests of the engine" \
    env QT_QPA_PLATFORM=offscreen "$bin/python" -m pytest -n 2 --dist loadfile tests/engine
handed_out=$(mktemp -d)
trap 'rm -rf -- "$handed_out"' EXIT
if command -v dpkg-deb >/dev/null; then
    check "bundle, package and tarball" bash installer/bundle/build.sh "$handed_out" --quick
    export OCRSTUDIO_HANDED_OUT=$handed_out
fi
check "tests of the whole window" ${screen[@]+"${screen[@]}"} "$bin/python" -m pytest tests/e2e

if ((${#failed[@]})); then
    printf '\nFailed: %s\n' "$(IFS=';'; printf '%s' "${failed[*]}")"
    exit 1
fi
printf '\nEverything passed.\n'
