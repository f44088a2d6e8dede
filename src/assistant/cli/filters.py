"""Options that bound a search, and the filters they make."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from assistant.retrieval import Filters

_T = TypeVar("_T")
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="类型", help="文件类型，如 法律、工作制度；可重复"),
]
Levels = Annotated[
    list[str] | None,
    typer.Option("--level", metavar="层级", help="效力层级，如 法律、规范性文件；可重复"),
]
Authorities = Annotated[
    list[str] | None,
    typer.Option("--authority", metavar="机关", help="制定机关名称中的字词；可重复"),
]
Subjects = Annotated[
    list[str] | None,
    typer.Option("--subject", metavar="领域", help="领域或部门名称中的字词；可重复"),
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="文件", help="文件全名、简称或编号；可重复"),
]


def make_filters(
    kinds: list[str] | None,
    levels: list[str] | None,
    authorities: list[str] | None,
    subjects: list[str] | None,
    documents: list[str] | None,
) -> "Filters":
    """Turn option values into filters.

    Raises:
        typer.BadParameter: a kind or level is unknown.
    """
    from assistant.corpus import DocumentKind, Level
    from assistant.retrieval import Filters

    return Filters(
        kinds=tuple(_chosen(kinds, {kind.label: kind for kind in DocumentKind}, "--kind")),
        levels=tuple(_chosen(levels, {level.label: level for level in Level}, "--level")),
        authorities=tuple(authorities or ()),
        subjects=tuple(subjects or ()),
        documents=tuple(documents or ()),
    )


def _chosen(values: list[str] | None, known: Mapping[str, _T], option: str) -> list[_T]:
    unknown = [value for value in values or () if value not in known]
    if unknown:
        raise typer.BadParameter(
            f"不认识“{unknown[0]}”，可以是：{'、'.join(known)}", param_hint=option
        )
    return [known[value] for value in values or ()]
