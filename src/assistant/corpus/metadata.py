"""Read from a document what it is: title, kind, level, authority, number, dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.corpus.characters import clean, squeezed
from assistant.corpus.dates import DATE, date_in_name, find_dates, first_date
from assistant.corpus.front import NUMBER, ends_title
from assistant.corpus.model import Document, DocumentKind, Level, Unit, Validity
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Source
from assistant.corpus.structure import Structured

_BOOK_MARKS = re.compile(r"^《(.+)》$")
_SAMPLE = re.compile(r"[（(]?\s*示范文本\s*[）)]?")
_COPY = re.compile(
    r"(?:[-_ ]*(?:副本|copy|最终版?|定稿|扫描件?)|\s*[(（]\d{1,2}[)）])$", re.IGNORECASE
)
_EMPTY_BRACKETS = re.compile(r"[（(\[〔【]\s*[）)\]〕】]")
_IN_FORCE_FROM = re.compile(rf"自\s*({DATE})\s*起\s*(?:正式)?(?:施行|实施|执行|生效|试行)")
_AT_ONCE = re.compile(
    r"自\s*(?:公布|发布|印发|颁布|通过|下发|公告|签发)\s*之日\s*(起三十日后|起)?\s*(?:施行|实施|执行|生效|试行)"
)
_PUBLISHED = re.compile(r"公布|发布|颁布|印发|签署")
_ADOPTED = re.compile(r"通过|批准")
_CHANGED = re.compile(r"修正|修订|修改")
_STATED_FACT = re.compile(
    r"([\u4e00-\u9fff]{2,6})\s*[：:]\s*([^：:]+?)(?=\s+[\u4e00-\u9fff]{2,6}\s*[：:]|$)"
)
_SHORT_CLAUSE = 12
_PUBLISHERS = (
    "公布单位",
    "发布单位",
    "发布机关",
    "发布机构",
    "发文机关",
    "发文单位",
    "制定机关",
    "印发单位",
    "编制单位",
)
_PUBLICATION_DAYS = ("公布日期", "发布日期", "发文日期", "成文日期", "印发日期")
_EFFECTIVE_DAYS = ("生效日期", "施行日期", "实施日期")
_PLACE = re.compile(
    r"^(?:中华人民共和国|(?P<place>[^《》\s]{2,11}?(?:省|自治区|自治州|自治县|市|区|县|旗|地区)))"
)
_PROVINCE = re.compile(r"^(?:北京|天津|上海|重庆)市|^[^市县]{2,4}省|^[^市县]{2,8}自治区")


@dataclass(frozen=True, slots=True)
class _Dates:
    published: date | None
    effective: date | None
    version: date | None
    evidence: str


def read_metadata(
    source: Source, structured: Structured, document_id: str, digest: str
) -> Document:
    """Return what ``source`` says about itself; what it does not say stays unknown."""
    name = clean(source.origin.rpartition("/")[2].rpartition(".")[0])
    sample = bool(
        structured.of(Reason.SAMPLE_MARK)
        or any("示范文本" in text for text in (source.title, structured.title, name))
    )
    title = _title(source, structured, name)
    facts = dict(_stated_facts(structured))
    kind = _kind(title, structured)
    dates = _dates(structured, facts, name, source)
    authority = _authority(title, kind, structured, facts)
    return Document(
        id=document_id,
        title=title,
        kind=kind,
        level=_level(title, kind, authority, structured),
        origin=source.origin,
        digest=digest,
        authority=authority,
        number=_number(structured, facts),
        published=dates.published,
        effective=dates.effective,
        version=dates.version,
        validity=Validity.IN_FORCE if dates.effective else Validity.UNKNOWN,
        evidence=dates.evidence,
        sample=sample,
    )


def title_in_name(name: str) -> str:
    """Return the title in a file name: without date, copy marks and book-title marks."""
    if (found := date_in_name(name)) is not None:
        name = name[: found[1]] + name[found[2] :]
    name = _EMPTY_BRACKETS.sub("", _SAMPLE.sub("", name))
    while (shorter := _COPY.sub("", name)) != name:
        name = shorter
    return _BOOK_MARKS.sub(r"\1", name.strip(" _-.，、"))


def _title(source: Source, structured: Structured, name: str) -> str:
    printed = _SAMPLE.sub("", structured.title).strip()
    if printed and (ends_title(printed) or len(printed) >= 4):
        return _BOOK_MARKS.sub(r"\1", printed)
    stated = squeezed(clean(_SAMPLE.sub("", source.title)))
    if ends_title(stated):
        return _BOOK_MARKS.sub(r"\1", stated)
    return title_in_name(name) or name


def _stated_facts(structured: Structured) -> Iterator[tuple[str, str]]:
    for line in structured.of(Reason.PROPERTIES, Reason.NUMBER):
        for key, value in _STATED_FACT.findall(line):
            yield key.replace(" ", ""), value.strip()


def _number(structured: Structured, facts: dict[str, str]) -> str:
    lines = structured.of(Reason.NUMBER, Reason.PROPERTIES, Reason.FURNITURE)
    for line in lines:
        if match := NUMBER.search(line):
            return _plain_number(match[0])
    for line in structured.of(Reason.PROMULGATION):
        if noted := NUMBER.search(line):
            return _plain_number(noted[0])
    return facts.get("文号", "")


def _plain_number(number: str) -> str:
    plain = re.sub(r"\s", "", number)
    return re.sub(r"^(?:文号|.*?日)?(?:中华人民共和国)?", "", plain)


_KINDS = (
    (DocumentKind.ITEM_LIST, r"清单|目录|名录"),
    (DocumentKind.PLAN, r"方案|计划|规划|预案|要点"),
    (DocumentKind.REPORT, r"报告|总结|通报"),
    (DocumentKind.WORK_SYSTEM, r"制度|机制|规程|流程|指引|指南|守则|手册"),
)


def _kind(title: str, structured: Structured) -> DocumentKind:
    plain = re.sub(r"[（(][^）)]*[）)]", "", title)
    plain = re.sub(r"关于(?:印发|公布|发布|转发)《?(.+?)》?的(?:通知|公告|通告)$", r"\1", plain)
    rows = sum(passage.unit is Unit.ROW for passage in structured.passages)
    if rows and rows * 2 > len(structured.passages):
        return DocumentKind.ITEM_LIST
    if re.search(r"(?:法|法典)$", plain) and "办法" not in plain[-2:]:
        return DocumentKind.STATUTE
    for kind, words in _KINDS:
        if re.search(rf"(?:{words})$", plain):
            return kind
    if re.search(r"(?:条例|规定|办法|细则|规则|决定)$", plain):
        # A bureau's own rules carry its letter number, legislation an order or a decision.
        own = any(
            re.search(r"[〔\[（(]\d{4}[〕\]）)]", line) for line in structured.of(Reason.NUMBER)
        )
        return DocumentKind.WORK_SYSTEM if own else DocumentKind.REGULATION
    for kind, words in _KINDS:
        if re.search(words, plain):
            return kind
    return DocumentKind.OTHER


def _level(title: str, kind: DocumentKind, authority: str, structured: Structured) -> Level:
    notes = " ".join(structured.of(Reason.PROMULGATION, Reason.NUMBER))
    if kind is DocumentKind.STATUTE:
        return Level.CONSTITUTION if title.endswith("宪法") else Level.LAW
    if kind is DocumentKind.REGULATION:
        if authority.endswith("人民代表大会常务委员会") or authority.endswith("人民代表大会"):
            national = authority.startswith("全国")
            return Level.LAW if national else Level.LOCAL_REGULATION
        if authority == "国务院" or "国务院令" in notes:
            return Level.ADMINISTRATIVE_REGULATION
        if re.search(r"(?:政府|部|委员会|局|总局|署|行)令", notes):
            return Level.RULE
        if title.endswith("条例"):
            local = _PLACE.match(title)
            if local and local["place"]:
                return Level.LOCAL_REGULATION
            return Level.ADMINISTRATIVE_REGULATION
        return Level.NORMATIVE_DOCUMENT
    if kind is DocumentKind.REPORT or (kind is DocumentKind.WORK_SYSTEM and "府" not in notes):
        return Level.INTERNAL
    return (
        Level.NORMATIVE_DOCUMENT if authority or kind is not DocumentKind.OTHER else Level.INTERNAL
    )


def _authority(
    title: str, kind: DocumentKind, structured: Structured, facts: dict[str, str]
) -> str:
    for key in _PUBLISHERS:
        if facts.get(key):
            return facts[key]
    notes = structured.of(Reason.PROMULGATION, Reason.NUMBER)
    if kind in (DocumentKind.STATUTE, DocumentKind.REGULATION):
        for note in notes:
            if organ_in_note := re.search(
                r"(?:日\s*|^)([\u4e00-\u9fff（）]{2,30}?人民代表大会(?:常务委员会)?)(?:公告|第|关于|通过|制定|公布)",
                re.sub(r"第[一二三四五六七八九十]+届", "", note),
            ):
                return organ_in_note[1].removeprefix("经")
        if any("国务院" in note for note in notes):
            return "国务院"
    for line in structured.of(Reason.LETTERHEAD):
        organ = squeezed(re.sub(r"\s*(?:文件|公报)(?:[（(].*)?$", "", line))
        if not re.search(r"\d|密|急|[：:]", organ):
            return organ
    signed = [line for line in structured.of(Reason.SIGNATURE) if first_date(line) is None]
    if signed:
        return squeezed(signed[-1])
    if kind is DocumentKind.REGULATION and title.endswith("条例"):
        place = _PLACE.match(title)
        if place and place["place"]:
            return f"{place['place']}人民代表大会常务委员会"
    return ""


def _dates(structured: Structured, facts: dict[str, str], name: str, source: Source) -> _Dates:
    notes = structured.of(Reason.PROMULGATION, Reason.NUMBER)
    in_name = date_in_name(name)
    published = _stated_day(facts, _PUBLICATION_DAYS) or _noted(notes, _PUBLISHED)
    adopted = _noted(notes, _ADOPTED)
    changes = [day for note in notes if _CHANGED.search(note) for day, _, _ in find_dates(note)]
    signed = [day for line in structured.of(Reason.SIGNATURE) for day, _, _ in find_dates(line)]
    bare = [day for note in notes for day, _, _ in find_dates(note)]
    published = published or adopted or max(signed, default=None) or max(bare, default=None)
    days = [day for day in (published, *changes, in_name[0] if in_name else None) if day]
    version = in_name[0] if in_name else max(days, default=None)
    effective, evidence = _effective(structured, facts, notes, published)
    # An amended text is in force no earlier than its amendment.
    if effective is not None and version is not None and version > effective:
        effective = version
        evidence = f"{evidence.rstrip('。')}；本文本为{version}修改后的版本。"
    return _Dates(published or version or source.created, effective, version, evidence)


def _is_own(text: str, position: int) -> bool:
    """True if the clause that leads to ``position`` speaks of the document itself."""
    clause = re.split(r"[。；\n]", text[:position])[-1]
    return "》" not in clause and ("本" in clause or len(clause) <= _SHORT_CLAUSE)


def _stated_day(facts: dict[str, str], keys: tuple[str, ...]) -> date | None:
    for key in keys:
        value = facts.get(key, "")
        day = first_date(value) or (found[0] if (found := date_in_name(value)) else None)
        if day is not None:
            return day
    return None


def _noted(notes: list[str], verb: re.Pattern[str]) -> date | None:
    for note in notes:
        if verb.search(note) and not _CHANGED.search(re.sub(r"《[^》]*》", "", note)):
            return first_date(note)
    return None


def _effective(
    structured: Structured, facts: dict[str, str], notes: list[str], published: date | None
) -> tuple[date | None, str]:
    if (day := _stated_day(facts, _EFFECTIVE_DAYS)) is not None:
        return day, f"文件信息载明自{day}起施行。"
    for note in notes:
        if re.search(rf"{DATE}\s*起?\s*(?:施行|实施)", note):
            days = [
                day
                for day, _, end in find_dates(note)
                if re.match(r"\s*起?\s*(?:施行|实施)", note[end:])
            ]
            if days:
                return days[-1], f"题注载明自{days[-1]}起施行。"
    for passage in reversed(structured.passages):
        for match in _IN_FORCE_FROM.finditer(passage.text):
            day = first_date(match[1])
            if day is not None and _is_own(passage.text, match.start()):
                return day, f"{passage.label}载明自{day}起施行。"
        match_now = _AT_ONCE.search(passage.text)
        if match_now and published is not None and _is_own(passage.text, match_now.start()):
            delay = timedelta(days=30) if match_now[1] and match_now[1] != "起" else timedelta(0)
            return published + delay, f"{passage.label}载明{match_now[0]}，公布日期{published}。"
    return None, ""
