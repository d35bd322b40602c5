#!/usr/bin/env bash
# A price of 12.10 that JSON-LD calls a decimal is written 1.21E1 by PyLD 3.3.0 and jsonld 9.0.0 (npm), which is no decimal.
#
# Expected: a number whose term says xsd:decimal is written as one: digits and a point (XML Schema part 2, 3.2.3.1).
# Seen:     every number with a fraction becomes a double's text, with an exponent, and the declared type is put behind it, as
#           JSON-LD 1.1's own algorithm has it (Object to RDF Conversion). pyoxigraph 0.5.13 loads it and finds no price below
#           13. rdflib 7.6.0, which reads JSON-LD itself, gives "12.1", and 3.0 as a double where the other two have an
#           integer: the graphs of one file differ, and a hash or signature over one is not one over the other.
# Caller:   write decimals as strings in JSON-LD; then all agree, and the nought at the end stays.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pyld==3.3.0 rdflib==7.6.0 pyoxigraph==0.5.13
npm_packages jsonld@9.0.0
cat >price.json <<'JSON'
{"@context": {"price": {"@id": "urn:price", "@type": "http://www.w3.org/2001/XMLSchema#decimal"}, "count": "urn:count"},
 "@id": "urn:tariff", "price": [12.10, "14.10"], "count": 3.0}
JSON
observe python - <<'PYTHON'
import json
from pathlib import Path
import pyoxigraph
import rdflib
from pyld import jsonld

text = Path("price.json").read_text()
theirs = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
rdflibs = rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt")
for name, graph in (("PyLD", theirs), ("rdflib", rdflibs)):
    print(f"{name}:")
    print("\n".join(sorted(graph.strip().splitlines())))
    store = pyoxigraph.Store()
    store.load(graph.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    below = store.query("SELECT ?price { ?tariff <urn:price> ?price FILTER(?price < 13) }")
    print("prices below 13 in pyoxigraph:", len(list(below)))
PYTHON
cat >price.cjs <<'NODE'
require("jsonld").toRDF(require("./price.json"), { format: "application/n-quads" }).then((text) => console.log("npm:", text.match(/"1\.2.*/)[0]));
NODE
observe node price.cjs
seen <<'SEEN'
PyLD:
<urn:tariff> <urn:count> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:tariff> <urn:price> "1.21E1"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<urn:tariff> <urn:price> "14.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .
prices below 13 in pyoxigraph: 0
rdflib:
<urn:tariff> <urn:count> "3.0"^^<http://www.w3.org/2001/XMLSchema#double> .
<urn:tariff> <urn:price> "12.1"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<urn:tariff> <urn:price> "14.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .
prices below 13 in pyoxigraph: 1
npm: "1.21E1"^^<http://www.w3.org/2001/XMLSchema#decimal> .
SEEN
