"""The register: every item list of the index, read from the catalogue's own rows.

Nothing is stored beside the catalogue, so the register can never disagree with it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

from assistant.corpus import Document, SourceDocument, Unit
from assistant.index.catalogue import Catalogue
from assistant.items.asking import Criteria
from assistant.items.basis import Basis, BasisResolver
from assistant.items.citing import CitedProvision, read_citations
from assistant.items.extract import read_list
from assistant.items.matching import ItemMatcher
from assistant.items.model import Item, ItemList, Tier
from assistant.items.provisions import Statutes
from assistant.items.understand import Reader
from assistant.retrieval import Names

_CACHED = 50_000


class Register:
    """Lists, items and their legal basis.

    Immutable once made, so any number of threads may share it.

    Args:
        catalogue: documents and passages of the index.
        documents: every document, all versions.
        names: resolves names of documents.
        today: the day for which the state of a basis is told.
        extra: a file that is not in the index, to be looked at before it is taken in.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        documents: Sequence[Document],
        names: Names,
        today: date | None = None,
        extra: SourceDocument | None = None,
    ) -> None:
        self.names = names
        self.statutes = Statutes(catalogue, documents, names)
        resolver = BasisResolver(self.statutes, today or date.today())
        self._resolve = lru_cache(_CACHED)(resolver.resolve)
        self._lists: dict[str, ItemList] = {}
        self._items: dict[str, tuple[Item, ...]] = {}
        known = {document.id: document for document in documents}
        for key in catalogue.documents_with(Unit.ROW):
            self._take(read_list(known[key], catalogue.passages(key)))
        if extra is not None:
            self._take(read_list(extra.document, extra.passages))
        self._by_address = {item.address: item for item in self.items()}
        self._citations = lru_cache(_CACHED)(self._read_citations)

    def _take(self, found: tuple[ItemList, tuple[Item, ...]] | None) -> None:
        if found is not None:
            self._lists[found[0].id], self._items[found[0].id] = found

    @property
    def lists(self) -> list[ItemList]:
        """Every list, newest edition first within a district."""
        return sorted(self._lists.values(), key=lambda e: (e.district, -e.year, e.title))

    def list_of(self, item: Item) -> ItemList:
        """Return the list that an item is in."""
        return self._lists[item.list_id]

    def find_list(self, list_id: str) -> ItemList | None:
        """Return a list by its document id, None if it is unknown."""
        return self._lists.get(list_id)

    def item(self, address: str) -> Item | None:
        """Return an item by the citation id of its row, None if it is unknown."""
        return self._by_address.get(address)

    def items(self, list_id: str = "") -> list[Item]:
        """Return the items of one list in its order, or of all lists."""
        if list_id:
            return list(self._items.get(list_id, ()))
        return [item for entry in self.lists for item in self._items[entry.id]]

    def bases(self, item: Item) -> tuple[Basis, ...]:
        """Return the provisions that an item rests on, with their state."""
        return self._resolve(item.basis, self._lists[item.list_id].issued)

    def citations(self, item: Item) -> tuple[CitedProvision, ...]:
        """Return what the basis cell cites, laws by their full titles."""
        return self._citations(item.basis, self._lists[item.list_id].issued)

    @cached_property
    def reader(self) -> Reader:
        """Reads questions with the names that the lists use."""
        return Reader(self.lists, self.items(), self.names)

    @cached_property
    def matcher(self) -> ItemMatcher:
        """Finds items by what they are about."""
        return ItemMatcher(self.items())

    def latest(self, lists: Sequence[ItemList]) -> list[ItemList]:
        """Return the newest edition of each series of lists."""
        newest: dict[tuple[str, frozenset[Tier]], int] = {}
        for entry in lists:
            newest[entry.series] = max(newest.get(entry.series, 0), entry.year)
        return [entry for entry in lists if entry.year == newest[entry.series]]

    def select(self, criteria: Criteria, lists: Sequence[ItemList]) -> list[Item]:
        """Return the items of ``lists`` that meet everything but the topic."""
        return [
            item for entry in lists for item in self._items[entry.id] if self._meets(item, criteria)
        ]

    def _meets(self, item: Item, criteria: Criteria) -> bool:
        reach = item.reach
        if criteria.place and not reach.covers(criteria.place):
            return False
        if criteria.tiers and reach.tiers and not reach.tiers & criteria.tiers:
            return False
        if criteria.only and reach.tiers != criteria.tiers:
            return False
        if criteria.departments and item.department not in criteria.departments:
            return False
        if criteria.kinds and item.kind not in criteria.kinds:
            return False
        if criteria.optional is True and not reach.optional:
            return False
        if criteria.optional is False and not reach.everywhere:
            return False
        if criteria.numbers and not criteria.numbers & {item.number, item.code.upper()}:
            return False
        return self._cites(item, criteria)

    def _cites(self, item: Item, criteria: Criteria) -> bool:
        if not criteria.laws:
            return True
        return any(
            cited.title in criteria.laws
            and (not criteria.anchors or cited.anchor in criteria.anchors)
            for cited in self.citations(item)
        )

    def _read_citations(self, basis: str, issued: date | None) -> tuple[CitedProvision, ...]:
        day = issued or date.today()
        found = []
        for cited in read_citations(basis, self.statutes, day):
            document = self.statutes.named(cited.title, day)
            title = document.title if document else cited.title
            found.append(
                CitedProvision(title, cited.article, cited.suffix, cited.paragraph, cited.item)
            )
        return tuple(found)
