"""Routes for questions and their sources."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import StreamingResponse

from assistant.corpus import DocumentKind
from assistant.service.access import Caller
from assistant.service.functions import Functions
from assistant.service.given import Asker, Given, Reader
from assistant.service.problems import Problem, problem_of
from assistant.service.replies import AnswerReply, SearchReply
from assistant.service.requests import LONGEST_QUESTION, AskRequest, SearchRequest
from assistant.service.sources import CitationsReply, DocumentsReply, OutlineReply, PassageReply

router = APIRouter(tags=["提问与出处"])
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "事件流：若干个 part 事件和一个 done 事件，数据都是回答，一个比一个完整；"
        "出错时为 problem 事件",
        "content": {"text/event-stream": {}},
    }
}


@router.post("/search", summary="检索", description="列出与问题最相关的原文，不作回答。")
async def search(request: SearchRequest, given: Given, caller: Reader) -> SearchReply:
    """Search."""
    return await given.search(caller, request)


@router.post("/ask", summary="提问", description="用原文回答问题；没有依据时说明并列出来源。")
async def ask(request: AskRequest, given: Given, caller: Asker) -> AnswerReply:
    """Answer."""
    return await given.ask(caller, request)


@router.post(
    "/ask/stream",
    summary="提问（事件流）",
    description="同“提问”；设置了模型时，逐句核对后随写随发。",
    response_class=StreamingResponse,
    responses=_EVENTS,
)
async def ask_stream(request: AskRequest, given: Given, caller: Asker) -> StreamingResponse:
    """Answer while it is being written."""
    return StreamingResponse(
        _events(given, caller, request),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.get("/passages", summary="打开原文", description="打开一条条文、一节或一行及其前后文。")
async def open_passage(
    given: Given,
    caller: Reader,
    address: Annotated[str, Query(max_length=300, description="地址，如检索结果的 address")],
    quote: Annotated[list[str] | None, Query(max_length=20, description="要标出的话")] = None,
) -> PassageReply:
    """Open a passage."""
    return await given.open(caller, address, tuple(quote or ()))


@router.get(
    "/citations", summary="解析引用", description="找出文字中对条文、清单行的引用及其所指的原文。"
)
async def resolve(
    given: Given,
    caller: Reader,
    text: Annotated[
        str,
        Query(
            min_length=1,
            max_length=LONGEST_QUESTION,
            description="文字，如 处罚法63条、镇清单第12项",
        ),
    ],
    day: Annotated[date | None, Query(description="按该日有效的版本；默认今天")] = None,
) -> CitationsReply:
    """Resolve citations."""
    return await given.resolve(caller, text, day)


@router.get("/documents", summary="文件列表", description="列出资料库中的文件。")
async def documents(
    given: Given,
    caller: Reader,
    words: Annotated[str, Query(max_length=100, description="标题、文号或机关中的字词")] = "",
    kind: Annotated[DocumentKind | None, Query(description="种类")] = None,
    offset: Annotated[int, Query(ge=0, description="跳过前几份")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="最多几份")] = 100,
) -> DocumentsReply:
    """List documents."""
    return await given.documents(caller, words, kind, offset, limit)


@router.get("/documents/{document}", summary="文件目录", description="列出一份文件的各条及其地址。")
async def outline(
    given: Given,
    caller: Reader,
    document: Annotated[str, Path(max_length=200, description="文件编号")],
) -> OutlineReply:
    """Show a document's outline."""
    return await given.outline(caller, document)


async def _events(given: Functions, caller: Caller, request: AskRequest) -> AsyncIterator[str]:
    latest: AnswerReply | None = None
    try:
        async for latest in given.stream(caller, request):
            yield _event("part", latest)
        if latest is not None:
            yield _event("done", latest)
    except Exception as error:
        # The status is sent by now; the stream itself has to say what went wrong.
        yield _event("problem", Problem.of(problem_of(error)))


def _event(name: str, content: AnswerReply | Problem) -> str:
    return f"event: {name}\ndata: {content.model_dump_json()}\n\n"
