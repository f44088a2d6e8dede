"""What attackers put into documents, file names, questions and addresses."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from lxml import html

MARKUP = (
    "<script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1",
    '<a href="javascript:window.pwned=1">查看</a>',
    "</textarea></title></style><script>window.pwned=1</script>",
    '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "{{ 7*7 }}${7*7}<%= 7*7 %>{% include '/etc/passwd' %}",
)
FORMULAS = ('=HYPERLINK("http://evil.example","x")', "=cmd|'/c calc'!A1", "+1+1", "@SUM(1)")
_TAGS = {"script", "iframe", "object", "embed", "base", "meta", "link", "img", "math"}


def active_parts(markup: str) -> list[str]:
    """Return whatever in the page's own markup a browser would carry out or fetch."""
    found = []
    for element in html.fragments_fromstring(f"<div>{markup}</div>")[0].iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _TAGS:
            found.append(element.tag)
        for name, value in element.attrib.items():
            address = name in ("href", "src", "action", "formaction", "srcdoc", "style")
            outward = value.strip().lower().startswith(("javascript:", "http:", "https:", "//"))
            if name.startswith("on") or (address and outward):
                found.append(f"{element.tag} {name}={value}")
    return found


def _document(number: int, payload: str) -> bytes:
    return (
        f"关于处置{payload}的规定\n\n第一章 总则{payload}\n\n"
        f"第一条 第{number}号物品应当{payload}处置。\n\n第二条 违者罚款五十元。\n"
    ).encode()


def _item_list() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["示范街道综合执法事项清单"])
    sheet.append(["序号", "事项名称", "执法类别", "原行使部门", "实施依据"])
    for number, payload in enumerate((*MARKUP, *FORMULAS), start=1):
        name = f"对{payload}行为的处罚" if payload in MARKUP else payload
        sheet.append([number, name, "行政处罚", payload, f"《{payload}法》第三条"])
    # Written as text, so that the list itself holds no formula.
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def file_name(number: int) -> str:
    """Return the name of the document with the payload of a number."""
    return f"{number}{MARKUP[number].replace('/', '')}.txt"


CORPUS: dict[str, bytes] = {
    "事项.xlsx": _item_list(),
    **{file_name(number): _document(number, payload) for number, payload in enumerate(MARKUP)},
    **{
        f"{file_name(number)}.meta.toml": (
            f"authority = '''{payload}'''\nnumber = '''{payload}'''\nsubject = '''{payload}'''\n"
        ).encode()
        for number, payload in enumerate(MARKUP)
        if "'" not in payload
    },
}
