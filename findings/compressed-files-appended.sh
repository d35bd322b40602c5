#!/usr/bin/env bash
# fflate 0.8.3 (npm) and zstandard 0.25.0 give the first part of a compressed file for the whole, by one of their two ways.
#
# Expected: a file made by putting two compressed ones behind each other (cat a.gz b.gz) holds both texts, as RFC 1952 (2.2)
#           and RFC 8878 (3) say, and a library reads it the same by each of its ways.
# Seen:     gunzipSync and decompressSync of fflate end after the first, its Gunzip gives both; so do pako 3.0.3 and Node.
#           ZstdDecompressor().decompress of zstandard ends after the first, its stream_reader gives both. No error, no rest.
# Caller:   logs and reports that are appended to compressed come out short, the oldest part alone; use the streams.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages fflate@0.8.3 pako@3.0.3
pip_packages zstandard==0.25.0
cat >read.mjs <<'NODE'
import * as fflate from "fflate";
import { ungzip } from "pako";
import zlib from "zlib";

const both = Buffer.concat(["January;", "February;"].map((text) => zlib.gzipSync(text)));
const say = (way, bytes) => console.log(way, Buffer.from(bytes).toString());
say("fflate.gunzipSync", fflate.gunzipSync(both));
say("fflate.decompressSync", fflate.decompressSync(both));
const chunks = [];
new fflate.Gunzip((chunk) => chunks.push(chunk)).push(both, true);
say("fflate.Gunzip", Buffer.concat(chunks));
say("pako", ungzip(both));
say("Node", zlib.gunzipSync(both));
NODE
observe node read.mjs
observe python - <<'PYTHON'
from io import BytesIO
import zstandard

both = b"".join(zstandard.ZstdCompressor().compress(text) for text in (b"January;", b"February;"))
print("zstandard.decompress", zstandard.ZstdDecompressor().decompress(both).decode())
print("zstandard.stream_reader", zstandard.ZstdDecompressor().stream_reader(BytesIO(both)).read().decode())
PYTHON
seen <<'SEEN'
fflate.gunzipSync January;
fflate.decompressSync January;
fflate.Gunzip January;February;
pako January;February;
Node January;February;
zstandard.decompress January;
zstandard.stream_reader January;February;
SEEN
