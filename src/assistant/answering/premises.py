"""What a question takes for granted that is not so: articles, laws and places not held."""

import re
from dataclasses import dataclass

from assistant.answering.particulars import unstated_particular
from assistant.corpus import Document, DocumentKind, Unit
from assistant.corpus.numerals import NUMERAL, to_chinese, to_int
from assistant.index import OpenedIndex
from assistant.retrieval import Evidence, Query, Searcher

_TITLE = re.compile(r"《([^《》]{2,60})》")
_NORM = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|解释|制度|方案|清单|决定|意见|通知|规范|标准|报告)"
    r"(?:[（(][^）)]*[）)])?$"
)
_ARTICLE = re.compile(rf"第\s*{NUMERAL}\s*条")
_PART = re.compile(rf"第\s*(?P<number>{NUMERAL})\s*(?P<unit>部分|编|章)")
_BRANCH = re.compile(
    r"^(?:第([一二三四五六七八九十百]+)(?:编|章|部分)|([一二三四五六七八九十]+)、)"
)
_REGULATION = re.compile(
    r"^(?:请问|按照?|根据|依据|违反)?"
    r"((?!这|那|哪|什么|本|该|有|怎|如何)[一-鿿]{2,24}?(?:条例|实施细则)"
    r"|(?!这|那|哪|什么|本|该|有|怎|如何)[一-鿿]{4,24}?(?:管理|查处|处罚|实施)(?:办法|规定|规则))"
)
_STATISTIC = re.compile(
    r"((?:19|20)\d\d)年?.*?了(?:多少|几)|((?:19|20)\d\d)年.{0,16}(?:收入|总数|数量|人口)"
)
# A source that states a particular asked for is among the first.
_NEAREST = 3
_ABROAD = re.compile(
    r"美国|英国|德国|(?<![依守司执立宪违])法国(?![家务有])|(?<![一二三四五六七八九十\d])日本(?!法)|韩国|朝鲜"
    r"|俄罗斯|加拿大|澳大利亚|澳洲|新西兰|新加坡|马来西亚|泰国|越南|印度|印尼|意大利|西班牙|葡萄牙|荷兰"
    r"|比利时|瑞士|瑞典|挪威|芬兰|丹麦|奥地利|波兰|希腊|土耳其|巴西|阿根廷|墨西哥|南非|埃及|以色列|迪拜"
    r"|阿联酋|沙特|欧盟|欧洲|香港|澳门|台湾|(?:外国|国外)(?:的)?(?:法律|规定|制度)"
)
_ELSEWHERE = re.compile(
    r"北京|上海|天津|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|深圳|广州|杭州|南京|成都|武汉|西安|厦门|青岛"
)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a question cannot be answered as it stands.

    Attributes:
        text: Chinese sentence that says so.
        document: the document the question is about, None if it is not held.
    """

    text: str
    document: Document | None = None


def objection_to(
    query: Query,
    evidence: list[Evidence],
    index: OpenedIndex,
    searcher: Searcher,
    unheld: list[str],
) -> Objection | None:
    """Return the first thing in a question that the sources cannot bear out, if any.

    Args:
        query: the question.
        evidence: what was found for it.
        index: the opened index.
        searcher: knows the names of the documents.
        unheld: short titles of laws that exist but are not indexed.
    """
    return (
        _no_such_article(query, index, searcher)
        or _no_such_part(query, index)
        or _unknown_document(query, searcher, unheld)
        or _abroad(query, evidence)
        or _no_such_report(query, evidence)
        or _unstated(query, evidence)
    )


def elsewhere(query: Query, evidence: list[Evidence], searcher: Searcher) -> str:
    """Return the province or city named whose own rules are not held, "" if none is."""
    for match in _ELSEWHERE.finditer(query.standalone):
        held = any(match[0] in d.title + d.authority for d in searcher.documents)
        if not held and not any(match[0] in item.passage.text for item in evidence):
            return match[0]
    return ""


def _no_such_article(query: Query, index: OpenedIndex, searcher: Searcher) -> Objection | None:
    for place in query.cited:
        if index.catalogue.cited(place.citation_id):
            continue
        if place.row:
            return _no_such_row(place.row, query, searcher)
        document = place.document
        labels = [
            passage.label
            for passage in index.catalogue.passages(document.id)
            if passage.unit is Unit.ARTICLE and not passage.part
        ]
        name = _label(place.anchor)
        held = f"（共{to_chinese(len(labels))}条）" if labels else ""
        return Objection(f"《{document.title}》{held}没有{name}，因此不作回答。", document)
    return None


def _no_such_row(label: str, query: Query, searcher: Searcher) -> Objection:
    """Name every list that lacks the row, and how many rows it has."""
    lists = [p.document for p in query.cited if p.row == label and not p.anchor]
    count = searcher.names.lists.count
    held = "、".join(f"《{document.title}》（共{count(document)}项）" for document in lists)
    return Objection(f"{held}没有{label}，因此不作回答。", lists[0])


def _no_such_part(query: Query, index: OpenedIndex) -> Objection | None:
    """A chapter or part beyond the last of the only document named."""
    match = _PART.search(query.standalone)
    if match is None or len(query.named) != 1 or query.cited:
        return None
    document = query.named[0]
    unit = match["unit"]
    numbers = set()
    for passage in index.catalogue.passages(document.id):
        for words in (*passage.breadcrumb, passage.label):
            found = _BRANCH.match(words)
            # A plan's 一、 is its first part.
            if found and (unit in found[0] or (unit == "部分" and found[2])):
                numbers.add(to_int(found[1] or found[2]))
    number = to_int(match["number"])
    if number in numbers or not numbers:
        return None
    held = f"（共{to_chinese(max(numbers))}{unit}）"
    name = f"第{to_chinese(number)}{unit}"
    return Objection(f"《{document.title}》{held}没有{name}，因此不作回答。", document)


def _unstated(query: Query, evidence: list[Evidence]) -> Objection | None:
    nearest = (item.passage.text for item in evidence[:_NEAREST])
    missing = unstated_particular(query.text, nearest)
    return Objection(f"资料库没有写明所问的{missing}，因此不作回答。") if missing else None


def _label(anchor: str) -> str:
    """第二百条 for ``a200``, 第十七条之一 for ``a17-1``."""
    number, _, suffix = anchor.removeprefix("a").partition("-")
    label = f"第{to_chinese(int(number))}条"
    return label + (f"之{to_chinese(int(suffix))}" if suffix else "")


def _unknown_document(query: Query, searcher: Searcher, unheld: list[str]) -> Objection | None:
    for title in _TITLE.findall(query.standalone):
        if _NORM.search(title) and searcher.names.exactly(title, query.day) is None:
            return _not_held(title, title.removeprefix("中华人民共和国") in unheld)
    if query.named:
        return None
    if (match := _REGULATION.match(query.standalone)) and not searcher.names.within(
        match[1], query.day
    ):
        return _not_held(match[1], False)
    for title in unheld:
        if re.search(rf"{re.escape(title)}(?!定代表|人|律|院|官|学|庭)", query.standalone):
            return _not_held(title, True)
    if not query.cited and (match := _ARTICLE.search(query.standalone)):
        return Objection(
            f"提问没有写明“{match[0]}”属于哪部法律，或这部法律不在资料库中。请写明法律名称再问。"
        )
    return None


def _not_held(title: str, in_pack: bool) -> Objection:
    more = (
        "如需查询，请管理员把法律包的范围改为全部（law_pack = all）后重建索引。" if in_pack else ""
    )
    return Objection(f"资料库没有收录《{title}》，因此不作回答。{more}")


def _abroad(query: Query, evidence: list[Evidence]) -> Objection | None:
    match = _ABROAD.search(query.standalone)
    if match is None or any(match[0] in item.passage.text for item in evidence):
        return None
    return Objection(
        f"资料库只收录中国内地的法律和本单位文件，没有{match[0]}的规定，因此不作回答。"
    )


def _no_such_report(query: Query, evidence: list[Evidence]) -> Objection | None:
    """What happened in a year stands in that year's report or nowhere."""
    match = _STATISTIC.search(query.standalone)
    if match is None:
        return None
    year = match[1] or match[2]
    reports = [item for item in evidence if item.document.kind is DocumentKind.REPORT]
    if any(year in item.document.title + item.passage.text for item in reports):
        return None
    return Objection(f"资料库没有{year}年的统计资料，因此不作回答。")
