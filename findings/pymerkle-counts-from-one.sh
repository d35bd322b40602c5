#!/usr/bin/env bash
# pymerkle 7.0.0 counts the leaves of its tree from 1; RFC 6962 and RFC 9162 count from 0.
#
# Expected: get_leaf(0) is the first leaf, as a certificate transparency log numbers it.
# Seen:     get_leaf(1) is. The roots are those of the RFC, so only a proof for the wrong neighbour shows it.
# Caller:   add one to every index, and compare a proof with a leaf that is not at the edge.
. "$(dirname "$0")/lib.sh"
pip_packages pymerkle==7.0.0
observe python - <<'PYTHON'
import hashlib
from pymerkle import InmemoryTree

tree = InmemoryTree(algorithm="sha256")
print("first index:", tree.append_entry(b"a"))
leaf = hashlib.sha256(b"\0a").digest()
print("get_leaf(1) is the first:", tree.get_leaf(1) == leaf)
print("root as in RFC 6962:", tree.get_root() == leaf)
PYTHON
seen <<'SEEN'
first index: 1
get_leaf(1) is the first: True
root as in RFC 6962: True
SEEN
