"""The HTTP interface for programs, with its documentation; nothing is fetched from elsewhere."""

from typing import Any

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from assistant.service import routes_sources, routes_work
from assistant.service.access import Access
from assistant.service.functions import Functions
from assistant.service.given import give
from assistant.service.metrics import Metrics
from assistant.service.problems import MEDIA_TYPE, Problem, add_problems

PATH = "/api/v1"
_ABOUT = """依据法律条文和本单位文件回答问题，句句有出处。

- 没有启用账户时，本机的程序可以直接调用；启用账户后，请在请求头中写
  `Authorization: Bearer 令牌`，令牌由管理员用 `assistant people token` 签发。
- 问题放在请求正文中，不会出现在网址和访问日志里。
- 出错时返回 `application/problem+json`，其中 `detail` 说明原因和处理办法。
- 调用过于频繁返回 429，排队的人太多返回 503；两者都以 `Retry-After` 写明几秒后再试。
- 回答只说明文本怎么写、写在哪里，不是法律意见，也不代替执法决定。"""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "出错：参数有误、没有权限、没有找到、过于频繁或排队的人太多",
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }
}


def build_api(functions: Functions, access: Access, metrics: Metrics) -> FastAPI:
    """Return the interface as an application, to be mounted at :data:`PATH`."""
    api = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        static_url="/files",
        title="执法助手接口",
        version="1",
        description=_ABOUT,
        responses=_PROBLEMS,
    )
    give(api, functions, access)
    add_problems(api, metrics.error)
    api.include_router(routes_sources.router)
    api.include_router(routes_work.router)
    return api
