"""A strict reader of GIFT files, by the description of the format in Moodle's manual."""

import re
from dataclasses import dataclass

_ESCAPED = re.compile(r"\\([\\~=#{}:])")
_BLOCK = re.compile(
    r"::(?P<name>(?:\\.|[^\\:])+)::(?P<stem>(?:\\.|[^\\{}])*)\{(?P<body>(?:\\.|[^\\{}])*)\}"
)
_ANSWER = re.compile(r"(?P<sign>[=~])(?P<words>(?:\\.|[^\\=~#])*)")


@dataclass(frozen=True)
class Choice:
    """An answer: what it says, what it is worth in percent, and what it is matched with."""

    words: str
    percent: float
    match: str


@dataclass(frozen=True)
class Item:
    """A question as Moodle would take it."""

    stem: str
    answers: tuple[Choice, ...]
    truth: bool | None
    feedback: str


def read_gift(text: str) -> list[Item]:
    """Read every question.

    Raises:
        ValueError: something in the file is not GIFT.
    """
    items = []
    for block in re.split(r"\n{2,}", text.strip()):
        if block.startswith("$CATEGORY: "):
            continue
        match = _BLOCK.fullmatch(block)
        if match is None:
            raise ValueError(f"not GIFT: {block}")
        body, _, feedback = match["body"].partition("####")
        head = body.strip()
        truth = {"TRUE": True, "FALSE": False}.get(head)
        answers = () if truth is not None else _answers(head)
        items.append(Item(_plain(match["stem"]), answers, truth, _plain(feedback)))
    return items


def _answers(body: str) -> tuple[Choice, ...]:
    if _ANSWER.sub("", body).strip():
        raise ValueError(f"not answers: {body}")
    return tuple(_choice(match["sign"], match["words"]) for match in _ANSWER.finditer(body))


def _choice(sign: str, words: str) -> Choice:
    share = re.match(r"%(-?[\d.]+)%", words)
    percent = float(share[1]) if share else 100.0 if sign == "=" else 0.0
    said, _, matched = words[share.end() if share else 0 :].partition(" -> ")
    return Choice(_plain(said), percent, matched.strip())


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.replace("\\n", "\n")).strip()
