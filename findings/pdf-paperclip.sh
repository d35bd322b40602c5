#!/usr/bin/env bash
# A list of hashes that hangs on a PDF's page as a paperclip is no attachment for pypdf, pikepdf, PyMuPDF, pypdfium2 and qpdf.
#
# Expected: what a viewer's list of attachments shows is what a library calls the file's attachments.
# Seen:     "Attach a file as a comment" makes an annotation (FileAttachment; ISO 32000-1, 12.5.6.15), which is in no list of
#           embedded files. pypdf 7.1.1, pikepdf 10.18.0, PyMuPDF 2.0, pypdfium2 5.15.2 and qpdf (seen with 11.3) name only the
#           file that belongs to the whole document, and raise nothing; pdfdetach of poppler (seen with 22.12) finds both. pypdf
#           gives the one file twice where its name in the list and its own differ.
# Caller:   go through the annotations of every page as well; "holds no files" by the list alone is not known.
. "$(dirname "$0")/lib.sh"
apt_program pdfdetach poppler-utils
apt_program qpdf qpdf
pip_packages pypdf==7.1.1 pikepdf==10.18.0 pymupdf==2.0 pypdfium2==5.15.2
observe python - <<'PYTHON'
import pikepdf
import pymupdf
import pypdf
import pypdfium2

paper = pymupdf.open()
page = paper.new_page()
page.insert_text((50, 50), "Certificate")
page.add_file_annot((100, 100), b"version;hash\n", "hashes.csv")
paper.embfile_add("first", b"release notes", filename="notes.txt")
paper.save("paper.pdf")
print("pypdf:", sorted(pypdf.PdfReader("paper.pdf").attachments))
print("pikepdf:", list(pikepdf.open("paper.pdf").attachments))
print("PyMuPDF:", pymupdf.open("paper.pdf").embfile_names())
paper = pypdfium2.PdfDocument("paper.pdf")
print("pypdfium2:", [paper.get_attachment(number).get_name() for number in range(paper.count_attachments())])
PYTHON
observe sh -c 'qpdf --list-attachments paper.pdf | cut -d" " -f1'
observe pdfdetach -list paper.pdf
seen <<'SEEN'
pypdf: ['first', 'notes.txt']
pikepdf: ['first']
PyMuPDF: ['first']
pypdfium2: ['notes.txt']
first
2 embedded files
1: notes.txt
2: hashes.csv
SEEN
