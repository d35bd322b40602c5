#!/usr/bin/env bash
# odfdo 3.27.3 gives the value of a cell that holds a link in Markdown; pyexcel-ods 0.6.0 and python-calamine 0.9.1 do not.
#
# Expected: get_value() is the text that the cell shows.
# Seen:     an e-mail address that is a link, as LibreOffice (seen with 7.4.7) keeps it from a table in HTML, comes back as
#           [text](target), so that it is no e-mail address any more.
# Caller:   take the text of a cell from another reader, or from its text:p elements.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc-nogui
pip_packages odfdo==3.27.3 pyexcel-ods==0.6.0 python-calamine==0.9.1
cat >form.html <<'HTML'
<table><tr><td>Contact</td><td><a href="mailto:ada@example.test">ada@example.test</a></td></tr></table>
HTML
soffice --headless "-env:UserInstallation=file://$folder/profile" --infilter="HTML (StarCalc)" --convert-to ods form.html >/dev/null 2>&1
observe python - <<'PYTHON'
import odfdo
import pyexcel_ods
import python_calamine

print("odfdo      ", odfdo.Document("form.ods").body.get_table(0).get_value("B1"))
print("pyexcel-ods", next(iter(pyexcel_ods.get_data("form.ods").values()))[0][1])
print("calamine   ", python_calamine.load_workbook("form.ods").get_sheet_by_index(0).to_python()[0][1])
PYTHON
seen <<'SEEN'
odfdo       [ada@example.test](mailto:ada@example.test)
pyexcel-ods ada@example.test
calamine    ada@example.test
SEEN
