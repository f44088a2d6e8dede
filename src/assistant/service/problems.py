"""What goes wrong, told to programs as RFC 9457 problems with a Chinese sentence."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.index import EmbeddingError, VectorStoreError
from assistant.people import NotAllowedError
from assistant.procedures import ProcedureError

MEDIA_TYPE = "application/problem+json"
_FAULT = "系统内部出了错，原因已记入服务器日志。请稍后再试。"
_NOT_FOUND = "没有这个地址。可用的接口见 /api/v1/docs。"
_METHOD = "这个地址不接受这种请求方法。用法见 /api/v1/docs。"
_log = logging.getLogger(__name__)


class Problem(BaseModel):
    """出错时的回应，媒体类型为 application/problem+json。"""

    type: str = Field(description="问题的种类")
    title: str = Field(description="问题的名称")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="出了什么问题、怎样处理")

    @classmethod
    def of(cls, error: "ProblemError") -> "Problem":
        """Return what a program is told about an error."""
        return cls(
            type=f"urn:assistant:problem:{error.kind}",
            title=_TITLES.get(error.status, HTTPStatus(error.status).phrase),
            status=error.status,
            detail=error.detail,
        )


class ProblemError(Exception):
    """A request cannot be carried out.

    Attributes:
        status: HTTP status.
        detail: Chinese sentence on what is wrong and what to do.
        kind: short name of the kind of problem.
        headers: headers of the answer.
    """

    def __init__(
        self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = dict(headers or {})


_TITLES = {
    400: "请求有误",
    401: "需要令牌",
    403: "没有权限",
    404: "没有找到",
    405: "方法不适用",
    422: "参数有误",
    429: "请求过于频繁",
    500: "内部错误",
    503: "暂时不可用",
}


def response(error: ProblemError) -> JSONResponse:
    """Return a problem as an HTTP response."""
    told = Problem.of(error)
    return JSONResponse(told.model_dump(), error.status, error.headers, MEDIA_TYPE)


def problem_of(error: Exception) -> ProblemError:
    """Return what to tell about an error; the cause of a fault goes to the log alone."""
    match error:
        case ProblemError():
            return error
        case NotAllowedError():
            return ProblemError(403, "forbidden", str(error))
        case ProcedureError():
            return ProblemError(422, "invalid", str(error))
        case EmbeddingError() | VectorStoreError():
            return ProblemError(503, "unavailable", str(error))
        case RequestValidationError():
            return ProblemError(422, "invalid", _invalid(error))
        case HTTPException(status_code=404):
            return ProblemError(404, "not-found", _NOT_FOUND)
        case HTTPException(status_code=405):
            return ProblemError(405, "method", _METHOD, error.headers)
        case HTTPException():
            return ProblemError(error.status_code, "http", str(error.detail), error.headers)
        case _:
            _log.error("A request failed", exc_info=error)
            return ProblemError(500, "fault", _FAULT)


def add_problems(app: FastAPI, count: Callable[[str], None]) -> None:
    """Let every error of ``app`` reach the caller as a problem.

    Args:
        app: the application.
        count: told the kind of each problem.
    """

    async def told(_: Request, error: Exception) -> JSONResponse:
        problem = problem_of(error)
        count(problem.kind)
        return response(problem)

    for kind in (
        ProblemError,
        NotAllowedError,
        ProcedureError,
        EmbeddingError,
        VectorStoreError,
        RequestValidationError,
        HTTPException,
    ):
        app.add_exception_handler(kind, told)


def _invalid(error: RequestValidationError) -> str:
    """Name the fields that are wrong, never the values: they may be a person's question."""
    fields = dict.fromkeys(
        ".".join(str(part) for part in problem["loc"][1:]) or "正文" for problem in error.errors()
    )
    return f"参数有误：{'、'.join(fields)}。各参数的写法见 /api/v1/docs。"
