"""Which version of a text applies to what happened on another day."""

from datetime import date

from assistant.answering.draft import Draft, pieces_at
from assistant.answering.layout import whole
from assistant.answering.model import Role
from assistant.index import OpenedIndex
from assistant.retrieval import Evidence, Finding, Reason, Searcher

# 行政处罚法第三十七条: the law at the time of the act, unless the newer one is lighter.
_RULE_TITLE = "行政处罚法"
_RULE_ANCHOR = "a37"


def say_which_version(draft: Draft, day: date, searcher: Searcher, index: OpenedIndex) -> None:
    """Quote the rule on old and new law where the day asked about has passed.

    Nothing is said where the index does not hold the rule.

    Args:
        draft: the answer; extended.
        day: the day the question is about.
        searcher: finds the statute by its name.
        index: the opened index.
    """
    today = date.today()
    if day >= today:
        return
    document = searcher.names.exactly(_RULE_TITLE, today)
    parts = index.catalogue.cited(f"{document.id}#{_RULE_ANCHOR}") if document else []
    if document is None or not parts:
        return
    finding = Finding(Reason.REFERENCE, 1, 1.0)
    rule = Evidence(document, whole(parts), 0.0, (finding,), document.validity_on(today))
    draft.say(pieces_at(rule, 0, 0), rule, Role.VERSION)
