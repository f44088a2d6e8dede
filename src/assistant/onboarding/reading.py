"""Fill a unit from the documents of today: nothing that is shown stands elsewhere."""

from dataclasses import replace
from datetime import date

from assistant.onboarding.library import Library, defines, defining_words
from assistant.onboarding.model import Found, Part, Reading, Term, Unit, UnitText

_CANDIDATES = 40
"""Passages in which a term's definition is looked for."""


def unit_text(unit: Unit, library: Library, day: date | None = None) -> UnitText:
    """Return a unit with its passages; what is not found is named as missing.

    Args:
        unit: the unit.
        library: the documents.
        day: the day on which a document must be in force; today by default.
    """
    today = day or date.today()
    return UnitText(
        unit,
        tuple(_reading(reading, unit, library, today) for reading in unit.reading),
        tuple(_term(term, unit, library, today) for term in unit.term),
    )


def _reading(reading: Reading, unit: Unit, library: Library, day: date) -> Part:
    found: dict[str, Found] = {}
    missing = []
    for place in reading.cite:
        cited = library.cited(place, day)
        found.update((one.passage.citation_id, one) for one in cited)
        if not cited:
            missing.append(f"现行资料中查不到{place}")
    if reading.find:
        searched = library.search(reading.find, unit.documents, reading.count, day)
        # What is the bureau's own is read first.
        found = {one.passage.citation_id: one for one in searched} | found
        if not searched:
            missing.append(f"现行资料中没有关于“{reading.heading}”的规定")
    return Part(reading.heading, tuple(found.values()), tuple(missing))


def _term(term: Term, unit: Unit, library: Library, day: date) -> Part:
    if term.cite:
        candidates = library.cited(term.cite, day)
    else:
        candidates = library.search(f"{term.name} {term.find}", unit.documents, _CANDIDATES, day)
    # Stable: among those that define the term, and among the others, the best stays first.
    candidates.sort(key=lambda one: not defines(one.passage, term.name))
    for one in candidates:
        if words := defining_words(one.passage, term.name):
            return Part(term.name, (replace(one, quote=words),))
    return Part(term.name, (), (f"现行资料中没有说明“{term.name}”的条文",))
