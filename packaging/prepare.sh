# Sourced by packaging/start, packaging/test and .ci/run: makes .venv from a lock, and what Debian must bring.
# Every function speaks on stderr only, and does nothing where what it would make is already there.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv

# Each entry: a Debian package, a colon, and what shows that it is there: a library, a command or a file.
window_packages=(
  libegl1:libEGL.so.1 libgl1:libGL.so.1 libglib2.0-0:libglib-2.0.so.0 libfontconfig1:libfontconfig.so.1
  libxkbcommon0:libxkbcommon.so.0 libdbus-1-3:libdbus-1.so.3 libxcb-cursor0:libxcb-cursor.so.0
  libxcb-icccm4:libxcb-icccm.so.4 libxcb-keysyms1:libxcb-keysyms.so.1
  libxkbcommon-x11-0:libxkbcommon-x11.so.0 libxcb-shape0:libxcb-shape.so.0
)
test_packages=(
  xvfb:Xvfb xauth:xauth xdotool:xdotool poppler-utils:pdftoppm libpangoft2-1.0-0:libpangoft2-1.0.so.0 strace:strace swi-prolog-nox:swipl
  default-jdk-headless:javac libjaxb-java:/usr/share/java/jaxb-runtime.jar
)

say() { printf '%s\n' "$*" >&2; }

digest() { if command -v sha256sum; then sha256sum; else shasum -a 256; fi | tail -n 1; }

# find_python: print a Python from 3.11 to 3.13 that can make environments, or fail.
find_python() {
  local candidate fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
  for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c "$fits" 2>/dev/null; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# as_root WORD...: run a command as root where nobody has to type a password for it, else fail.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

# missing ENTRY...: print the Debian packages whose library, command or file is absent.
missing() {
  local entry sign libraries
  libraries=$( (PATH=$PATH:/sbin:/usr/sbin ldconfig -p) 2>/dev/null || true)
  for entry in "$@"; do
    sign=${entry#*:}
    case $sign in
      /*) [ -e "$sign" ] ;;
      *.so.*) [ -z "$libraries" ] || [[ $libraries == *"$sign "* ]] ;;
      *) command -v "$sign" >/dev/null ;;
    esac || printf '%s\n' "${entry%%:*}"
  done
}

# prepare_system PURPOSE ENTRY...: install what is missing where that is allowed, else say the one line that would.
prepare_system() {
  local purpose=$1 wanted
  shift
  [ "$(uname -s)" = Linux ] || return 0
  mapfile -t wanted < <(missing "$@")
  [ ${#wanted[@]} -eq 0 ] || install_packages "$purpose" "${wanted[@]}"
}

# install_packages PURPOSE PACKAGE...: the same for packages that are known to be missing. Never fails.
install_packages() {
  local purpose=$1
  shift
  if ! command -v apt-get >/dev/null; then
    say "For $purpose, install what your system calls these Debian packages: $*"
    return 0
  fi
  say "Installing what $purpose needs from Debian: $*"
  if as_root apt-get update -qq -o Acquire::http::Timeout=30 </dev/null >/dev/null 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
      </dev/null >/dev/null 2>&1; then
    return 0
  fi
  say "That was not possible from here. This line would: sudo apt-get install $*"
}

# prepare_venv LOCK: make .venv hold what packaging/LOCK names, unless it does already.
prepare_venv() {
  local lock=$root/packaging/$1 mark=$venv/.from-$1 python state
  state=$( (printf '%s\n' "$root" && cat "$root/packaging/lock.txt" "$root/packaging/lock-dev.txt") | digest)
  if [ -x "$venv/bin/python" ] && [ "$(cat "$mark" 2>/dev/null)" = "$state" ]; then return 0; fi
  if ! python=$(find_python); then
    say "EvidenceMap needs Python 3.11, 3.12 or 3.13, and none is here as python3. Install one, then try again."
    return 2
  fi
  say "Setting up $venv with $("$python" -V 2>&1); this takes about a minute, once."
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages "a Python environment" python3-venv
  fi
  (
    # One set-up at a time: a second start waits here for the first.
    if command -v flock >/dev/null; then flock 9; fi
    if [ "$(cat "$mark" 2>/dev/null)" = "$state" ]; then exit 0; fi
    if [ "$(cat "$venv/.root" 2>/dev/null)" != "$root" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
      "$python" -m venv --clear "$venv" || exit 1
      printf '%s\n' "$root" >"$venv/.root"
    fi
    rm -f "$venv"/.from-*
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
    "$venv/bin/python" -m pip install -q --require-hashes -r "$lock" </dev/null >&2 || exit 1
    "$venv/bin/python" -m pip install -q --no-deps --no-build-isolation -e "$root" </dev/null >&2 || exit 1
    printf '%s\n' "$state" >"$mark"
    # Whatever lock.txt names, lock-dev.txt names too, in the same version.
    if [ "$1" = lock-dev.txt ]; then printf '%s\n' "$state" >"$venv/.from-lock.txt"; fi
  ) 9<"$root" || {
    say "The environment could not be made; the lines above say why. Nothing outside $venv was changed."
    return 2
  }
}
