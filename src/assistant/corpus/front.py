"""Recognise what stands around a text: title, number, issuer, notes, signature.

These lines say what a document is.  They are read as metadata and are no passages.
"""

import re

from assistant.corpus.characters import squeezed
from assistant.corpus.dates import DATE
from assistant.corpus.numbering import read_marker
from assistant.corpus.remainder import Reason

_ORDER_HEAD = re.compile(r"[\u4e00-\u9fff]{4,40}(?:令|公告|通告)")
BARE_NUMBER = re.compile(
    r"(?:[〔（(\[][^〕）)\]]{1,8}[〕）)\]])?\s*第?\s*[\d零〇一二三四五六七八九十百]{1,6}\s*号"
)
_YEAR = r"[〔［\[【（(﹝{〈<]\s*(?:19|20)\d{2}\s*[〕］\]】）)﹞}〉>]"
NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,16}}{_YEAR}\s*第?\s*\d{{1,5}}\s*号"
    r"|[\u4e00-\u9fff]{2,30}令\s*(?:（[^）]*）|〔[^〕]*〕)?\s*第?\s*[\d零〇一二三四五六七八九十百]+\s*号"
    r"|(?:公告|通告)\s*(?:〔[^〕]*〕|\[[^\]]*\]|（[^）]*）)?\s*第?\s*[\d零〇一二三四五六七八九十百]+\s*号"
)
_ORGAN = (
    r"(?:办公室|办公厅|人民政府|委员会|政府|法院|检察院|司法局|局|厅|署|部|委|院|会|处|所|队|中心|办|"
    r"社|公司|大学|总工会|领导小组|支队|总队|大队|街道办|镇|乡)"
)
ORGAN = re.compile(rf"[\u4e00-\u9fff（）·、 ]{{1,38}}{_ORGAN}(?:办公室)?")
TITLE_NOUN = (
    r"(?:法|法典|条例|规定|办法|细则|规则|规程|制度|机制|方案|通知|通报|意见|决定|决议|公告|通告|报告|批复|函|"
    r"纪要|计划|规划|要点|预案|指引|指南|标准|规范|清单|目录|名录|基准|章程|公约|守则|手册|说明|总结|讲话|令|"
    r"修正案|解释|答复|问答|汇编|目标|措施|流程|样式|文书|表|图)"
)
_TITLE_END = re.compile(rf"{TITLE_NOUN}(?:[（(][^）)]*[）)])?$")
_SAMPLE = re.compile(r"[（(]?\s*示范文本\s*[）)]?")
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）· 、]{2,40}(?:文件|公报)(?:\s*[（(][^）)]*[）)])?")
_SECRECY = re.compile(
    r"(?:特急|加急|平急|特提|急件|秘密|机密|绝密|内部资料|内部文件)[★\d\s年月]*.{0,12}|"
    r"\d{6}|签发人[：:].{0,20}|(?:份号|密级|紧急程度)[：:]?.{0,12}"
)
_NOTE_VERB = re.compile(
    r"通过|公布|发布|颁布|批准|修正|修订|修改|施行|实施|印发|起草|备案|制定|废止|下发|同意|核准|签署"
)
_DATED = re.compile(rf"^[（(]?\s*(?:{DATE}|(?:19|20)\d{{2}}年\d{{1,2}}月)")
_DATE_ONLY = re.compile(rf"[（(]?\s*(?:[\u4e00-\u9fff]{{2,6}}[：:]\s*)?{DATE}\s*[）)]?(?:[印发]+)?")
_ORDER = re.compile(r"(?:已经|已于|业经).{0,120}通过|现予(?:公布|发布)|现将.{0,80}公布")
_FACTS = re.compile(
    r"(?:公布单位|发布单位|发布机关|发布机构|发文机关|发文单位|制定机关|印发单位|公布日期|发布日期|发文日期|成文日期|"
    r"文\s*号|发文字号|发文文号|索\s*引\s*号|主题分类|主题词|有效性|公开方式|公开类别|生效日期|施行日期|实施日期|"
    r"来源|信息来源|体裁分类|编制单位|填报单位|时效性|效力级别)\s*[：:]"
)
_ADDRESSEE = re.compile(
    r"(?:各|市|区|县|镇|乡|省|国务院|局|委|办|部|厅|机关|单位|部门|街道|政府|公司|企业|中心|院).{0,150}[：:]"
)
_NO_ADDRESSEE = re.compile(r"如下|下列|以下|规定|包括|通知[：:]|报告[：:]|。|；|公布单位")
_ATTACHMENT = re.compile(r"附\s*件\s*[：:]?\s*\d?|附\s*[：:]")
_DISTRIBUTION = re.compile(
    r"(?:抄\s*送|抄\s*报|主\s*送|分\s*送|发\s*[：:])\s*[：:]?|.{2,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*印发"
    r"|[（(]\s*(?:此件|信息公开|公开方式|公开属性|共印)[^）)]{0,30}[）)]|(?:此件|信息公开选项|公开方式).{0,20}"
)
_SIGNATORY = re.compile(r"(?:总理|主席|委员长|省长|市长|区长|县长|主任|部长|局长)\s*[一-鿿·]{2,8}")
_LONGEST_TITLE_LINE = 60
_LONGEST_NUMBER_LINE = 70


def classify_front(line: str, title_known: bool, following: str = "") -> Reason | None:
    """Return what a line above the text is, None if it is text (or the title).

    Args:
        line: clean, not blank.
        title_known: the title has been read; letterheads stand above it, addressees below.
        following: the next line; empty if there is none.
    """
    if _SAMPLE.fullmatch(line):
        return Reason.SAMPLE_MARK
    if _SECRECY.fullmatch(line):
        return Reason.LETTERHEAD
    if line.startswith(("（", "(")) and is_distribution(line):
        return Reason.DISTRIBUTION
    if len(line) <= 120 and _FACTS.match(line):
        return Reason.PROPERTIES
    if is_number_line(line) or BARE_NUMBER.fullmatch(line):
        return Reason.NUMBER
    if not title_known and (_LETTERHEAD.fullmatch(line) or is_organ(line)):
        return Reason.LETTERHEAD
    if _ORDER_HEAD.fullmatch(squeezed(line)) and BARE_NUMBER.fullmatch(following):
        return Reason.LETTERHEAD
    if is_promulgation(line):
        return Reason.PROMULGATION
    if title_known and _ADDRESSEE.fullmatch(line) and not _NO_ADDRESSEE.search(line[:-1]):
        return Reason.ADDRESSEE
    return None


def is_number_line(line: str) -> bool:
    """True for a line that holds a document number and at most a date or signatory beside it."""
    if len(line) > _LONGEST_NUMBER_LINE or re.search(r"[。；，《]", line):
        return False
    match = NUMBER.search(line)
    if match is None:
        return False
    rest = re.sub(DATE, "", line[: match.start()] + line[match.end() :])
    return len(re.sub(r"[\s（）()]", "", rest)) <= 20


def is_promulgation(line: str) -> bool:
    """True for a note on adoption, publication or amendment, and for a bare date."""
    if _DATE_ONLY.fullmatch(line):
        return True
    dated = _DATED.match(line)
    if dated and len(line) <= 400 and _NOTE_VERB.search(line):
        return True
    if dated and is_organ(line[dated.end() :].strip()):
        return True
    if line.startswith(("（", "(")) and _NOTE_VERB.search(line) and re.search(DATE, line):
        return True
    return len(line) <= 400 and bool(_ORDER.search(line))


def is_title_line(line: str, heading: int) -> bool:
    """True if ``line`` can be (part of) a title."""
    if read_marker(line) is not None or len(line) > _LONGEST_TITLE_LINE:
        return False
    return heading == 1 or not re.search(r"[。；：！？]$", line)


def ends_title(line: str) -> bool:
    """True if a title may end with this line: its last word names a kind of document."""
    return bool(_TITLE_END.search(squeezed(line)))


def is_organ(line: str) -> bool:
    """True for the bare name of an authority, or several beside each other."""
    plain = squeezed(line)
    return len(plain) <= 40 and bool(ORGAN.fullmatch(plain)) and not plain.startswith("关于")


def is_signatory(line: str) -> bool:
    """True for the office and name of the person who signs: 市长 某某."""
    return bool(_SIGNATORY.fullmatch(line))


def is_date(line: str) -> bool:
    """True for a line that is a date and nothing else."""
    return bool(_DATE_ONLY.fullmatch(line))


def is_attachment_list(line: str) -> bool:
    """True for the line below a text that names its annexes."""
    return bool(_ATTACHMENT.match(line))


def is_distribution(line: str) -> bool:
    """True for the block below a document that says who gets it and whether it is public."""
    return len(line) <= 300 and bool(_DISTRIBUTION.match(line))
