"""CMS signatures: mail, files and PDFs."""
