#!/usr/bin/env bash
# Whose is 70-B3-D5-12-30-00? netaddr 1.3.0 says the IEEE's own, python-stdnum 2.2 names the maker.
#
# Expected: the maker behind an EUI is found by its first digits, as the registry of the IEEE gives them out.
# Seen:     besides blocks of 24 bits the IEEE gives out smaller ones, of 28 and 36; netaddr looks at 24 bits alone, so
#           that all makers with smaller ones are one name, "IEEE Registration Authority", for EUI-64 as for EUI-48, and its
#           is_iab() says False. stdnum knows all three lengths, and addresses of 48 bits only.
# Caller:   look up the longest block first; "not the supplier's own address range" is not to be said by 24 bits.
. "$(dirname "$0")/lib.sh"
pip_packages netaddr==1.3.0 python-stdnum==2.2
observe python - <<'PYTHON'
from netaddr import EUI
from stdnum import mac

for address in ("70-B3-D5-12-30-00", "70-B3-D5-12-40-00"):
    own = EUI(address)
    longer = EUI(address + "-00-01")
    print(address, "netaddr:", own.oui.registration().org, own.is_iab(), "as EUI-64:", longer.oui.registration().org)
    print(address, "stdnum: another name:", mac.get_manufacturer(address) != own.oui.registration().org, "block", mac.get_oui(address))
print("one maker for netaddr:", EUI("70-B3-D5-12-30-00").oui == EUI("70-B3-D5-12-40-00").oui)
PYTHON
seen <<'SEEN'
70-B3-D5-12-30-00 netaddr: IEEE Registration Authority False as EUI-64: IEEE Registration Authority
70-B3-D5-12-30-00 stdnum: another name: True block 70B3D5123
70-B3-D5-12-40-00 netaddr: IEEE Registration Authority False as EUI-64: IEEE Registration Authority
70-B3-D5-12-40-00 stdnum: another name: True block 70B3D5124
one maker for netaddr: True
SEEN
