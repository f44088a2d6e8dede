"""Fill a unit from the documents of today: nothing that is shown stands elsewhere."""

from dataclasses import replace
from datetime import date

from assistant.corpus import Passage
from assistant.onboarding.library import Library, definition
from assistant.onboarding.model import Found, Part, Reading, Term, Unit, UnitText


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
    def defined(passage: Passage) -> bool:
        return definition(passage, term.name) != ""

    if term.cite:
        candidates = library.cited(term.cite, day)
    else:
        words = f"{term.name} {term.find}"
        candidates = library.search(words, unit.documents, 1, day, defined)
    for one in candidates:
        if words := definition(one.passage, term.name):
            return Part(term.name, (replace(one, quote=words),))
    return Part(term.name, (), (f"现行资料中没有说明“{term.name}”的条文",))
