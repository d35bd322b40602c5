#!/usr/bin/env bash
# Points 4 and 7 of a mail in HTML are 4 and 5 for five of six readers; a Word list that begins with 4 has 1 for mammoth.
#
# Expected: a list has the numbers that are seen: <ol start="4"> and <li value="7"> of HTML, w:start of Word.
# Seen:     html2text 2025.4.15, markdownify 1.2.3, pandoc 3.9, html-to-text 10.0.1 and turndown 7.2.5 (npm) count on from
#           start and know no value; inscriptis 2.7.6 knows value and no start. Of Word's list mammoth 1.13.0, and markitdown
#           0.1.9 on it, begin with 1; docx2python 3.7.1 and pandoc begin with 4; python-docx 1.2.0 has no numbers.
#           Python-Markdown 3.11.3 begins with 1 where the text says 4.
# Caller:   ask for answers by a name that is in the words themselves, never by the number of a point.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 pypandoc-binary==1.17 python-docx==1.2.0 mammoth==1.13.0 \
  'markitdown[docx]==0.1.9' docx2python==3.7.1 Markdown==3.11.3 markdown-it-py==4.3.0
npm_packages html-to-text@10.0.1 turndown@7.2.5
echo '<ol start="4"><li>is corrected</li><li value="7">stays</li></ol>' >mail.html
observe python -W ignore - <<'PYTHON'
import docx
import docx2python
import html2text
import inscriptis
import mammoth
import markdown
import markdownify
import pypandoc
from docx.oxml import parse_xml
from markdown_it import MarkdownIt
from markitdown import MarkItDown

mail = open("mail.html").read()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>'
document = docx.Document()
numbering = document.part.numbering_part.element
numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{LEVEL}</w:abstractNum>'))
numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
for words in ("is corrected", "stays"):
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr></w:pPr>'
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {W}>{number}<w:r><w:t>{words}</w:t></w:r></w:p>"))
document.save("list.docx")
READ = {
    "HTML, html2text": html2text.html2text(mail),
    "HTML, markdownify": markdownify.markdownify(mail),
    "HTML, pandoc": pypandoc.convert_text(mail, "plain", format="html"),
    "HTML, inscriptis": inscriptis.get_text(mail),
    "Word, mammoth": mammoth.convert_to_html(open("list.docx", "rb")).value,
    "Word, markitdown": MarkItDown().convert("list.docx").text_content,
    "Word, pandoc": pypandoc.convert_file("list.docx", "plain"),
    "Word, docx2python": docx2python.docx2python("list.docx").text,
    "Word, python-docx": "\n".join(paragraph.text for paragraph in docx.Document("list.docx").paragraphs),
    "Markdown, Python-Markdown": markdown.markdown("4. is corrected\n5. stays"),
    "Markdown, markdown-it-py": MarkdownIt().render("4. is corrected\n5. stays"),
}
for name, text in READ.items():
    print(f"{name}:", *text.split())
PYTHON
cat >read.cjs <<'NODE'
const mail = require("fs").readFileSync("mail.html", "utf8");
const TurndownService = require("turndown");
console.log("HTML, html-to-text:", require("html-to-text").convert(mail).split(/\s+/).join(" "));
console.log("HTML, turndown:", new TurndownService().turndown(mail).split(/\s+/).join(" "));
NODE
observe node read.cjs
seen <<'SEEN'
HTML, html2text: 4. is corrected 5. stays
HTML, markdownify: 4. is corrected 5. stays
HTML, pandoc: 4. is corrected 5. stays
HTML, inscriptis: 1. is corrected 7. stays
Word, mammoth: <ol><li>is corrected</li><li>stays</li></ol>
Word, markitdown: 1. is corrected 2. stays
Word, pandoc: 4. is corrected 5. stays
Word, docx2python: 4) is corrected 5) stays
Word, python-docx: is corrected stays
Markdown, Python-Markdown: <ol> <li>is corrected</li> <li>stays</li> </ol>
Markdown, markdown-it-py: <ol start="4"> <li>is corrected</li> <li>stays</li> </ol>
HTML, html-to-text:  4. is corrected 5. stays
HTML, turndown: 4. is corrected 5. stays
SEEN
