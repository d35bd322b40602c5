"""Parses strangers' XML, and gives its canonical form (W3C Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization).

Whatever a signature's XML could mean to one parser and not to another is refused: document types, entities, comments,
processing instructions, and encodings other than UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from intake.signatures.refused import refuse

Element = Any
"""lxml ships no types."""
DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
METHODS = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2006/12/xml-c14n11": False,
    _EXCLUSIVE: True,
}
"""Canonical forms by their names, and whether each is exclusive. With and without comments is one: there are none."""
METHODS |= {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": False,
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": False,
    f"{_EXCLUSIVE}WithComments": True,
}


@dataclass(frozen=True, slots=True)
class Form:
    """A canonical form as a signature asks for it."""

    exclusive: bool = False
    prefixes: tuple[str, ...] = ()
    """Of namespaces that the exclusive form treats as the inclusive one does."""


INCLUSIVE = Form()
"""What XML-DSig takes where nothing is said."""


def parse(content: bytes, what: str) -> Element:
    """Parse a whole document.

    Args:
        content: its bytes.
        what: its name, for the sentence of a refusal.

    Raises:
        RefusedError: it is no XML 1.0 in UTF-8, or holds a document type, comment or processing instruction.
    """
    try:
        content.decode("utf-8")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            refuse(f"{what} declares a document type.")
        root = etree.fromstring(content, _parser())
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        refuse(f"{what} is no XML in UTF-8.")
    document = root.getroottree().docinfo
    plain = document.xml_version == "1.0" and (document.encoding or "utf-8").lower() in {"utf-8", "us-ascii", "ascii"}
    if not plain or document.internalDTD is not None:
        refuse(f"{what} is no plain XML 1.0 in UTF-8.")
    around = (*root.itersiblings(), *root.itersiblings(preceding=True))
    if around or next(root.iter(etree.Comment, etree.PI, etree.Entity), None) is not None:
        refuse(f"{what} holds comments or processing instructions, which signatures do not cover.")
    return root


def form_of(method: Element) -> Form:
    """Give the canonical form that a CanonicalizationMethod or Transform element asks for.

    Raises:
        RefusedError: it is none that is known.
    """
    name = method.get("Algorithm")
    if name not in METHODS or set(method.attrib) != {"Algorithm"} or (method.text or "").strip():
        refuse(f"The signature uses an unknown transform: {name}.")
    if len(method) == 0:
        return Form(METHODS[name])
    lists = [child for child in method if child.tag == f"{{{_EXCLUSIVE}}}InclusiveNamespaces"]
    if not METHODS[name] or len(method) != 1 or not lists or set(lists[0].attrib) != {"PrefixList"}:
        refuse("The signature gives a canonical form parameters that it does not have.")
    return Form(exclusive=True, prefixes=tuple(lists[0].get("PrefixList").split()))


def of_element(element: Element, form: Form = INCLUSIVE) -> bytes:
    """Give the canonical form of an element with everything in it, namespaces of its ancestors included.

    Raises:
        RefusedError: what is around it has `xml:` attributes, which the forms inherit differently; its own, and
            those of what is in it, are written as they stand in every form.
    """
    if any(name.startswith(_XML) for ancestor in element.iterancestors() for name in ancestor.attrib):
        refuse("The signature stands in an element with xml: attributes.")
    # Out of its document first: libxml2 canonicalises documents, and lxml declares the ancestors' namespaces here.
    return of_document(etree.fromstring(etree.tostring(element, with_tail=False), _parser()), form)


def of_document(root: Element, form: Form = INCLUSIVE) -> bytes:
    """Give the canonical form of a whole document, by its root."""
    whole: bytes = etree.tostring(
        root.getroottree(),
        method="c14n",
        exclusive=form.exclusive,
        with_comments=False,
        inclusive_ns_prefixes=list(form.prefixes) or None,
    )
    return whole


def _parser() -> Any:  # noqa: ANN401  # an untyped library
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False
    )
