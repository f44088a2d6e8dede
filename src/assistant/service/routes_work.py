"""Routes for item lists and procedure tools."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.service.given import Asker, Given, Reader
from assistant.service.requests import DeadlinesRequest, ItemsRequest, ReviewRequest
from assistant.service.work import HealthReply, ItemListReply, ItemsReply, ToolReply, ToolsReply

router = APIRouter()
_ITEMS, _TOOLS = "事项清单", "办案工具"


@router.get("/items", tags=[_ITEMS], summary="清单列表", description="列出资料库中的事项清单。")
async def item_lists(given: Given, caller: Reader) -> list[ItemListReply]:
    """List the item lists."""
    return await given.item_lists(caller)


@router.post(
    "/items/find", tags=[_ITEMS], summary="查事项", description="按清单回答：几项、有没有、谁能做。"
)
async def find_items(request: ItemsRequest, given: Given, caller: Asker) -> ItemsReply:
    """Answer from the item lists."""
    return await given.items(caller, request)


@router.get(
    "/items/check",
    tags=[_ITEMS],
    summary="清单体检",
    description="依据失效、条号变动、重复、空缺等，逐行列出。",
)
async def check_items(
    given: Given,
    caller: Reader,
    list_id: Annotated[str, Query(alias="list", max_length=200, description="清单的编号")],
) -> HealthReply:
    """Check an item list."""
    return await given.check(caller, list_id)


@router.get(
    "/procedures",
    tags=[_TOOLS],
    summary="可选项",
    description="列出时限计算的事件、审查要件的决定和情形、办理流程及其编号。",
)
async def tools(caller: Reader) -> ToolsReply:
    """List what the tools know."""
    del caller
    return ToolsReply.all()


@router.post(
    "/procedures/deadlines",
    tags=[_TOOLS],
    summary="时限计算",
    description="列出从一个事件起算的全部法定期限。",
)
async def deadlines(request: DeadlinesRequest, given: Given, caller: Reader) -> ToolReply:
    """Count periods."""
    return await given.reckon(caller, lambda tools: tools.deadlines(request.asked))


@router.post(
    "/procedures/review",
    tags=[_TOOLS],
    summary="审查要件",
    description="拟作出的决定要经过哪些程序：听证、法制审核、集体讨论等。",
)
async def review(request: ReviewRequest, given: Given, caller: Reader) -> ToolReply:
    """Say what a decision must go through."""
    return await given.reckon(caller, lambda tools: tools.review(request.case))


@router.get(
    "/procedures/flow",
    tags=[_TOOLS],
    summary="办理流程",
    description="列出一种程序的步骤、条款、文书和常见错误。",
)
async def flow(
    given: Given,
    caller: Reader,
    name: Annotated[str, Query(max_length=100, description="编号、名称或别名，如 simple")],
) -> ToolReply:
    """Show the steps of a procedure."""
    return await given.reckon(caller, lambda tools: tools.flow(name))
