"""When a document was published and from when it applies, by its own words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.corpus.dates import DATE, date_in_name, find_dates, first_date
from assistant.corpus.remainder import Reason
from assistant.corpus.structure import Structured

_IN_FORCE_FROM = re.compile(rf"自\s*({DATE})\s*起\s*(?:正式)?(?:施行|实施|执行|生效|试行)")
_AT_ONCE = re.compile(
    r"自\s*(?:公布|发布|印发|颁布|通过|下发|公告|签发)\s*之日\s*(起三十日后|起)?\s*(?:施行|实施|执行|生效|试行)"
)
_PUBLISHED = re.compile(r"公布|发布|颁布|印发|签署")
_ADOPTED = re.compile(r"通过|批准")
_CHANGED = re.compile(r"修正|修订|修改")
_SHORT_CLAUSE = 12
_PUBLICATION_DAYS = ("公布日期", "发布日期", "发文日期", "成文日期", "印发日期")
_EFFECTIVE_DAYS = ("生效日期", "施行日期", "实施日期")


@dataclass(frozen=True, slots=True)
class Dates:
    """A document's days, None where it says nothing.

    Attributes:
        published: day of publication, else of adoption or signature.
        effective: first day in force of this version.
        version: day of this version of the text.
        evidence: Chinese sentence on what ``effective`` rests on; empty if unknown.
    """

    published: date | None
    effective: date | None
    version: date | None
    evidence: str


def read_dates(
    structured: Structured, facts: Mapping[str, str], name: str, created: date | None
) -> Dates:
    """Return the days that a document states.

    Args:
        structured: the document.
        facts: what stands in its head as 键：值.
        name: the file's name, which may hold the day of the version.
        created: day in the file's own properties, used where nothing else is known.
    """
    notes = structured.of(Reason.PROMULGATION, Reason.NUMBER)
    in_name = date_in_name(name)
    published = _stated_day(facts, _PUBLICATION_DAYS) or _noted(notes, _PUBLISHED)
    adopted = _noted(notes, _ADOPTED)
    changes = [day for note in notes if _CHANGED.search(note) for day, _, _ in find_dates(note)]
    signed = [day for line in structured.of(Reason.SIGNATURE) for day, _, _ in find_dates(line)]
    bare = [day for note in notes for day, _, _ in find_dates(note)]
    if any("现予" in note for note in notes):
        # An order carries the day of publication below its words.
        published = max(_bare_days(notes), default=published)
    published = published or adopted or max(signed, default=None) or max(bare, default=None)
    days = [day for day in (published, *changes, in_name[0] if in_name else None) if day]
    version = in_name[0] if in_name else max(days, default=None)
    effective, evidence = _effective(structured, facts, notes, published)
    # An amended text is in force no earlier than its amendment.
    if effective is not None and version is not None and version > effective:
        effective = version
        evidence = f"{evidence.rstrip('。')}；本文本为{version}修改后的版本。"
    return Dates(published or version or created, effective, version, evidence)


def _bare_days(notes: Sequence[str]) -> list[date]:
    return [
        day for note in notes for day, start, end in find_dates(note) if note == note[start:end]
    ]


def _is_own(text: str, position: int) -> bool:
    """True if the clause that leads to ``position`` speaks of the document itself."""
    clause = re.split(r"[。；\n]", text[:position])[-1]
    return "》" not in clause and ("本" in clause or len(clause) <= _SHORT_CLAUSE)


def _stated_day(facts: Mapping[str, str], keys: tuple[str, ...]) -> date | None:
    for key in keys:
        value = facts.get(key, "")
        day = first_date(value) or (found[0] if (found := date_in_name(value)) else None)
        if day is not None:
            return day
    return None


def _noted(notes: Sequence[str], verb: re.Pattern[str]) -> date | None:
    for note in notes:
        if verb.search(note) and not _CHANGED.search(re.sub(r"《[^》]*》", "", note)):
            return first_date(note)
    return None


def _effective(
    structured: Structured, facts: Mapping[str, str], notes: Sequence[str], published: date | None
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
                return day, f"{passage.label.rstrip('、')}载明自{day}起施行。"
        match_now = _AT_ONCE.search(passage.text)
        if match_now and published is not None and _is_own(passage.text, match_now.start()):
            delay = timedelta(days=30) if match_now[1] and match_now[1] != "起" else timedelta(0)
            return (
                published + delay,
                f"{passage.label.rstrip('、')}载明{match_now[0]}，公布日期{published}。",
            )
    return None, ""
