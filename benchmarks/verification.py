"""How well unsupported sentences are caught, and how many true ones are caught with them.

    python benchmarks/verification.py [--no-embedding] [--misses] [--json FILE]

Every line of data/verification.csv is a true statement about one article, in other words
than the article's.  From them 20 unsupported statements of each of ten kinds are made by
rule.  The lines marked ``seen`` were looked at while the check was written and its
thresholds were chosen; those marked ``unseen`` were written afterwards and only measured.
The sources are the cited article and four others of the same law.
"""

import argparse
import csv
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.verification import Problem, Source, Verdict, Verifier
from assistant.corpus.law_pack import LawPackReader
from assistant.index import PassageEmbedding
from assistant.retrieval import Names
from assistant.settings import LawPack, load_settings

DATA = Path(__file__).parent / "data" / "verification.csv"
PER_KIND = 20
OTHERS = 4


@dataclass(frozen=True)
class Statement:
    """A sentence with what it cites; ``kind`` is empty for a true one."""

    text: str
    cited: tuple[int, ...]
    sources: dict[int, Source]
    kind: str
    seen: bool


Change = Callable[[str, random.Random], str | None]


def article(text: str, rng: random.Random) -> str | None:
    """Name an article that says something else, or that does not exist."""
    return f"根据第{rng.choice(['九十九', '一百二十', '二百', '十三', '五'])}条，{text}"


def number(text: str, rng: random.Random) -> str | None:
    """Change a number."""
    found = re.search(r"\d+", text)
    if found is None:
        return None
    other = int(found[0]) + rng.choice([1, 3, 10])
    return text[: found.start()] + str(other) + text[found.end() :]


def unit(text: str, rng: random.Random) -> str | None:
    """Change the unit of a period, or the side of a bound."""
    for old, new in (
        ("个月", "年"), ("日内", "个月内"), ("日前", "日后"), ("以下", "以上"), ("日后", "日前"),
        ("年", "个月"), ("小时", "日"), ("以上", "以下"), ("日", "个工作日"),
    ):  # fmt: skip
        if re.search(rf"\d{old}", text):
            return re.sub(rf"(?<=\d){old}", new, text, count=1)
    return None


def law(text: str, rng: random.Random) -> str | None:
    """Credit another law with it, real or invented."""
    names = ["《安全生产法》", "《食品安全法》", "《城市综合执法条例》", "《行政执法程序法》"]
    return f"根据{rng.choice(names)}，{text}"


def turned(text: str, rng: random.Random) -> str | None:
    """Deny what is stated, or state what is denied."""
    for old, new in (
        ("不再给予", "仍应给予"), ("不得", "可以"), ("不停止", "停止"), ("不予", "给予"),
        ("不承担", "承担"), ("不再处罚", "仍可处罚"), ("应当", "不得"), ("可以", "不得"),
    ):  # fmt: skip
        if old in text:
            return text.replace(old, new, 1)
    return None


def duty(text: str, rng: random.Random) -> str | None:
    """Make a duty of a choice, or the reverse."""
    if "应当" in text:
        return text.replace("应当", rng.choice(["可以", "无需"]), 1)
    return text.replace("可以", "必须", 1) if "可以" in text else None


def authority(text: str, rng: random.Random) -> str | None:
    """Let somebody else act."""
    for old in ("行政机关负责人", "行政机关", "人民法院", "公安机关", "执法人员"):
        if old in text:
            others = ["上一级人民政府", "县级以上人民检察院", "司法行政部门", "街道办事处"]
            return text.replace(old, rng.choice(others), 1)
    return None


ADDED = (
    "逾期视为自动放弃一切权利", "并由机关在网站首页通报其姓名", "同时应当暂停其营业执照",
    "否则须双倍退还已收款项", "当事人还须提供担保人", "无需再向任何单位说明",
    "并应当邀请新闻媒体到场监督", "该文书由两名律师共同签署才有效", "对企业可以直接列入失信名单",
    "其家属也负连带缴纳责任", "并通知其工作单位予以处分", "超出部分由财政补贴",
    "所需费用由居民委员会垫付", "情节严重的移送纪检监察处理", "并抄送当地税务部门冻结账户",
    "未成年人由学校代为办理", "外国人由使馆代为签收", "电话告知即可视为完成",
    "口头承诺与书面具有同等效力", "当事人须先缴纳保证金才能办理",
)  # fmt: skip


def added(text: str, rng: random.Random) -> str | None:
    """Add a claim that no source makes."""
    return text.rstrip("。") + "，" + rng.choice(ADDED) + "。"


REWRITTEN: dict[str, Change] = {
    "invented article": article,
    "changed number": number,
    "changed unit or bound": unit,
    "other law": law,
    "turned into its contrary": turned,
    "duty and choice exchanged": duty,
    "other authority": authority,
    "claim added": added,
}


def statements() -> Iterator[Statement]:
    """Yield the true statements, then the planted ones kind by kind."""
    articles = _articles()
    with DATA.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    rng = random.Random(6)
    true = []
    for row in rows:
        law_articles = articles[row["law"]]
        target = law_articles[f"a{row['article']}"]
        others = [source for source in law_articles.values() if source is not target]
        sources = dict(enumerate([target, *rng.sample(others, OTHERS)], start=1))
        true.append(Statement(row["text"], (1,), sources, "", row["set"] == "seen"))
    yield from true
    for kind, change in REWRITTEN.items():
        made = [(s, new) for s in _shuffled(true, rng) if (new := change(s.text, rng))]
        for old, text in made[:PER_KIND]:
            yield Statement(text, old.cited, old.sources, kind, old.seen)
    for old in _shuffled(true, rng)[:PER_KIND]:
        cited = rng.choice([(), (7,), (12,)])
        yield Statement(old.text, cited, old.sources, "no or unknown citation", old.seen)
    for old in _shuffled(true, rng)[:PER_KIND]:
        yield Statement(old.text, (rng.randint(2, 5),), old.sources, "wrong citation", old.seen)


def _shuffled(true: list[Statement], rng: random.Random) -> list[Statement]:
    return rng.sample(true, len(true))


def _articles() -> dict[str, dict[str, Source]]:
    found: dict[str, dict[str, Source]] = {}
    with DATA.open(encoding="utf-8") as lines:
        wanted = {row["law"] for row in csv.DictReader(lines)}
    for source in LawPackReader().documents(LawPack.ALL):
        document = source.document
        if document.short_title in wanted and document.validity.is_current:
            found[document.short_title] = {
                passage.anchor: Source(document, passage)
                for passage in source.passages
                if not passage.part
            }
    return found


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-embedding", action="store_true", help="leave closeness out")
    parser.add_argument("--json", type=Path, help="write every statement with its verdict")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    arguments = parser.parse_args()
    documents = [source.document for source in LawPackReader().documents(LawPack.ALL)]
    embedding = None if arguments.no_embedding else PassageEmbedding(load_settings())
    names = Names(documents)
    cases = list(statements())
    Verifier(embedding, names).check(cases[0].text, cases[0].cited, cases[0].sources)
    judged, taken = [], []
    for case in cases:
        # A verifier of its own, as each answer has: nothing is known from other sentences.
        verifier = Verifier(embedding, names)
        begun = time.perf_counter()
        judged.append((case, verifier.check(case.text, case.cited, case.sources)))
        taken.append((time.perf_counter() - begun) * 1000)
    for half in ("seen", "unseen", "all"):
        chosen = [
            (case, verdict)
            for case, verdict in judged
            if half == "all" or case.seen == (half == "seen")
        ]
        _report(half, chosen)
    spread = statistics.quantiles(taken, n=20, method="inclusive")
    print(f"\na sentence: p50 {spread[9]:.1f} ms, p95 {spread[18]:.1f} ms, "
          f"over {len(taken)} sentences")  # fmt: skip
    if arguments.misses:
        _print_misses(judged)
    if arguments.json:
        records = [
            {
                "text": case.text,
                "kind": case.kind,
                "problems": [problem.value for problem in verdict.problems],
                "coverage": verdict.coverage,
                "weakest": verdict.weakest,
                "similarity": verdict.similarity,
            }
            for case, verdict in judged
        ]
        arguments.json.write_text(json.dumps(records, ensure_ascii=False, indent=1))


def _report(half: str, judged: list[tuple[Statement, Verdict]]) -> None:
    planted = [(case, verdict) for case, verdict in judged if case.kind]
    true = [verdict for case, verdict in judged if not case.kind]
    caught = sum(not verdict.supported for _, verdict in planted)
    wrongly = sum(not verdict.supported for verdict in true)
    print(f"\n{half}: caught {caught}/{len(planted)} = {caught / len(planted):.3f}, "
          f"wrongly caught {wrongly}/{len(true)} = {wrongly / len(true):.3f}")  # fmt: skip
    kinds = Counter(case.kind for case, _ in planted)
    for kind, count in kinds.items():
        hit = sum(case.kind == kind and not verdict.supported for case, verdict in planted)
        print(f"  {kind:28} {hit}/{count}")


def _print_misses(judged: list[tuple[Statement, Verdict]]) -> None:
    for case, verdict in judged:
        if bool(case.kind) == verdict.supported:
            told = "、".join(Problem(problem).value for problem in verdict.problems)
            print(f"[{case.kind or 'TRUE'}] {case.text} {told} "
                  f"cov {verdict.coverage:.2f} weak {verdict.weakest:.2f} "
                  f"sim {verdict.similarity or 0:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
