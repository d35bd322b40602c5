#!/usr/bin/env bash
# One XPath, two answers: "> '00020000'" leaves out version 0002000A in lxml 6.1.3, and finds it in Saxon and elementpath.
#
# Expected: texts of eight hexadecimal digits are compared as texts, or the query is refused.
# Seen:     in XPath 1.0, which libxml2 (lxml) has, < and > turn both sides into numbers: 0002000A is none, so each comparison
#           is false, and not(... < ...) is true of it for any bound. "0002E001" is a number in libxml2, though XPath 1.0 has
#           no exponents, and is twenty. XPath 2.0 and later (saxonche 13.1.1, elementpath 5.1.4) compare texts. With a bound
#           that ends in a letter lxml finds nothing, or all.
# Caller:   sort and compare versions in the program, or by translate() to digits; a list whose versions have no letter yet
#           gives the same in both.
. "$(dirname "$0")/lib.sh"
pip_packages lxml==6.1.3 elementpath==5.1.4 saxonche==13.1.1
observe python - <<'PYTHON'
import elementpath
from lxml import etree
from saxonche import PySaxonProcessor

TEXT = "<list><v>00010000</v><v>00020003</v><v>0002000A</v><v>0002E001</v></list>"
tree = etree.fromstring(TEXT)
with PySaxonProcessor(license=False) as saxon:
    asked = saxon.new_xpath_processor()
    asked.set_context(xdm_item=saxon.parse_xml(xml_text=TEXT))
    for condition in (". > '00020000'", ". < '0002000B'", "not(. < '00010000')", "number(.) = 20"):
        query = f"//v[{condition}]/text()"
        items = asked.evaluate(query)
        print(query)
        print("    lxml:", *tree.xpath(query))
        print("    elementpath:", *elementpath.select(tree, query))
        print("    Saxon:", *(items.item_at(index).string_value for index in range(items.size if items else 0)))
PYTHON
seen <<'SEEN'
//v[. > '00020000']/text()
    lxml: 00020003
    elementpath: 00020003 0002000A 0002E001
    Saxon: 00020003 0002000A 0002E001
//v[. < '0002000B']/text()
    lxml:
    elementpath: 00010000 00020003 0002000A
    Saxon: 00010000 00020003 0002000A
//v[not(. < '00010000')]/text()
    lxml: 00010000 00020003 0002000A
    elementpath: 00010000 00020003 0002000A 0002E001
    Saxon: 00010000 00020003 0002000A 0002E001
//v[number(.) = 20]/text()
    lxml: 0002E001
    elementpath: 0002E001
    Saxon: 0002E001
SEEN
