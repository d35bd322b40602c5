# Read by every script here: `. "$(dirname "$0")/lib.sh"`. Works in a temporary folder that is gone at the end.
#
#   pip_packages NAME==VERSION …      into an environment of its own
#   npm_packages NAME@VERSION …       into the folder's node_modules
#   apt_program PROGRAM PACKAGE       ends with 3 where it is not installed, and says how to get it
#   observe COMMAND …                 runs it, prints what it says, and keeps that
#   seen <<'SEEN' … SEEN              ends with 1 where anything else was kept
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

pip_packages() {
  python3 -m venv environment
  environment/bin/pip install --quiet --disable-pip-version-check "$@" 2>/dev/null
  PATH="$folder/environment/bin:$PATH"
}

npm_packages() {
  npm install --silent --ignore-scripts --no-audit --no-fund --prefix "$folder" "$@" >/dev/null
}

apt_program() {
  command -v "$1" >/dev/null || { echo "needs $1: apt-get install $2" >&2; exit 3; }
}

observe() {
  "$@" 2>&1 | tee -a observed
}

seen() {
  diff - observed || { echo "This is not what was seen before." >&2; exit 1; }
}
