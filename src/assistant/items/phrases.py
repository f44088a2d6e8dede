"""The phrases in which people ask about item lists, taken out of a question one by one."""

import re
from collections.abc import Sequence

from assistant.corpus.numerals import NUMERAL
from assistant.items.asking import Intent
from assistant.items.matching import vocabulary
from assistant.items.model import Kind, Tier

COUNT = re.compile(
    r"(?:一共|总共|共计|共|各|分别)*有?(?:多少|(?<![哪第])几)(?:个|条|项|类)?(?:事项|项)?"
)
COUNTED = re.compile(
    r"(?:多少|(?<![哪第])几)(?:个|条)?(?:项|事项|执法权|权力|职权|处罚|检查)|各有?多少|多少[?？]?$|数量|总数"
)
WHICH = re.compile(r"哪几项|哪些|哪一?项|哪一?个|第几项")
MEMBER = re.compile(
    r"能不能|可不可以|可以不可以|能否|可否|是否可以|是否有权|有没有权力?|有无权|有权|有没有|是否"
    r"|承接了?(?=.*[吗么])|(?:在|列入)[^在]{0,8}清单.{0,4}[吗么]"
    r"|可以(?=.*[吗么嘛])|能够?(?=.*[吗么嘛])|(?:能|可以)(?=[罚管查])"
)
COMPARE = re.compile(
    r"不同|区别|差异|差别|对比|比较|相比|变化|新增|增加了|减少|取消|删除|去掉|多出|独有|多了|少了|多哪些|少哪些"
    r"|有.{0,8}没有|没有.{0,8}有"
)
MORE = re.compile(r"新增|增加|多出|多了|独有")
LESS = re.compile(r"减少|取消|删除|去掉|少了")
ONE_SIDE = re.compile(r"(镇|街道)[^镇街]{0,3}有[^镇街]{0,3}(镇|街道)[^镇街]{0,3}没有")
FIRM = re.compile(r"清单|目录|赋权|下放|承接|执法事项|综合执法事项|自选")
LOOSE = re.compile(r"事项|执法权|原来?(?:归|由|是)|原行使|哪一?项|第几项|哪几项|对应")
# A question of procedure or of competence in general is one for the law.
PROCEDURE = re.compile(
    r"程序|当场|听证|告知|立案|期限|时限|几日|几天|审核|复议|诉讼|委托|申请法院|强制执行|资格|执法证"
    r"|文书|决定书|管辖|裁量|简易|法律条件|行政机关|执法人员|着装|便装|职责|主体|人身自由|拘留|吊销|责令停|责令关闭"
)
PUNISH = re.compile(r"罚|查处|查封|扣押|取缔|没收|拆除|管(?!理|辖|道)")
EVERYTHING = re.compile(r"哪些|哪几项|列出|列一下|全部|所有|清单内容")
ACTS = re.compile(r"罚|查|管|检查|扣押|取缔|没收|拆除|执法|职权|权力|权")
KEYWORDS = re.compile(r"关于|有关|相关|涉及|方面")
BOTH = re.compile(r"镇街|街镇|乡镇、?街道|镇、街道|乡镇和街道|镇和街道|街道和镇|街道和乡镇")
TOWN = re.compile(r"乡镇政府|镇人民政府|镇政府|乡镇|镇里|镇上|镇级|镇")
STREET = re.compile(r"街道办事处|街道办|街道|街办")
EXCLUSIVE = re.compile(r"只由|仅由|只能由|单独由|只归|仅限")
KINDS = (
    (Kind.INSPECTION, re.compile(r"行政检查类?|检查类|检查(?=事项)|检查权|监督检查")),
    (Kind.COERCION, re.compile(r"行政强制措施类?|行政强制类?|强制类|强制措施")),
    (
        Kind.PENALTY,
        re.compile(r"行政处罚(?:类|权)?|处罚类|处罚(?=事项)|处罚权|罚款类|处罚(?=有(?:多少|几))"),
    ),
)
OPTIONAL = re.compile(r"可?以?自选|选择性?承接|可选")
UNIVERSAL = re.compile(
    r"(?:全部|所有|各)(?:乡镇|镇街|镇|街道)都?(?:统一)?(?:承接|行使)?|统一承接|都承接|普遍承接"
)
YEAR = re.compile(r"(20\d\d)年?(?:版|度|修订)*的?")
NUMBER = re.compile(rf"第({NUMERAL})(?:项|号|条事项)")
GLUE = re.compile(r"^(?:请问|请|帮我|查一?下|查询|列出|列一下|看看|想知道|问一下)+")
# Words of asking that say nothing about the item itself.  Longest first.
ASKING = re.compile("|".join(sorted(vocabulary()["asking"]["phrases"], key=len, reverse=True)))
_BEFORE = (
    r"的|了|对(?!象)|在|和|与|及|有|给|让|从(?!事)|是|里|上|中|由|都|各|项|把|被|要|就|还|也|请"
    r"|罚(?!款)|管(?!理|道|线|护)|能(?!源|耗)|查(?!封|扣)|归|列|看|按|跟|即|类|权"
)
_AFTER = r"的|了|和|与|及|有|是|里|上|中|内|项|类|权|吗|么|嘛|呢|吧|啊|呀|罚|管|查|归|即|都|要|被"
TRIM = re.compile(rf"^(?:{_BEFORE})+|(?:{_AFTER})+$")
# What is left of 那街道呢 and 能不能.
_NO_WORD = ("", "那", "不")
# The question is whether there is such an item at all.
ITEM_ASKED = re.compile(
    r"哪一?项|哪个事项|哪几项|第几项|有没有|有无|归哪|对应|属于|在.{0,8}清单.{0,3}[吗么]"
)
FOLLOW_UP = re.compile(r"^(?:那么?|那如果|换成)?(.{1,12}?)呢[?？]?$")


def intent_of(rest: str, compare: bool) -> Intent:
    if compare:
        return Intent.COMPARE
    if COUNTED.search(rest) and not re.search(r"编号是多少", rest):
        return Intent.COUNT
    if WHICH.search(rest):
        return Intent.SHOW
    if MEMBER.search(rest):
        return Intent.MEMBERSHIP
    return Intent.SHOW


def take_tiers(text: str) -> tuple[str, tuple[Tier, ...], bool]:
    only = bool(EXCLUSIVE.search(text))
    text = EXCLUSIVE.sub(" ", text)
    tiers: list[Tier] = []
    if BOTH.search(text):
        street_first = text.find("街") < text.find("镇")
        tiers = [Tier.TOWN, Tier.STREET]
        if street_first and not BOTH.search(text)[0].startswith(("街镇", "街道和")):  # type: ignore[index]
            tiers = [Tier.TOWN, Tier.STREET]
        text = BOTH.sub(" ", text)
    found = sorted(
        [(match.start(), Tier.STREET) for match in STREET.finditer(text)]
        + [(match.start(), Tier.TOWN) for match in TOWN.finditer(text)]
    )
    tiers += [tier for _, tier in found]
    text = STREET.sub(" ", TOWN.sub(" ", text))
    return text, tuple(dict.fromkeys(tiers)), only


def sides_of(tiers: Sequence[Tier], both_ways: re.Match[str] | None) -> tuple[Tier, ...]:
    if both_ways:
        first = Tier.STREET if both_ways[1] == "街道" else Tier.TOWN
        return first, Tier.TOWN if first is Tier.STREET else Tier.STREET
    return tuple(tiers) if len(tiers) > 1 else ()


def take_years(text: str) -> tuple[str, tuple[int, ...]]:
    years = tuple(dict.fromkeys(int(match[1]) for match in YEAR.finditer(text)))
    return YEAR.sub(" ", text), years


def take_names(text: str, names: Sequence[str], keep: Sequence[str]) -> tuple[str, list[str]]:
    found = []
    for name in names:
        if name in text:
            found.append(name)
            # 高新区消防救援大队 is a department, whose name is read next.
            if not any(name in longer and longer in text for longer in keep):
                text = text.replace(name, " ")
    return text, found


def take_kinds(text: str) -> tuple[str, frozenset[Kind]]:
    kinds = set()
    for kind, pattern in KINDS:
        if pattern.search(text):
            kinds.add(kind)
            text = pattern.sub(" ", text)
    return text, frozenset(kinds)


def take_optional(text: str, universal: bool) -> tuple[str, bool | None]:
    if OPTIONAL.search(text):
        return OPTIONAL.sub(" ", text), True
    if universal or re.search(r"统一承接|都承接", text):
        return re.sub(r"全部|所有|统一承接|都承接", " ", text), False
    return text, None


def topic_of(rest: str, intent: Intent) -> str:
    rest = ASKING.sub(" ", rest)
    for pattern in (COUNT, WHICH):
        rest = pattern.sub(" ", rest)
    if intent is Intent.MEMBERSHIP:
        rest = MEMBER.sub(" ", rest)
    if intent is Intent.COMPARE:
        rest = COMPARE.sub(" ", re.sub(r"而|但|比|还|变", " ", rest))
    words = [TRIM.sub("", word) for word in re.split(r"[\s,，。?？:：;；（）()“”\"]+", rest)]
    kept = (stripped for word in words if (stripped := word.strip("、")) not in _NO_WORD)
    topic = " ".join(kept)
    # A character left over is no matter.
    return topic if len(topic) > 1 else ""
