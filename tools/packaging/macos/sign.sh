#!/bin/sh
# Sign dist/Genretagger.app, pack it into a disk image, and have Apple notarise that.
#   SIGNING_IDENTITY  "Developer ID Application: NAME (TEAM)"; without it the signature holds on this
#                     machine alone, and Gatekeeper refuses the application elsewhere
#   NOTARY_PROFILE    what `xcrun notarytool store-credentials` was told to keep it under; without it
#                     nothing is notarised
# Run after `make package`, on macOS. Not run so far; docs/packaging.md says what was checked.
set -eu
cd "$(dirname "$0")/../../.."
app=dist/Genretagger.app
identity=${SIGNING_IDENTITY:--}
[ -d "$app" ] || {
    echo "There is no $app: run make package on macOS first." >&2
    exit 2
}
version=$(/usr/libexec/PlistBuddy -c "Print :CFBundleShortVersionString" "$app/Contents/Info.plist")
image=dist/genretagger-$version-macos-$(uname -m).dmg
timestamp=--timestamp
[ "$identity" != - ] || timestamp=--timestamp=none # Apple's clock signs for known developers only

# From the inside out: a signature covers what is within it (--deep is not for signing).
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
    codesign --force $timestamp --options runtime --sign "$identity" {} +
find "$app/Contents" -type d -name '*.framework' -exec \
    codesign --force $timestamp --options runtime --sign "$identity" {} +
codesign --force $timestamp --options runtime --sign "$identity" \
    --entitlements tools/packaging/macos/entitlements.plist "$app"
codesign --verify --deep --strict --verbose=2 "$app"

rm -f "$image"
hdiutil create -volname Genretagger -srcfolder "$app" -format ULFO "$image"
[ "$identity" = - ] || codesign --force $timestamp --sign "$identity" "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
else
    echo "Not notarised: NOTARY_PROFILE names no credentials." >&2
fi
