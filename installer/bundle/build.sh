#!/usr/bin/env bash
# Makes what is handed out on Linux, in the folder that is named: the bundle, a .deb and a tarball of it.
#
#   bash installer/bundle/build.sh OUT            as small as possible: takes some minutes, the first time twenty
#   bash installer/bundle/build.sh OUT OPENCV     with a small OpenCV that installer/bundle/opencv.py has made elsewhere
#   bash installer/bundle/build.sh OUT --quick    with the whole OpenCV, in large files, for trying them out
set -euo pipefail

# shellcheck source=installer/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../common.sh"

out=$(mkdir -p -- "${1:?Name the folder for the files.}" && cd -- "$1" && pwd)
here=$ROOT/installer/bundle
work=$out/work
quick='' opencv=''
if [[ ${2:-} == --quick ]]; then
    quick=--quick
else
    opencv=$(realpath -m -- "${2:-$out/opencv}")
fi

is_ready "$ENGINE" bundle || set_up "$ENGINE" bundle
version=$("$VENV/bin/python" -c 'import ocrstudio; print(ocrstudio.__version__)')

make_bundle() {
    if [[ -n $opencv && ! -d $opencv ]]; then
        "$VENV/bin/python" "$here/opencv.py" "$opencv" >&2
    fi
    (cd -- "$ROOT" && PYTHONPATH=$opencv:${PYTHONPATH:-} "$VENV/bin/python" -m PyInstaller --noconfirm \
        --log-level WARN --distpath "$out" --workpath "$work" "$here/ocrstudio.spec")
    # symbols are of no use there; the libraries of wheels were laid out anew and stay as they are
    if command -v strip >/dev/null; then
        find "$out/ocrstudio/lib" -name '*.so*' -type f -not -path '*.libs/*' -exec strip --strip-unneeded {} + 2>/dev/null || true
    fi
    cp -- "$ROOT/LICENSE" "$out/ocrstudio/"
    "$VENV/bin/python" "$here/weigh.py" "$out/ocrstudio" ${quick:+"$quick"} >&2
}

# The place of everything in a Linux system, below a folder.
lay_out() {
    local root=$1 share=$1/usr/share size
    mkdir -p "$root/opt" "$root/usr/bin" "$share/applications" "$share/metainfo" "$share/doc/ocrstudio"
    cp -a -- "$out/ocrstudio" "$root/opt/ocrstudio"
    ln -s /opt/ocrstudio/ocrstudio "$root/usr/bin/ocrstudio"
    cp -- "$here/linux/ocrstudio.desktop" "$share/applications/"
    sed "s/@VERSION@/$version/; s/@DATE@/$(date -u +%F)/" "$here/linux/ocrstudio.metainfo.xml" \
        >"$share/metainfo/ocrstudio.metainfo.xml"
    cp -- "$ROOT/LICENSE" "$share/doc/ocrstudio/copyright"
    for size in 48 64 128 256; do
        mkdir -p "$share/icons/hicolor/${size}x$size/apps"
        "$VENV/bin/python" -c 'import sys; from PIL import Image
Image.open(sys.argv[1]).resize((int(sys.argv[3]),) * 2, Image.Resampling.LANCZOS).save(sys.argv[2])' \
            "$ROOT/resources/icons/ocrstudio.png" "$share/icons/hicolor/${size}x$size/apps/ocrstudio.png" "$size"
    done
    mkdir -p "$share/icons/hicolor/scalable/apps"
    cp -- "$ROOT/resources/icons/ocrstudio.svg" "$share/icons/hicolor/scalable/apps/"
}

make_deb() {
    local root=$work/deb architecture size depends
    rm -rf -- "$root"
    lay_out "$root"
    architecture=$(dpkg --print-architecture)
    size=$(du -sk -- "$root" | cut -f1)
    # the newer names of some libraries end in t64
    depends=$(printf '%s\n' "${QT_PACKAGES[@]}" | sed 's/^libglib2.0-0$/libglib2.0-0t64 | libglib2.0-0/' | paste -sd, | sed 's/,/, /g')
    mkdir -p "$root/DEBIAN"
    sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$size/; s/@DEPENDS@/$depends/" \
        "$here/linux/control" >"$root/DEBIAN/control"
    dpkg-deb --root-owner-group "-Z${compression[0]}" "-z${compression[1]}" --build "$root" \
        "$out/ocrstudio_${version}_$architecture.deb" >/dev/null
}

make_tarball() {
    local name
    name=ocrstudio-$version-linux-$(uname -m)
    tar -C "$out" --transform "s,^ocrstudio,$name," --owner=0 --group=0 --numeric-owner -cf - ocrstudio |
        "${tar_filter[@]}" >"$out/$name.tar${tar_suffix}"
}

compression=(xz 6) tar_filter=(xz -T0 -6) tar_suffix=.xz
if [[ -n $quick ]]; then
    compression=(gzip 1) tar_filter=(gzip -1) tar_suffix=.gz
fi
make_bundle
if command -v dpkg-deb >/dev/null; then
    make_deb
fi
make_tarball
rm -rf -- "$work"
du -sh -- "$out"/* >&2
