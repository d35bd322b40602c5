#!/usr/bin/env bash
# jsondiff 2.2.1 and dictdiffer 0.10.0 see no change from 1 to true; deepdiff 9.1.0 sees it in an object, but not in a list.
#
# Expected: what compares two JSON documents tells a number from a boolean, as JSON does; or one library answers one way.
# Seen:     they compare with Python's ==, for which 1 is True and 0 False. deepdiff tells of the type in an object, nothing
#           of the same change in a list, and of it again there with ignore_order=True. With that, on the other hand, a list
#           with one entry twice equals the list with its neighbour twice. jsonpatch 1.48 tells of each.
# Caller:   compare the texts of a canonical form for "nothing was changed", and use these for showing where.
. "$(dirname "$0")/lib.sh"
pip_packages jsondiff==2.2.1 dictdiffer==0.10.0 deepdiff==9.1.0 jsonpatch==1.48
echo '[[{"signed": 1}, {"signed": true}], [{"signed": 0}, {"signed": false}],
  [[1, 2], [true, 2]], [["A", "A", "B"], ["A", "B", "B"]]]' >pairs.json
observe python - <<'PYTHON'
import json
from deepdiff import DeepDiff
import dictdiffer
import jsondiff
import jsonpatch

for before, after in json.load(open("pairs.json")):
    found = {
        "jsondiff": jsondiff.diff(before, after), "dictdiffer": list(dictdiffer.diff(before, after)),
        "deepdiff": DeepDiff(before, after), "deepdiff without order": DeepDiff(before, after, ignore_order=True),
        "jsonpatch": jsonpatch.make_patch(before, after).patch,
    }
    print(before, after, {name: "changed" if changes else "the same" for name, changes in found.items()})
PYTHON
seen <<'SEEN'
{'signed': 1} {'signed': True} {'jsondiff': 'the same', 'dictdiffer': 'the same', 'deepdiff': 'changed', 'deepdiff without order': 'changed', 'jsonpatch': 'changed'}
{'signed': 0} {'signed': False} {'jsondiff': 'the same', 'dictdiffer': 'the same', 'deepdiff': 'changed', 'deepdiff without order': 'changed', 'jsonpatch': 'changed'}
[1, 2] [True, 2] {'jsondiff': 'the same', 'dictdiffer': 'the same', 'deepdiff': 'the same', 'deepdiff without order': 'changed', 'jsonpatch': 'changed'}
['A', 'A', 'B'] ['A', 'B', 'B'] {'jsondiff': 'changed', 'dictdiffer': 'changed', 'deepdiff': 'changed', 'deepdiff without order': 'the same', 'jsonpatch': 'changed'}
SEEN
