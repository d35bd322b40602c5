#!/usr/bin/env bash
# gurux-dlms 1.0.203: bytes() of its buffer is longer than len() of it; noughts stand behind what was written.
#
# Expected: len(bytes(buffer)) == len(buffer), as for every container of bytes, so that a message can be hashed or signed.
# Seen:     bytes(), bytearray() and list() give the room that is kept for more, up to ten bytes at first; len() and array() give
#           the message. One byte is written, and ten are hashed.
# Caller:   buffer.array(), always.
. "$(dirname "$0")/lib.sh"
pip_packages gurux-dlms==1.0.203
observe python - <<'PYTHON'
from gurux_dlms import GXByteBuffer, GXDLMSTranslator

buffer = GXByteBuffer()
buffer.setUInt8(1)
print(len(buffer), "written;", len(bytes(buffer)), "in bytes():", bytes(buffer).hex(), "; array():", bytes(buffer.array()).hex())
translator = GXDLMSTranslator()
answer = translator.xmlToPdu(translator.pduToXml(bytearray.fromhex("C401C1000600000042")))
print(len(answer), "written;", len(bytes(answer)), "in bytes():", bytes(answer).hex(), "; array():", bytes(answer.array()).hex())
PYTHON
seen <<'SEEN'
1 written; 10 in bytes(): 01000000000000000000 ; array(): 01
9 written; 10 in bytes(): c401c100060000004200 ; array(): c401c1000600000042
SEEN
