"""Does the resolver read citations as they are written?

Resolves citations of random articles of every law in the law pack and of every row of the
item lists in the forms that people use, and texts that cite nothing known.  Prints the share that
is resolved exactly and the number that is resolved to another place.

    python benchmarks/citations.py [--count 4000] [--seed 7]
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Document, Passage
from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.numerals import to_chinese
from assistant.retrieval import Names, find_citations
from assistant.retrieval.names import nicknames
from assistant.settings import LawPack
from row_forms import Place, Source, row_forms

DAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the places it cites: document id, anchor, paragraph, item.

    ``day`` is the day the text speaks of, ``within`` the document it stands in.
    """

    form: str
    text: str
    places: tuple[Place, ...]
    day: date = DAY
    within: Document | None = None


def main() -> int:
    """Run the benchmark; returns 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    laws = [(s.document, s.passages) for s in LawPackReader().documents(LawPack.ALL)]
    dice = random.Random(arguments.seed)
    names = Names(document for document, _ in laws)
    missed = report("citations", cases(laws, names, arguments.count, dice), names)
    for what, lists, forms in row_forms(dice):
        some = (Case(*form) for form in forms)
        missed |= report(what, some, _names_with(laws, lists))
    return int(missed)


def _names_with(laws: Sequence[Source], lists: Sequence[Source]) -> Names:
    passages = {document.id: rows for document, rows in lists}
    documents = [document for document, _ in (*laws, *lists)]
    return Names(documents, lambda key: passages.get(key, ()))


def report(what: str, some: Iterable[Case], names: Names) -> bool:
    """Resolve cases, print the figures; returns True if the goal is missed."""
    total, exact, wrong = 0, 0, 0
    for case in some:
        total += 1
        found = tuple(
            (place.document.id, place.anchor, place.paragraph, place.item)
            for place in find_citations(case.text, names, case.day, within=case.within)
        )
        if found == case.places:
            exact += 1
            continue
        is_wrong = bool(set(found) - set(case.places))
        wrong += is_wrong
        print(f"{'WRONG ' if is_wrong else 'missed'} [{case.form}] {case.text} -> {found}")
    print(f"{what}: {total}, {exact / total:.2%} exact, {wrong} wrong")
    return exact < 0.995 * total or wrong > 0


def cases(
    laws: list[tuple[Document, list[Passage]]], names: Names, count: int, dice: random.Random
) -> Iterator[Case]:
    """Yield ``count`` cases; every law with articles comes up about equally often."""
    citable, past = [], []
    for document, passages in laws:
        articles = [p.anchor for p in passages if re.fullmatch(r"a\d+(-\d+)?", p.anchor)]
        if not articles:
            continue
        law = _Law(document, list(dict.fromkeys(articles)), dice)
        applies = names.exactly(document.title, DAY)
        (citable if applies is not None and applies.id == document.id else past).append(law)
    by_title = {law.document.short_title: law for law in citable}
    for title, others in nicknames().items():
        for nickname in others if title in by_title else ():
            yield _nickname(nickname, by_title[title], dice)
    for law in past:
        if law.document.effective and law.document.effective < DAY:
            yield _past(law)
    forms = list(_FORMS)
    order = [dice.sample(citable, len(citable)) for _ in range(count // len(citable) + 1)]
    for number, law in enumerate([law for laws in order for law in laws][:count]):
        form = forms[number % len(forms)]
        yield _FORMS[form](form, law, dice.choice(citable), dice)


class _Law:
    def __init__(self, document: Document, articles: list[str], dice: random.Random) -> None:
        self.document = document
        self.articles = articles
        self.dice = dice

    @property
    def name(self) -> str:
        return self.dice.choice((self.document.title, self.document.short_title))

    def article(self) -> tuple[str, int, str]:
        """Anchor, number, and 之一 where the article has one."""
        anchor = self.dice.choice(self.articles)
        number, _, suffix = anchor[1:].partition("-")
        return anchor, int(number), f"之{to_chinese(int(suffix))}" if suffix else ""

    def plain_run(self, length: int) -> list[int]:
        """Numbers of consecutive articles, none of them with a suffix in between."""
        plain = [int(a[1:]) for a in self.articles if "-" not in a]
        start = self.dice.randrange(max(1, len(plain) - length))
        return plain[start : start + length]

    def place(self, anchor: str, paragraph: int = 0, item: int = 0) -> Place:
        return (self.document.id, anchor, paragraph, item)


def _nickname(nickname: str, law: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    text = dice.choice(
        (f"{nickname}{number}条{suffix}", f"{nickname}第{to_chinese(number)}条{suffix}")
    )
    return Case("nickname", text, (law.place(anchor),))


def _past(law: _Law) -> Case:
    anchor, number, suffix = law.article()
    text = f"《{law.document.title}》第{to_chinese(number)}条{suffix}"
    day = law.document.effective or DAY
    return Case("version of the day", text, (law.place(anchor),), day=day)


def _inside(form: str, law: _Law, other: _Law, dice: random.Random) -> Case:
    first, number, suffix = law.article()
    second, more, more_suffix = other.article()
    text = (
        f"违反本法第{to_chinese(number)}条{suffix}规定的，"
        f"依照《{other.document.title}》第{to_chinese(more)}条{more_suffix}处罚"
    )
    places = (law.place(first), other.place(second))
    return Case(form, text, places, within=law.document)


def _official(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    text = f"根据《{law.document.title}》第{to_chinese(number)}条{suffix}的规定"
    return Case(form, text, (law.place(anchor),))


def _bare_name(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    numeral = dice.choice((to_chinese(number), str(number), f" {number} "))
    text = f"{law.document.short_title}第{numeral}条{suffix}是什么内容？"
    return Case(form, text, (law.place(anchor),))


def _short(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    words = f"{law.document.short_title}{number}条{suffix}"
    if not suffix and dice.random() < 0.3:
        words = f"{law.document.short_title}{number}"
    return Case(form, words, (law.place(anchor),))


def _paragraph(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    paragraph = dice.randint(1, 4)
    numeral = dice.choice((to_chinese(paragraph), str(paragraph)))
    text = f"《{law.name}》第{to_chinese(number)}条{suffix}第{numeral}款"
    return Case(form, text, (law.place(anchor, paragraph),))


def _item(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    paragraph, item = dice.randint(1, 3), dice.randint(1, 9)
    words = dice.choice(
        (
            f"第{to_chinese(paragraph)}款第（{to_chinese(item)}）项",
            f"第{paragraph}款第{item}项",
            f"第{to_chinese(paragraph)}款({to_chinese(item)})项",
            f"第{to_chinese(paragraph)}款第{chr(0x321F + item)}项",
            f"{paragraph}款{item}项",
        )
    )
    text = f"违反了{law.name}第{number}条{suffix}{words}"
    return Case(form, text, (law.place(anchor, paragraph, item),))


def _items(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    items = sorted(dice.sample(range(1, 10), 2))
    words = "、".join(f"第（{to_chinese(item)}）项" for item in items)
    text = f"《{law.name}》第{to_chinese(number)}条{suffix}{words}"
    return Case(form, text, tuple(law.place(anchor, 0, item) for item in items))


def _listed(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    numbers = law.plain_run(3)
    text = f"按照《{law.name}》" + "、".join(f"第{to_chinese(n)}条" for n in numbers)
    return Case(form, text, tuple(law.place(f"a{n}") for n in numbers))


def _shared(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    numbers = law.plain_run(2)
    text = f"{law.document.short_title}第{'、'.join(map(str, numbers))}条"
    return Case(form, text, tuple(law.place(f"a{n}") for n in numbers))


def _range(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    numbers = law.plain_run(4)
    first, last = to_chinese(numbers[0]), to_chinese(numbers[-1])
    text = f"《{law.name}》第{first}条至第{last}条怎么规定？"
    inside = range(numbers[0], numbers[-1] + 1)
    return Case(form, text, tuple(law.place(f"a{n}") for n in inside))


def _named_before(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    text = f"我在看《{law.name}》，请解释第{number}条{suffix}。"
    return Case(form, text, (law.place(anchor),))


def _two_laws(form: str, law: _Law, other: _Law, dice: random.Random) -> Case:
    first, number, suffix = law.article()
    second, more, more_suffix = other.article()
    text = (
        f"《{law.name}》第{to_chinese(number)}条{suffix}和"
        f"{other.document.short_title}第{more}条{more_suffix}有什么区别"
    )
    return Case(form, text, (law.place(first), other.place(second)))


def _edition(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    text = f"《{law.name}》（2021年修订）第{to_chinese(number)}条{suffix}"
    return Case(form, text, (law.place(anchor),))


def _spaced(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    anchor, number, suffix = law.article()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    text = f"《{law.name}》 第 {wide} 条{suffix}"
    return Case(form, text, (law.place(anchor),))


def _unknown(form: str, law: _Law, _: _Law, dice: random.Random) -> Case:
    place = dice.choice(("示例市", "临江县", "某省"))
    title = dice.choice(("市容环境卫生管理条例", "养犬管理办法", "实施细则", "城市绿化管理规定"))
    number = dice.randint(1, 60)
    text = dice.choice(
        (
            f"《{place}{title}》第{to_chinese(number)}条",
            f"《{law.document.title}实施细则》第{number}条怎么规定",
            f"一共罚了{number}条船，{law.document.short_title}有规定吗",
            f"依法第{number}条怎么办",
            f"{law.document.short_title}实施条例第{number}条",
        )
    )
    return Case(form, text, ())


_FORMS: dict[str, Callable[[str, _Law, _Law, random.Random], Case]] = {
    "official": _official,
    "bare name": _bare_name,
    "short": _short,
    "paragraph": _paragraph,
    "item": _item,
    "items": _items,
    "list": _listed,
    "shared unit": _shared,
    "range": _range,
    "named before": _named_before,
    "two laws": _two_laws,
    "edition": _edition,
    "spaced": _spaced,
    "inside a passage": _inside,
    "unknown": _unknown,
}

if __name__ == "__main__":
    sys.exit(main())
