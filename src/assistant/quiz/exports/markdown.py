"""A paper as Markdown: the questions, then the key with its sources."""

from pathlib import Path

from assistant.quiz.exports.wording import (
    LETTERS,
    facts_of,
    heading_of,
    options_of,
    stem_of,
)
from assistant.quiz.papers import Paper


def write_markdown(paper: Paper, path: Path) -> None:
    """Write the paper."""
    lines = [f"# {paper.title}", facts_of(paper), paper.note]
    for place, section in enumerate(paper.sections):
        lines.append(f"## {heading_of(place, section, how=True)}")
        for entry in section.asked:
            options = zip(LETTERS, options_of(entry.question), strict=False)
            # Two blanks at the end of a line break it.
            lines.append("  \n".join((stem_of(entry), *(f"　　{a}. {o}" for a, o in options))))
    lines.append("## 参考答案及依据")
    for place, section in enumerate(paper.sections):
        lines.append(f"### {heading_of(place, section)}")
        for entry in section.asked:
            question = entry.question
            quote = "  \n".join(f"> {line}" for line in question.quote.split("\n"))
            lines.append(f"{entry.number}. {question.letters}　{question.citation}\n\n{quote}")
    path.write_text("\n\n".join(filter(None, lines)) + "\n", encoding="utf-8")
