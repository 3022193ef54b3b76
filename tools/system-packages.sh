#!/bin/sh
# See to what pip cannot install: the libraries that Qt loads, a font, and a Python where one is
# requested ("any", or the version that lacks its venv). For "test" also the programs that only tests
# use: without them those tests are skipped.
# Root on Debian and the like gets missing packages installed; everybody else is shown the one line to
# run, at every start, since the window may do without some of them.
set -eu
purpose=$1
needed_python=${2:-}
os_release=${OS_RELEASE:-/etc/os-release}
fonts=${FONTS:-/usr/share/fonts /usr/local/share/fonts}
PATH=$PATH:/usr/sbin:/sbin # of ldconfig

# Each library, and the package that has it: Debian and Ubuntu, Fedora, Arch, openSUSE.
libraries="
libEGL.so.1             libegl1             libglvnd-egl        libglvnd          libglvnd
libGL.so.1              libgl1              libglvnd-glx        libglvnd          libglvnd
libxkbcommon.so.0       libxkbcommon0       libxkbcommon        libxkbcommon      libxkbcommon0
libdbus-1.so.3          libdbus-1-3         dbus-libs           dbus              libdbus-1-3
libfontconfig.so.1      libfontconfig1      fontconfig          fontconfig        libfontconfig1
libglib-2.0.so.0        libglib2.0-0        glib2               glib2             libglib-2_0-0
libpulse.so.0           libpulse0           pulseaudio-libs     libpulse          libpulse0
libgssapi_krb5.so.2     libgssapi-krb5-2    krb5-libs           krb5              krb5
libXrandr.so.2          libxrandr2          libXrandr           libxrandr         libXrandr2
libwayland-cursor.so.0  libwayland-cursor0  libwayland-cursor   wayland           libwayland-cursor0
libxkbcommon-x11.so.0   libxkbcommon-x11-0  libxkbcommon-x11    libxkbcommon-x11  libxkbcommon-x11-0
libxcb-cursor.so.0      libxcb-cursor0      xcb-util-cursor     xcb-util-cursor   libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4       xcb-util-wm         xcb-util-wm       libxcb-icccm4
libxcb-image.so.0       libxcb-image0       xcb-util-image      xcb-util-image    libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1     xcb-util-keysyms    xcb-util-keysyms  libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0       libxcb              libxcb            libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0 xcb-util-renderutil xcb-util-renderutil libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0       libxcb              libxcb            libxcb-shape0
libxcb-xkb.so.1         libxcb-xkb1         libxcb              libxcb            libxcb-xkb1"
a_font="fonts-dejavu-core dejavu-sans-fonts ttf-dejavu dejavu-fonts"
# Encoders of what PyAV only decodes, a voice (genretagger/training/sounds/speech_synthesis.py), what reads the manual
# page and the completions, what shows each system call (tests/test_network.py), what makes the bundle small
# (tools/packaging/), and a screen and keys for its window (tests/frozen/); "-": no package.
programs="
speexenc   speex          speex-tools speex     speex
mpcenc     musepack-tools -           -         -
espeak-ng  espeak-ng      espeak-ng   espeak-ng espeak-ng
man        man-db         man-db      man-db    man
mandoc     mandoc         mandoc      mandoc    mandoc
zsh        zsh            zsh         zsh       zsh
fish       fish           fish        fish      fish
strace     strace         strace      strace    strace
objdump    binutils       binutils    binutils  binutils
icupkg     icu-devtools   icu         icu       icu
zstd       zstd           zstd        zstd      zstd
Xvfb       xvfb           xorg-x11-server-Xvfb xorg-server-xvfb xorg-x11-server-Xvfb
xdotool    xdotool        xdotool     xdotool   xdotool"

# The kind of system: its own name, else the one that it says it is like.
kind_of_system() {
    # shellcheck disable=SC1090
    words=$(. "$os_release" 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}") || true
    for word in $words; do
        case $word in
        debian | ubuntu) echo debian && return ;;
        fedora | rhel) echo fedora && return ;;
        arch) echo arch && return ;;
        suse | opensuse*) echo suse && return ;;
        esac
    done
    echo other
}

# Which word of a line of the tables names what to install.
package() { # WHAT DEBIAN FEDORA ARCH SUSE
    case $kind in
    debian) echo "$2" ;;
    fedora) echo "$3" ;;
    arch) echo "$4" ;;
    suse) echo "$5" ;;
    *) echo "$1" ;;
    esac
}

missing_libraries() {
    known=$(ldconfig -p 2>/dev/null) || return 0 # a system of another make: Qt says what it misses
    printf '%s\n' "$libraries" | while read -r name packages; do
        # shellcheck disable=SC2086 # lists of words, here and below
        case $known in *"$name "*) ;; *) [ -z "$name" ] || package "$name" $packages ;; esac
    done
    # shellcheck disable=SC2010,SC2086
    ls -R $fonts "${HOME:-}/.local/share/fonts" 2>/dev/null | grep -q '\.[ot]t[cf]$' ||
        package "a font" $a_font
}

missing_programs() {
    printf '%s\n' "$programs" | while read -r name packages; do
        # shellcheck disable=SC2086
        command -v "${name:-sh}" >/dev/null || package "$name" $packages
    done | grep -vx -e - || true
}

is_known() { # PACKAGE - to apt
    apt-cache show "$1" >/dev/null 2>&1
}

# Since 2024 some libraries of Debian and Ubuntu are named for their 64-bit times; ask which is here.
todays_names() {
    for name in "$@"; do
        is_known "${name}t64" && name=${name}t64
        echo "$name"
    done
}

python_package() {
    case $kind:$needed_python in
    *:) ;;
    debian:any)
        for version in 3.13 3.12 3.11; do
            is_known python$version-venv && echo python$version-venv && return
        done
        is_known python3 || echo python3-venv # nothing was ever asked of the registry: guess
        ;;
    debian:*) echo "python$needed_python-venv" ;;
    fedora:any) echo python3.13 ;;
    suse:any) echo python313 ;;
    arch:any) echo uv ;; # Arch has the newest Python only; uv brings others
    esac
}

run_apt() { # ARGUMENT... - says nothing unless it fails
    output=$(DEBIAN_FRONTEND=noninteractive apt-get -y -qq "$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

install() { # WHAT PACKAGE...
    what=$1
    shift
    [ $# -gt 0 ] || return 0
    echo "Installing $what: $*" >&2
    run_apt install --no-install-recommends "$@" ||
        echo "Installing $what failed, as is said above." >&2
}

line_to_run() { # PACKAGE...
    case $kind in
    debian) echo "apt-get install $*" ;;
    fedora) echo "dnf install $*" ;;
    arch) echo "pacman -S --needed $*" ;;
    suse) echo "zypper install $*" ;;
    esac
}

kind=$(kind_of_system)
missing=$(missing_libraries | sort -u)
programs_for_tests=""
[ "$purpose" != test ] || programs_for_tests=$(missing_programs)
[ -n "$needed_python$missing$programs_for_tests" ] || exit 0

may_install=""
[ "$kind" != debian ] || [ "$(id -u)" -ne 0 ] || may_install=yes
[ -z "$may_install" ] || run_apt update || true # packages that apt lacks are named below
python=$(python_package)
# shellcheck disable=SC2086
[ "$kind" != debian ] || missing=$(todays_names $missing)

# shellcheck disable=SC2086
if [ -n "$may_install" ]; then
    install "Python" $python
    install "what the window needs" $missing
    install "what some tests need" $programs_for_tests
    exit
fi
# shellcheck disable=SC2086
set -- $python $missing $programs_for_tests
[ $# -gt 0 ] || exit 0
if [ "$kind" = other ]; then
    echo "The window may miss: $*; install what brings it." >&2
    exit
fi
echo "Some system packages are missing; to install them run:" >&2
[ "$(id -u)" -eq 0 ] || sudo="sudo "
echo "  ${sudo:-}$(line_to_run "$@")" >&2
[ "$python" != uv ] || echo "  uv python install 3.13" >&2
