"""What the register answers: sentences with addresses, and the table they rest on."""

from dataclasses import dataclass
from enum import StrEnum


class AnswerKind(StrEnum):
    """What kind of statement an answer makes."""

    COUNT = "count"
    YES = "yes"
    NO = "no"
    SHOW = "show"
    COMPARE = "compare"
    CANDIDATES = "candidates"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RegisterSentence:
    """A sentence with the addresses of the rows and articles that it stands on.

    Attributes:
        text: Chinese sentence.
        addresses: citation ids, most telling first.
        quotes: words of the cited passages that the sentence repeats.
    """

    text: str
    addresses: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemTable:
    """Rows to show and to download.

    Attributes:
        title: what the rows are.
        headings: column headings.
        rows: cells of each row, as many as headings.
        addresses: citation id of each row's passage.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """An exact answer from the item lists.

    Attributes:
        kind: what kind of statement it is.
        sentences: the answer.
        question: the question answered, completed from the dialogue.
        table: the rows behind it; None where there are none.
        counts: number of items of each list (list id, number), for counts.
        items: addresses of the rows that the answer is about.
        first, second: for comparisons, rows that only one side has.
        common: for comparisons, how many items both sides have.
        certain: False where the answer only offers what may be meant.
    """

    kind: AnswerKind
    sentences: tuple[RegisterSentence, ...]
    table: ItemTable | None = None
    counts: tuple[tuple[str, int], ...] = ()
    items: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    common: int = 0
    certain: bool = True
    question: str = ""
