"""What the certificates of these tests state, by kind."""

from __future__ import annotations

from rules.facts import DocumentKind

ZIGBEE = {
    "Type of Device": "Single Element Electricity Metering Equipment",
    "Manufacturer": "10:63",
    "Model Identification": "00:21",
    "Hardware Version": "01_02",
    "Firmware Version": "01:02:05:06",
    "Certification Date": "14 March 2022",
    "Certification ID Number": "ZIG22041ZSE13121-24",
}
CPA = {
    "Certificate Identification Number": "SMCH58603416",
    "Device Type": "Single Element Electricity Metering Equipment",
    "Manufacturer": "10:63",
    "Model": "00:21",
    "Hardware Version": "01.02",
    "Firmware Version": "01:02:05:06",
    "Security Characteristics": "Security Characteristics version 1.3",
    "Issue Date": "30/08/2023",
    "Expiry Date": "30 August 2029",
}
DLMS = {
    "Certificate Identification Number": "2721",
    "Device Type": "Electricity meter",
    "Manufacturer": "Brightwater Metering",
    "Type": "BW-E100 10:63 00:21 01 02 01:02:05:06",
    "Model Identifier": "00:21",
    "Hardware Version": "01 02",
    "Firmware Version": "01:02:05:06",
    "Management Logical Device Name": "BWM1000000001",
    "CTT Version": "CTT 4.2",
    "Date of Issue": "2 February 2022",
}
PAPERS = {
    DocumentKind.ZIGBEE_CERTIFICATE: ("ZigBee Certificate of Compliance", ZIGBEE),
    DocumentKind.CPA_CERTIFICATE: ("Commercial Product Assurance certificate", CPA),
    DocumentKind.DLMS_CERTIFICATE: ("DLMS/COSEM Certificate of Conformance", DLMS),
}
"""Title and facts of each kind."""
