#!/usr/bin/env bash
# tantivy 0.27.0 finds no SHA-256: its text fields leave out every word of forty letters or more, and says nothing.
#
# Expected: a text that was put into a search index is found by any of its words.
# Seen:     neither the hash of 64 digits is found nor a SHA-1, whose forty are just too many; 39 digits are, and the version
#           beside them. Nothing raises. The tokenizer that does it is called "default"; "whitespace" is another, and keeps
#           all.
# Caller:   a field of its own with another tokenizer for hashes; "not found" is the very answer that a search for a
#           firmware hash must not give by mistake.
. "$(dirname "$0")/lib.sh"
pip_packages tantivy==0.27.0
observe python - <<'PYTHON'
import hashlib
import tantivy

sha256 = hashlib.sha256(b"image").hexdigest()
words = {"version": "0002000A", "39 digits": sha256[:39], "SHA-1, 40 digits": sha256[:40], "SHA-256": sha256}
for tokenizer in ("default", "whitespace"):
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name=tokenizer)
    index = tantivy.Index(schema.build())
    writer = index.writer()
    writer.add_document(tantivy.Document(text=" ".join(words.values())))
    writer.commit()
    index.reload()
    for name, word in words.items():
        print(f"{tokenizer}, {name}: found {index.searcher().search(index.parse_query(word, ['text'])).count}")
PYTHON
seen <<'SEEN'
default, version: found 1
default, 39 digits: found 1
default, SHA-1, 40 digits: found 0
default, SHA-256: found 0
whitespace, version: found 1
whitespace, 39 digits: found 1
whitespace, SHA-1, 40 digits: found 1
whitespace, SHA-256: found 1
SEEN
