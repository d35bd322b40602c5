"""Messages for files that cannot be read: what the file is, and the remedy."""

from __future__ import annotations

from rules.facts import OUR_FAULT


class UnreadableError(Exception):
    """A file that cannot be read; the message is a sentence for its sender."""


EMPTY = "The file is empty; please attach it again."
TOO_LARGE = "The file is larger than this service reads (50 MB); please send a smaller copy."
ARCHIVE = "This is an archive within an archive, which is not opened; please attach the files themselves."
ARCHIVE_UNOPENED = (
    "This is an archive of a kind that is not opened ({kind}); "
    "please attach the files themselves, or packed as an ordinary .zip."
)
ARCHIVE_EMPTY = "The archive holds no files; please attach the files themselves."
LINK = "This is a link to something that lies elsewhere, and links are not followed; please attach the file itself."
PGP = (
    "This is a message or file that OpenPGP has encrypted, which this service cannot open; "
    "please send it as it is, or signed and not encrypted."
)
PGP_PACKED = (
    "This is a file that OpenPGP has signed or packed, which this service does not open; "
    "please send the file itself, signed with an X.509 certificate where a signature is needed."
)
XML_SIGNATURE = (
    "This is an XML signature in a file of its own, which this service does not open; "
    "please sign the workbook itself, and send what it signs as a file."
)
MESSAGE_OUTLOOK = (
    "This is a message that Outlook saved (.msg), which is not opened; "
    "please attach the files that it holds themselves."
)
UNKNOWN = "The kind of this file is not known; please send it as a PDF."
OPEN = "This is an OpenDocument file, which is not read; please save it as PDF and attach that."
OUTLOOK = (
    "This is Outlook's own package of attachments (winmail.dat), which could not be opened; "
    "please send the message as HTML or plain text, so that the files arrive as they are."
)
ENCRYPTED = (
    "This is a message that S/MIME has encrypted, which this service cannot open; "
    "please send it signed but not encrypted."
)
FAULT = (
    f"We could not read this file {OUR_FAULT}; that says nothing of the file, and a person must look at it. "
    "You need not send it again."
)
MESSAGE_FAULT = (
    f"We could not read all of this message {OUR_FAULT}; "
    "that says nothing of the message, and a person must look at it."
)
PRINT = "This is a PostScript file, as for a printer, which is not read; please send it as a PDF."
INTERNAL = "The file could not be read to the end, so a person must look at it."

PDF_BROKEN = "The PDF is damaged or cut short; please export it again and attach the new file."
PDF_LOCKED = "The PDF is protected with a password; please attach a copy that opens without one."
PDF_SCAN = "The PDF is a scan: pictures of pages and no text; please send the PDF as it was issued, with text."
PDF_BLANK = "The pages of the PDF are empty; please send the document itself."
PDF_INCOMPLETE = "It says that it has {stated} pages, and the file has {pages}; please send all of it."
PDF_FILES = "The PDF holds other files within it; please attach each of them by itself."
PDF_UNSEEN = "The PDF holds text that cannot be seen on its pages; please send it as it was issued."
PDF_OVERPRINTED = (
    "The PDF has two texts printed in one place, so that it cannot be told which of them counts; "
    "please say what it states there, or send it as it was issued."
)
PDF_PICTURES = (
    "A page of it is a picture without text, or lies beyond those that are read; please send it with text throughout."
)
PDF_LONG = "Only its first {pages} pages were searched for values; please say on which page they stand."
PDF_ANNOTATED = "Page {pages} bears a stamp, comment or the like that was put upon it; please send it as it was issued."
PDF_OVERLAID = (
    "Page {pages} bears a picture or drawing over its print, or a large one, and we cannot read what it says; "
    "please tell us what it is."
)
PDF_STAMPED = (
    "Page {page} bears a picture that seems to say '{word}'; "
    "please send the certificate that counts now, or say why this one does."
)
PDF_SEVERAL = "The PDF seems to hold more than one certificate; please send one file for each."

PDF_SCAN_LARGE = (
    "The PDF is a scan: pictures of pages and no text (recognising text needs limits.memory_mb = 1536 or more); "
    "please send the PDF as it was issued, with text."
)
PICTURE_LARGE = "The picture is damaged or far larger than a page; please send the document as a PDF with text."
RECOGNISED = (
    "Its text was recognised in a picture (least confidence {confidence:.2f}), so that nothing read of it is certain; "
    "please send the PDF as it was issued, with text."
)
PICTURE = "It is a picture; please send it as a PDF with text if it is a certificate."
CERTIFICATE_UNREAD = (
    "It calls itself a certificate, but we could not read the labels and values on it; "
    "please send it as it was issued, as a PDF with text."
)
CERTIFICATE_TEXT = "It is a text file that reads like a certificate; please send the certificate as a PDF."
CERTIFICATE_WORD = "It is a Word file that calls itself a certificate; please send the certificate as a PDF."

FORM_COPY = (
    "This is a copy of a New Entry form, which counts as a workbook alone; "
    "please attach that workbook, or leave this copy out if the form is there already."
)

BOOK_BROKEN = "The workbook is damaged or cut short; please save it again as .xlsx and attach the new file."
BOOK_LOCKED = "The workbook is protected with a password; please attach a copy that opens without one."
BOOK_OLD = "This is a workbook of the old .xls kind, which is not read; please save it as .xlsx and attach that."
BOOK_BINARY = "This is a binary workbook (.xlsb), which is not read; please save it as .xlsx and attach that."
BOOK_WEB = "This is a web page under a workbook's name; please save it as .xlsx in Excel and attach that."
BOOK_NOT = "The file has a workbook's name, but what it holds is no workbook; please attach the .xlsx itself."
BOOK_HOSTILE = "The workbook holds XML with entity declarations, which no spreadsheet program writes; it is not read."
BOOK_LARGE = "The New Entry sheet holds far more cells than a form has; please copy the form to a new workbook."
BOOK_HEADLESS = (
    "The sheet CPL - New Entry holds neither the form's header row nor its data groups; "
    "please copy the form from the list's workbook once more."
)
BOOK_DETAILS = (
    "It cannot be told in which column the form's values stand, as the heading 'New Entry's Details' is not there or "
    "stands twice; please complete the form as SECAS issues it."
)
BOOK_FORMS = (
    "The signed workbook holds more than one New Entry form, so it does not say which one was signed; "
    "please sign a workbook with one."
)
BOOK_UNSEEN = "The signed workbook's New Entry sheet is hidden, so who signed it may not have seen it."
BOOK_MAIN = (
    "The file names two workbooks, so what it says depends on the reader; please save the workbook again in Excel."
)
BOOK_SHEETS = "The workbook holds more sheets than this service reads; please send the New Entry form alone."

WORD_OLD = "This is a document of the old .doc kind, which is not read; please save it as .docx or PDF and attach that."
WORD_BROKEN = "The Word document is damaged or cut short; please save it again and attach the new file."
WORD_LOCKED = "The document is protected with a password; please attach a copy that opens without one."
