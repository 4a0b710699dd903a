#!/usr/bin/env bash
# Sets up OCR Studio where that has not been done yet, and starts it.
#
#   bash installer/run.sh                 opens the window
#   bash installer/run.sh FOLDER          opens the window on a folder of images
#   bash installer/run.sh COMMAND …       a command of the command line, such as demo or doctor
set -euo pipefail

# shellcheck source=installer/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

opens_window() { [[ $# == 0 || -d $1 ]]; }

if opens_window "$@" && [[ $(uname -s) == Linux && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then
    fail "There is no display here, so no window can open. Without one you can see the whole program at work with" \
        $'\n    bash installer/run.sh demo\n'"and use everything by command: bash installer/run.sh --help"
fi
if ! is_ready "$ENGINE"; then
    install_packages "${QT_PACKAGES[@]}"
    set_up "$ENGINE"
fi
exec "$VENV/bin/python" "$VENV/bin/ocrstudio" "$@"
