#!/bin/sh
# Pack dist/genretagger into dist/genretagger-VERSION-x86_64.AppImage. Run after `make package`.
# Needs appimagetool (https://github.com/AppImage/appimagetool), on PATH or named by APPIMAGETOOL; with
# APPIMAGETOOL=true only the folder is made, build/AppDir.
set -eu
cd "$(dirname "$0")/../../.."
id=io.github.genretagger.Genretagger
tool=${APPIMAGETOOL:-appimagetool}
folder=build/AppDir
recipe=tools/packaging
[ -x dist/genretagger/genretagger ] || {
    echo "There is no dist/genretagger: run make package first." >&2
    exit 2
}
command -v "$tool" >/dev/null || {
    echo "There is no $tool: get it from https://github.com/AppImage/appimagetool, or name it by APPIMAGETOOL." >&2
    exit 2
}
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' genretagger/__init__.py)

rm -rf $folder
mkdir -p $folder/usr/lib $folder/usr/share/metainfo $folder/usr/share/applications
cp -a dist/genretagger $folder/usr/lib/genretagger
install -m 755 $recipe/appimage/AppRun $folder/AppRun
install -m 644 $recipe/linux/$id.desktop $folder/$id.desktop
install -m 644 $recipe/linux/$id.desktop $folder/usr/share/applications/$id.desktop
# appimagetool knows the older name of such files.
install -m 644 $recipe/linux/$id.metainfo.xml $folder/usr/share/metainfo/$id.appdata.xml
install -m 644 build/icons/256.png $folder/$id.png
ln -s $id.png $folder/.DirIcon
ARCH=$(uname -m) VERSION=$version "$tool" $folder "dist/genretagger-$version-$(uname -m).AppImage"
