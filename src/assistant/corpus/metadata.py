"""Read from a document what it is: title, kind, level, authority, number, dates."""

import re
from collections.abc import Iterator

from assistant.corpus.characters import clean, squeezed
from assistant.corpus.dates import date_in_name, first_date
from assistant.corpus.effect import read_dates
from assistant.corpus.front import BARE_NUMBER, NUMBER, ends_title, is_signatory
from assistant.corpus.model import Document, DocumentKind, Level, Unit, Validity
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Source
from assistant.corpus.structure import Structured

_BOOK_MARKS = re.compile(r"^《(.+)》$")
_SAMPLE = re.compile(r"[（(]?\s*示范文本\s*[）)]?")
_COPY = re.compile(
    r"(?:[-_ ]*(?:副本|copy|最终版?|定稿|扫描件?)|\s*[(（]\d{1,2}[)）])$", re.IGNORECASE
)
_DIGIT_GAP = re.compile(r"(?<=[一-鿿]) (?=\d)|(?<=\d) (?=[一-鿿])")
_EMPTY_BRACKETS = re.compile(r"[（(\[〔【]\s*[）)\]〕】]")
_STATED_FACT = re.compile(
    r"([\u4e00-\u9fff]{2,6})\s*[：:]\s*([^：:]+?)(?=\s+[\u4e00-\u9fff]{2,6}\s*[：:]|$)"
)
_ORDER = re.compile(r"(?:令|公告|通告)$")
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
_PLACE = re.compile(
    r"^(?:中华人民共和国|(?P<place>[^《》\s]{2,11}?(?:省|自治区|自治州|自治县|市|区|县|旗|地区)))"
)
_PROVINCE = re.compile(r"^(?:北京|天津|上海|重庆)市|^[^市县]{2,4}省|^[^市县]{2,8}自治区")


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
    dates = read_dates(structured, facts, name, source.created)
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
    printed = _DIGIT_GAP.sub("", _SAMPLE.sub("", structured.title)).strip()
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
    for line in structured.of(Reason.NUMBER):
        if BARE_NUMBER.fullmatch(line):
            heads = [head for head in structured.of(Reason.LETTERHEAD) if _ORDER.search(head)]
            return _plain_number("".join((*heads[-1:], line)))
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
    signed = [
        line
        for line in structured.of(Reason.SIGNATURE)
        if first_date(line) is None and not is_signatory(line)
    ]
    if signed:
        return squeezed(signed[-1])
    if kind is DocumentKind.REGULATION and title.endswith("条例"):
        place = _PLACE.match(title)
        if place and place["place"]:
            return f"{place['place']}人民代表大会常务委员会"
    return ""
