"""Check a list: what is stale, missing, doubled or does not fit, each with a remark."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.items.answers import ItemTable
from assistant.items.basis import Basis, State
from assistant.items.compare import plain_name
from assistant.items.fitness import Fitness
from assistant.items.model import Column, Item, ItemList, Kind
from assistant.items.register import Register


class Defect(StrEnum):
    """What may be wrong with a row or a list."""

    EMPTY_CELL = "empty_cell"
    UNREAD_BASIS = "unread_basis"
    UNKNOWN_LAW = "unknown_law"
    NO_PROVISION = "no_provision"
    REPEALED = "repealed"
    RENUMBERED = "renumbered"
    NOT_YET = "not_yet"
    AMENDED = "amended"
    MISFIT = "misfit"
    WRONG_SCOPE = "wrong_scope"
    DUPLICATE = "duplicate"
    NUMBERING = "numbering"
    COUNT = "count"

    @property
    def label(self) -> str:
        """Name of the defect as readers see it, in Chinese."""
        return _LABELS[self]

    @property
    def grave(self) -> bool:
        """True where the row must not be used as it stands."""
        return self not in (Defect.UNKNOWN_LAW, Defect.AMENDED, Defect.NUMBERING, Defect.COUNT)


_LABELS = {
    Defect.EMPTY_CELL: "单元格为空",
    Defect.UNREAD_BASIS: "依据无法识别",
    Defect.UNKNOWN_LAW: "依据未收录",
    Defect.NO_PROVISION: "条款不存在",
    Defect.REPEALED: "依据已废止",
    Defect.RENUMBERED: "条号已变",
    Defect.NOT_YET: "依据尚未施行",
    Defect.AMENDED: "依据已修改",
    Defect.MISFIT: "名称与依据不符",
    Defect.WRONG_SCOPE: "名称与类型不符",
    Defect.DUPLICATE: "事项重复",
    Defect.NUMBERING: "序号不连续",
    Defect.COUNT: "项数不符",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding.

    Attributes:
        defect: what is wrong.
        item: the row; None for the list as a whole.
        column: the column it concerns.
        words: Chinese sentence for the reader.
        addresses: passages that show it, the row first.
    """

    defect: Defect
    item: Item | None
    column: Column
    words: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What a check found.

    Attributes:
        entry: the list.
        items: its rows.
        remarks: what was found, in the order of the rows; those on the whole list first.
    """

    entry: ItemList
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...]

    @property
    def counts(self) -> Counter[Defect]:
        """How often each defect occurs."""
        return Counter(remark.defect for remark in self.remarks)

    @property
    def rows_with_remarks(self) -> int:
        """How many rows have at least one remark."""
        return len({remark.item.address for remark in self.remarks if remark.item})

    def of(self, item: Item) -> list[Remark]:
        """Return the remarks on a row."""
        return [r for r in self.remarks if r.item and r.item.address == item.address]


def check_list(register: Register, entry: ItemList) -> HealthReport:
    """Check one list of the register."""
    items = register.items(entry.id)
    fitness = Fitness(register, items)
    remarks = [
        *_counted(entry, items),
        *(remark for item in items for remark in _row(register, entry, fitness, item)),
        *_doubled(items),
        *_numbering(items),
    ]
    place = {item.address: item.position for item in items}
    remarks.sort(key=lambda r: place[r.item.address] if r.item else 0)
    return HealthReport(entry, tuple(items), tuple(remarks))


def report_table(reports: Sequence[HealthReport]) -> ItemTable:
    """Return the rows with their remarks beside them, those without remarks as well."""
    headings = ("清单", "序号", "事项名称", "原行使部门", "赋权范围", "执法依据", "赋权镇街")
    rows: list[tuple[str, ...]] = []
    addresses: list[str] = []
    for report in reports:
        whole = [remark for remark in report.remarks if remark.item is None]
        for remark in whole:
            empty = ("",) * (len(headings) - 1)
            rows.append((report.entry.title, *empty, remark.defect.label, remark.words))
            addresses.append("")
        for item in report.items:
            remarks = report.of(item)
            kinds = "、".join(dict.fromkeys(remark.defect.label for remark in remarks))
            words = "\n".join(remark.words for remark in remarks)
            number = item.number or item.code or str(item.position)
            cells = (item.name, item.department, item.scope, item.basis, item.place)
            rows.append((report.entry.title, number, *cells, kinds, words))
            addresses.append(item.address)
    return ItemTable("体检结果", (*headings, "问题", "批注"), tuple(rows), tuple(addresses))


def _row(register: Register, entry: ItemList, fitness: Fitness, item: Item) -> Iterator[Remark]:
    for column, _ in entry.columns:
        if column is not Column.NOTE and not item.value(column):
            words = f"“{column.label}”一栏为空，请补充。"
            yield Remark(Defect.EMPTY_CELL, item, column, words, (item.address,))
    if _contradicts(item):
        words = f"名称是“{item.name[-6:]}”，而类型写的是“{item.scope}”，请核对。"
        yield Remark(Defect.WRONG_SCOPE, item, Column.SCOPE, words, (item.address,))
    bases = register.bases(item)
    sound = True
    for basis in bases:
        remark = _of_basis(item, basis)
        if remark is not None:
            sound = sound and remark.defect is Defect.AMENDED
            yield remark
    if bases and sound and not fitness.fits(item, bases):
        yield _misfit(fitness, item, bases)


def _of_basis(item: Item, basis: Basis) -> Remark | None:
    """Return the remark on one provision, None if it holds."""
    found = _BASIS_DEFECTS.get(basis.state)
    if found is None:
        if basis.amended is None or basis.document is None:
            return None
        words = (
            f"《{basis.document.title}》在清单公布后已修改，现行文本自{basis.amended}起，"
            f"请核对{basis.cited.place or '条款'}的内容。"
        )
        return Remark(Defect.AMENDED, item, Column.BASIS, words, _addresses(item, basis))
    defect, words = found
    words = f"{basis.official}{words}"
    if basis.state is State.UNREAD:
        words = f"依据“{basis.cited.title}”没有写明法律名称和条款，无法核对。"
    if basis.document and basis.state is State.REPEALED:
        words += basis.document.evidence
    if basis.successor is not None:
        words += f"可能的现行条款：{basis.successor.official}，请核对后更换。"
    return Remark(defect, item, Column.BASIS, words, _addresses(item, basis))


_BASIS_DEFECTS = {
    State.UNREAD: (Defect.UNREAD_BASIS, ""),
    State.NO_LAW: (Defect.UNKNOWN_LAW, "不在资料库中，无法核对；请放入资料文件夹后再查。"),
    State.NO_PROVISION: (Defect.NO_PROVISION, "不存在，请核对条、款、项。"),
    State.REPEALED: (Defect.REPEALED, "已废止，不能再作依据。"),
    State.RENUMBERED: (Defect.RENUMBERED, "在现行文本中条号已变。"),
    State.CHANGED: (Defect.AMENDED, "的内容在清单公布后已修改。"),
    State.NOT_YET: (Defect.NOT_YET, "尚未施行。"),
}


def _misfit(fitness: Fitness, item: Item, bases: Sequence[Basis]) -> Remark:
    older = fitness.fits_older(item, bases)
    if older is not None:
        basis, successor = older
        words = f"{basis.official}是旧文本的条号，现行文本中的该条与事项名称不符。"
        if successor is not None:
            words += f"可能的现行条款：{successor.official}，请核对后更换。"
        return Remark(Defect.RENUMBERED, item, Column.BASIS, words, _addresses(item, basis))
    cited = "、".join(basis.official for basis in bases)
    words = f"事项名称与{cited}的内容对不上，请核对依据。"
    addresses = _addresses(item, *bases)
    return Remark(Defect.MISFIT, item, Column.BASIS, words, addresses)


def _contradicts(item: Item) -> bool:
    """Whether name and scope say different things: 行政检查 for …的处罚."""
    ending = item.name[-6:]
    if "检查" in item.scope and "处罚" not in item.scope:
        return ending.endswith(("处罚", "罚款"))
    if item.scope and ("处罚" in item.scope or "罚款" in item.scope) and "检查" not in item.scope:
        return ending.endswith("检查")
    return item.kind is Kind.COERCION and ending.endswith(("处罚", "检查"))


def _doubled(items: Sequence[Item]) -> Iterator[Remark]:
    """Yield rows that say the same as an earlier one."""
    first: dict[tuple[str, str], Item] = {}
    for item in items:
        name = plain_name(item.name)
        if not name:
            continue
        same = first.setdefault((name, item.place), item)
        if same is not item:
            words = f"与{same.label}（{same.cell or '同表'}）重复，请合并或删除。"
            addresses = (item.address, same.address)
            yield Remark(Defect.DUPLICATE, item, Column.NAME, words, addresses)


def _numbering(items: Sequence[Item]) -> Iterator[Remark]:
    """Yield rows whose number does not follow the one before on the same sheet."""
    by_sheet: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.number.isascii() and item.number.isdigit():
            by_sheet[item.sheet].append(item)
    for sheet in by_sheet.values():
        for before, item in pairwise(sheet):
            expected = int(before.number) + 1
            # A list may begin again at 1 for each of its parts.
            if int(item.number) not in (expected, 1):
                words = f"序号应为{expected}，实际为{item.number}，可能有缺漏或重号。"
                yield Remark(Defect.NUMBERING, item, Column.NUMBER, words, (item.address,))


def _counted(entry: ItemList, items: Sequence[Item]) -> Iterator[Remark]:
    if entry.stated and entry.stated != len(items):
        words = f"清单载明共{entry.stated}项，表中实有{len(items)}项。"
        yield Remark(Defect.COUNT, None, Column.NUMBER, words, ())


def _addresses(item: Item, *bases: Basis) -> tuple[str, ...]:
    found = [item.address]
    for basis in bases:
        if basis.article is not None:
            found.append(basis.article.citation_id)
        if basis.successor is not None:
            found.append(basis.successor.article.citation_id)
    return tuple(dict.fromkeys(found))
