#!/usr/bin/env bash
# A graph that is only read and written again is another graph, by rdflib 7.6.0 and, in other places, by pyoxigraph 0.5.13.
#
# Expected: a literal of RDF is its text and its type (RDF 1.1 Concepts, 3.3); two texts of one value are two literals, and
#           what is hashed or signed of a graph (RDFC-1.0) is the text.
# Seen:     both write 00020003 as 20003, P12M as P1Y and PT36H as P1DT12H. rdflib takes the zone off a date, so a day in
#           Greenwich and one that begins an hour earlier become equal, and gives a second six places; pyoxigraph keeps zones,
#           and takes the noughts off 12.10 and .120. Of ten literals two come back from both as they went in.
# Caller:   rdflib.NORMALIZE_LITERALS = False before anything is read; versions and serial numbers are strings, never
#           xsd:integer; hash the file, not what came through a library.
. "$(dirname "$0")/lib.sh"
pip_packages rdflib==7.6.0 pyoxigraph==0.5.13
observe python - <<'PYTHON'
import pyoxigraph
import rdflib

VALUES = [
    ("integer", "00020003"), ("decimal", "12.10"), ("date", "2029-04-03Z"), ("date", "2029-04-03+01:00"), ("duration", "P12M"),
    ("dayTimeDuration", "PT36H"), ("dateTime", "2029-04-03T10:00:00.120Z"), ("boolean", "1"), ("hexBinary", "0a"), ("string", "0002"),
]
for kind, text in VALUES:
    line = f'<urn:a> <urn:b> "{text}"^^<http://www.w3.org/2001/XMLSchema#{kind}> .'
    (by_rdflib,) = rdflib.Graph().parse(data=line, format="nt").objects()
    store = pyoxigraph.Store()
    store.load(line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    print(f"{kind} {text}: rdflib {by_rdflib}, pyoxigraph {next(iter(store)).object.value}")
PYTHON
seen <<'SEEN'
integer 00020003: rdflib 20003, pyoxigraph 20003
decimal 12.10: rdflib 12.10, pyoxigraph 12.1
date 2029-04-03Z: rdflib 2029-04-03, pyoxigraph 2029-04-03Z
date 2029-04-03+01:00: rdflib 2029-04-03, pyoxigraph 2029-04-03+01:00
duration P12M: rdflib P1Y, pyoxigraph P1Y
dayTimeDuration PT36H: rdflib P1DT12H, pyoxigraph P1DT12H
dateTime 2029-04-03T10:00:00.120Z: rdflib 2029-04-03T10:00:00.120000+00:00, pyoxigraph 2029-04-03T10:00:00.12Z
boolean 1: rdflib true, pyoxigraph true
hexBinary 0a: rdflib 0a, pyoxigraph 0a
string 0002: rdflib 0002, pyoxigraph 0002
SEEN
