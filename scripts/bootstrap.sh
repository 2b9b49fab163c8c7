# Sets up what ./run and ./test need. Sourced by both, with the working directory at the clone's root; POSIX sh.
#
# Everything made here lies in the clone: .venv (Python libraries) and, without root, .sys (system libraries
# unpacked, not installed). Packages installed with apt stay, and are named when they are installed.

ROOT=$(pwd)
VENV=${VENV:-$ROOT/.venv}
SYS=$ROOT/.sys
umask 022

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- system packages -------------------------------------------------------------------------------------

# Run a command as root: as we are, or through sudo where sudo lets us.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

can_be_root() { as_root true 2>/dev/null; }

# Install Debian packages, by name. Services that a package brings are not started: policy-rc.d, put there
# for the length of the installation, says no. Where we cannot be root the packages are unpacked into .sys.
need_packages() {
    if ! have apt-get; then
        complain "This machine has no apt-get. Install what corresponds to these Debian packages: $*"
        return 1
    fi
    if can_be_root; then
        say "Installing Debian packages (they stay on this machine): $*"
        install_packages "$@" && return 0
        complain "apt-get could not install: $*"
        return 1
    fi
    say "Not root and no sudo: unpacking Debian packages into .sys (nothing is installed): $*"
    unpack_packages "$@" && return 0
    complain "Ask the machine's administrator to run: apt-get install --no-install-recommends $*"
    return 1
}

install_packages() {
    policy=/usr/sbin/policy-rc.d
    made_policy=
    if [ ! -e $policy ]; then
        made_policy=yes
        printf '#!/bin/sh\nexit 101\n' | as_root sh -c "cat >$policy && chmod 755 $policy"
    fi
    installed=0
    told=$(apt_get_install "$@" 2>&1) ||
        told=$(as_root apt-get update -qq 2>&1 && apt_get_install "$@" 2>&1) ||
        { installed=1 && complain "$told"; }
    [ -z "$made_policy" ] || as_root rm -f $policy
    return $installed
}

apt_get_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# Download packages with all they depend on, and unpack those that are not installed.
unpack_packages() {
    mkdir -p "$SYS/apt/lists/partial" "$SYS/apt/cache/archives/partial"
    own_apt="-o Dir::State::Lists=$SYS/apt/lists -o Dir::Cache=$SYS/apt/cache -o Debug::NoLocking=1"
    # shellcheck disable=SC2086 -- a list of options
    apt-get $own_apt -qq update >/dev/null 2>&1 || return 1
    # shellcheck disable=SC2086
    names=$(apt-get $own_apt -s install --no-install-recommends "$@" 2>/dev/null | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
    for name in $names; do
        # shellcheck disable=SC2086
        (cd "$SYS/apt" && apt-get $own_apt -qq download "$name" >/dev/null 2>&1) || return 1
    done
    for package in "$SYS"/apt/*.deb; do
        [ -e "$package" ] && dpkg -x "$package" "$SYS" && rm -f "$package"
    done
    rm -rf "$SYS/apt"
    use_sys
}

# Let programs find what was unpacked into .sys.
use_sys() {
    [ -d "$SYS" ] || return 0
    # Chromium's sound library keeps a part of itself in a folder of its own.
    for folder in "$SYS"/usr/lib/*-linux-gnu* "$SYS"/lib/*-linux-gnu* "$SYS"/usr/lib/*-linux-gnu*/pulseaudio; do
        [ -d "$folder" ] || continue
        case ":${LD_LIBRARY_PATH:-}:" in
            *":$folder:"*) ;;
            *) LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} ;;
        esac
    done
    export LD_LIBRARY_PATH
    use_sys_fonts
    case ":$PATH:" in
        *":$SYS/usr/bin:"*) ;;
        *) PATH=$PATH:$SYS/usr/bin ;;
    esac
}

# A browser without a single font ends at its first page. (PDFs bring their own fonts and their own list of them.)
use_sys_fonts() {
    [ ! -e /etc/fonts/fonts.conf ] && [ -d "$SYS/usr/share/fonts" ] || return 0
    cat >"$SYS/fonts.conf" <<CONF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$SYS/usr/share/fonts</dir><cachedir>$SYS/var/cache/fontconfig</cachedir></fontconfig>
CONF
    export FONTCONFIG_FILE="$SYS/fonts.conf"
}

# --- Python ----------------------------------------------------------------------------------------------

is_python_for_us() {
    "$1" -c 'import sys, sqlite3, ssl; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
}

# Ubuntu and Debian ship Python without the part that makes a virtual environment.
can_make_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        candidate=$(command -v "$candidate" 2>/dev/null) || continue
        is_python_for_us "$candidate" && can_make_venv "$candidate" && { PYTHON=$candidate; return 0; }
    done
    return 1
}

need_python() {
    find_python && return 0
    if can_be_root; then
        need_packages python3 python3-venv || true
        find_python && return 0
    fi
    complain "Python 3.11, 3.12, 3.13 or 3.14 that can make virtual environments is needed."
    complain "On Debian and Ubuntu: apt-get install --no-install-recommends python3 python3-venv"
    complain "Or name one: PYTHON=/path/to/python3.12 $0"
    exit 1
}

checksum_of() { "$PYTHON" -c 'import hashlib, sys
print(hashlib.sha256(b"".join(open(p, "rb").read() for p in sys.argv[1:]) + sys.version.encode()).hexdigest())' "$@"; }

# Make .venv and install a locked list into it, unless the list installed there is this one.
# The development list holds the base list at the same versions, so it stamps both. The lists are complete, so
# nothing is looked for beyond them (--no-deps): pip would try a newer release for a dependency named with an
# extra (coverage[toml]) and refuse it for lack of a hash.
need_libraries() { # base | dev
    if [ -x "$VENV/bin/python" ] && is_python_for_us "$VENV/bin/python"; then
        PYTHON=$VENV/bin/python
    else
        need_python
        say "Making a virtual environment with $("$PYTHON" --version)"
        rm -rf "$VENV"
        if have uv; then uv venv -q --python "$PYTHON" "$VENV"; else "$PYTHON" -m venv "$VENV"; fi
        PYTHON=$VENV/bin/python
    fi
    list=requirements.txt
    [ "$1" = base ] || list=requirements-dev.txt
    sum=$(checksum_of "$list")
    [ "$(cat "$VENV/.installed-$1" 2>/dev/null)" = "$sum" ] && return 0
    say "Installing Python libraries from $list"
    if have uv; then
        uv pip install -q --python "$PYTHON" --no-deps --require-hashes -r "$list"
    else
        "$PYTHON" -m pip install -q --disable-pip-version-check --no-warn-script-location \
            --no-deps --require-hashes -r "$list"
    fi
    printf '%s\n' "$sum" >"$VENV/.installed-$1"
    [ "$1" = base ] || checksum_of requirements.txt >"$VENV/.installed-base"
}

# --- PDF -------------------------------------------------------------------------------------------------

can_make_pdf() {
    "$PYTHON" -c 'import ctypes
for name in ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)' 2>/dev/null
}

# WeasyPrint draws with pango. Without it the portal runs, and says that it makes no PDF.
need_pdf() {
    use_sys
    can_make_pdf && return 0
    need_packages libpangoft2-1.0-0 libharfbuzz-subset0 && can_make_pdf && return 0
    complain "Going on without PDFs: the libraries pango and harfbuzz-subset are missing."
}
