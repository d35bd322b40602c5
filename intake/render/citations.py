"""Sources of several rules, told once and together."""

from __future__ import annotations

from collections.abc import Iterable

_APPENDIX = "guidance appendix A "
"""Its sections are named one after the other behind it."""


def cited(citations: Iterable[str]) -> str:
    """Join citations into one: each source once, the sections of the guidance's appendix together, a capital first."""
    sections: dict[str, None] = {}
    sources: dict[str, str] = {}
    for part in (part for citation in citations for part in citation.split("; ")):
        section = part[len(_APPENDIX) :] if part.casefold().startswith(_APPENDIX.casefold()) else ""
        if section:
            sections.setdefault(section)
        source = _APPENDIX if section else _within(part)
        sources.setdefault(source.casefold(), source)
    told = "; ".join(f"{source}{', '.join(sections)}" if source == _APPENDIX else source for source in sources.values())
    return told[:1].upper() + told[1:]


def _within(source: str) -> str:
    """Write a source as it stands behind another one."""
    return source[0].lower() + source[1:] if source.startswith("Guidance ") else source
