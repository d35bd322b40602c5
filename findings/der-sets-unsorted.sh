#!/usr/bin/env bash
# What calls itself DER leaves a SET OF as it came in three libraries of six: asn1tools, @peculiar/asn1-schema and node-forge.
#
# Expected: an encoder of DER puts the elements of a SET OF in order of their bytes, and those of a SET in order of their tags
#           (X.690, 11.6 and 10.3): one value has one encoding, over which CMS and certificates are signed.
# Seen:     asn1tools 0.169.0 ("der") writes {3, 200, 1} and {z [1], a [0]} in the order given, @peculiar/asn1-schema 2.11.1
#           and node-forge 1.4.3 (toDer) the first of them. pyasn1 0.6.5, asn1crypto 1.5.1 and jsrsasign 11.1.5 sort it.
#           asn1tools also reads its own unsorted bytes with the same codec, so a round trip shows nothing, and of a BIT
#           STRING with named bits, such as a key's usage, it keeps the noughts at the end (11.2.2).
# Caller:   sort before you encode, and look at attributes that are signed: whoever encodes them anew to verify has other
#           bytes.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages asn1tools==0.169.0 pyasn1==0.6.5 asn1crypto==1.5.1
npm_packages @peculiar/asn1-schema@2.11.1 node-forge@1.4.3 jsrsasign@11.1.5
observe python -W ignore - <<'PYTHON'
import asn1tools
from asn1crypto import core
from pyasn1.codec.der.encoder import encode
from pyasn1.type import univ

NUMBERS = [3, 200, 1]
SCHEMA = """M DEFINITIONS AUTOMATIC TAGS ::= BEGIN
  Numbers ::= SET OF INTEGER
  Pair ::= SET { z [1] INTEGER, a [0] INTEGER }
  Usage ::= BIT STRING { digitalSignature(0), keyAgreement(4) }
END"""
der = asn1tools.compile_string(SCHEMA, "der")
print("asn1tools", der.encode("Numbers", NUMBERS).hex(), der.decode("Numbers", der.encode("Numbers", NUMBERS)))
print("asn1tools, a pair", der.encode("Pair", {"z": 1, "a": 2}).hex())
print("asn1tools, named bits", der.encode("Usage", (b"\x80\x00", 16)).hex())
numbers = univ.SetOf(componentType=univ.Integer())
numbers.extend(NUMBERS)
print("pyasn1", encode(numbers).hex())


class Numbers(core.SetOf):
    _child_spec = core.Integer


print("asn1crypto", Numbers(NUMBERS).dump().hex())
PYTHON
cat >encode.cjs <<'NODE'
const { AsnArray, AsnConvert, AsnPropTypes, AsnType, AsnTypeTypes } = require("@peculiar/asn1-schema");
const { asn1 } = require("node-forge");
const { DERInteger, DERSet } = require("jsrsasign").KJUR.asn1;
const numbers = [3, 200, 1];
class Numbers extends AsnArray {}
AsnType({ type: AsnTypeTypes.Set, itemType: AsnPropTypes.Integer })(Numbers);
console.log("@peculiar/asn1-schema", Buffer.from(AsnConvert.serialize(new Numbers(numbers))).toString("hex"));
const { INTEGER, SET } = asn1.Type;
const { UNIVERSAL } = asn1.Class;
const integers = numbers.map((n) => asn1.create(UNIVERSAL, INTEGER, false, asn1.integerToDer(n).getBytes()));
console.log("node-forge", asn1.toDer(asn1.create(UNIVERSAL, SET, true, integers)).toHex());
console.log("jsrsasign", new DERSet({ array: numbers.map((int) => new DERInteger({ int })) }).tohex());
NODE
observe node encode.cjs
seen <<'SEEN'
asn1tools 310a020103020200c8020101 [3, 200, 1]
asn1tools, a pair 3106810101800102
asn1tools, named bits 0303008000
pyasn1 310a020101020103020200c8
asn1crypto 310a020101020103020200c8
@peculiar/asn1-schema 310a020103020200c8020101
node-forge 310a020103020200c8020101
jsrsasign 310a020101020103020200c8
SEEN
