#!/usr/bin/env bash
# odfpy 1.4.1 begins the text of an .odt with what was deleted from it, by whom and when, and puts all paragraphs together.
#
# Expected: extractText of a document's text is what the document shows; a tracked deletion (text:tracked-changes,
#           OpenDocument 1.3 part 3, 5.5) is not.
# Seen:     the deleted version, its author and the time of deletion stand in front, and paragraphs have nothing between, so
#           that 0002000A runs into ESME and 0002000B into GSME. odfdo 3.27.3, pandoc 3.9 (pypandoc-binary 1.17) and kreuzberg
#           4.10.4 leave the deletion out, and keep the paragraphs apart.
# Caller:   take out text:tracked-changes before odfpy reads, and write a line's end behind each paragraph.
. "$(dirname "$0")/lib.sh"
pip_packages odfpy==1.4.1 odfdo==3.27.3 pypandoc-binary==1.17 kreuzberg==4.10.4
observe python -W ignore - <<'PYTHON'
import zipfile
import kreuzberg
import odfdo
import pypandoc
from odf import opendocument, teletype

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = f'xmlns:office="{OASIS}office:1.0" xmlns:text="{OASIS}text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
CONTENT = f"""<office:document-content {NAMES}><office:body><office:text><text:tracked-changes><text:changed-region xml:id="c"
text:id="c"><text:deletion><office:change-info><dc:creator>A</dc:creator><dc:date>2029-04-03T10:00:00</dc:date></office:change-info>
<text:p>0002000A</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>ESME version <text:change
text:change-id="c"/>0002000B</text:p><text:p>GSME</text:p></office:text></office:body></office:document-content>"""
TYPE = "application/vnd.oasis.opendocument.text"
PARTS = {"/": TYPE, "content.xml": "text/xml", "styles.xml": "text/xml"}
ENTRIES = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in PARTS.items())
with zipfile.ZipFile("form.odt", "w") as archive:
    archive.writestr("mimetype", TYPE)
    archive.writestr("content.xml", CONTENT)
    archive.writestr("styles.xml", f"<office:document-styles {NAMES}><office:styles/></office:document-styles>")
    archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OASIS}manifest:1.0" m:version="1.3">{ENTRIES}</m:manifest>')
print("odfpy:", repr(teletype.extractText(opendocument.load("form.odt").text)))
print("odfdo:", repr(odfdo.Document("form.odt").get_formatted_text().strip()))
print("pandoc:", repr(pypandoc.convert_file("form.odt", "plain").strip()))
print("kreuzberg:", repr(kreuzberg.extract_file_sync("form.odt").content.strip()))
PYTHON
seen <<'SEEN'
odfpy: 'A2029-04-03T10:00:00\n0002000AESME version 0002000BGSME'
odfdo: 'ESME version 0002000B\n\nGSME'
pandoc: 'ESME version 0002000B\n\nGSME'
kreuzberg: 'ESME version 0002000B\n\nGSME'
SEEN
