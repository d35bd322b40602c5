#!/usr/bin/env bash
# zigbee-clusters 3.0.2 (npm): one attribute of a type that it lacks, such as UTC time, loses a meter's whole answer.
#
# Expected: an attribute that nobody asked about, as makers add them, is passed over by the length of its type (ZigBee Cluster
#           Library, table of data types), and the others are read, as zigpy 2.4.0 does.
# Seen:     of fifteen standard types eleven are unknown to it (integers of 56 and 64 bits, date, time of day, UTC time, half
#           precision, cluster's identifier, array, structure, long octet string): "Invalid Type for Attribute" is raised, and the
#           summation that stands behind, or before, is not given.
# Caller:   read such answers record by record, or with another library.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages zigpy==2.4.0
npm_packages zigbee-clusters@3.0.2
cat >types.json <<'JSON'
{"uint32": "2301020304", "uint56": "2601020304050607", "uint64": "270102030405060708", "int64": "2f0102030405060708",
 "half": "38003c", "octets": "4103010203", "long octets": "430300010203", "array": "482002000102", "structure": "4c020020012002",
 "time of day": "e00a1e0000", "date": "e181040302", "UTC time": "e200e1f505", "cluster": "e80207", "EUI-64": "f00102030405060708",
 "key": "f100000000000000000000000000000000"}
JSON
cat >read.cjs <<'NODE'
const { CLUSTER, Cluster } = require("zigbee-clusters");
const answers = Cluster.getCluster(CLUSTER.METERING.ID).attributeArrayStatusDataType;
const summation = "00000025010203040506";
for (const [name, value] of Object.entries(require("./types.json"))) {
  const hex = `00ff00${value}${summation}`.toLowerCase();
  try {
    console.log(name, "|", answers.fromBuffer(Buffer.from(hex, "hex"), 0).find((one) => one.id === 0).value);
  } catch (error) {
    console.log(name, "|", error.message);
  }
}
NODE
observe node read.cjs
observe python - <<'PYTHON'
import json
from zigpy.zcl.foundation import ReadAttributeRecord

read = []
for value in json.load(open("types.json")).values():
    left = bytes.fromhex(f"00ff00{value}00000025010203040506")
    while left:
        record, left = ReadAttributeRecord.deserialize(left)
    read.append(record.value.value)
print("zigpy:", len(read), "times", *set(read))
PYTHON
seen <<'SEEN'
uint32 | 6618611909121
uint56 | Invalid Type for Attribute: 65280
uint64 | Invalid Type for Attribute: 65280
int64 | Invalid Type for Attribute: 65280
half | Invalid Type for Attribute: 65280
octets | 6618611909121
long octets | Invalid Type for Attribute: 65280
array | Invalid Type for Attribute: 65280
structure | Invalid Type for Attribute: 65280
time of day | Invalid Type for Attribute: 65280
date | Invalid Type for Attribute: 65280
UTC time | Invalid Type for Attribute: 65280
cluster | Invalid Type for Attribute: 65280
EUI-64 | 6618611909121
key | 6618611909121
zigpy: 15 times 6618611909121
SEEN
