# Read by every script here: `. "$(dirname "$0")/lib.sh"`. Works in a temporary folder that is gone at the end.
#
#   pip_packages NAME==VERSION …      into an environment of its own
#   npm_packages NAME@VERSION …       into the folder's node_modules
#   apt_program PROGRAM PACKAGE       ends with 3 where it is not installed, and says how to get it
#   postgres_at SQL                   starts a PostgreSQL (PGlite) after that statement; its port is in $port
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

postgres_at() {
  npm_packages @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
  cat >serve.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { writeFileSync } from "fs";

const [, , port, sql] = process.argv;
const db = await PGlite.create();
await db.exec(sql);
const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: Number(port), maxConnections: 4 });
await server.start();
writeFileSync("ready", "");
setTimeout(() => process.exit(), 120000);
NODE
  port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
  node serve.mjs "$port" "$1" &
  server=$!
  trap 'kill $server; rm -rf "$folder"' EXIT
  for _ in $(seq 60); do [ -e ready ] && break; sleep 1; done
}

observe() {
  "$@" 2>&1 | tee -a observed
}

seen() {
  diff - observed || { echo "This is not what was seen before." >&2; exit 1; }
}
