"""Read the learning path: the one that is shipped, or the bureau's own."""

import tomllib
from importlib import resources
from typing import Any

from pydantic import ValidationError

from assistant.onboarding.model import LearningPath, PathError
from assistant.settings import Settings

PATH_FILE = "path.toml"


def read_path(settings: Settings) -> LearningPath:
    """Return the path of the setting ``learning_path``, of the data folder, or the shipped one.

    Raises:
        PathError: a file of the bureau cannot be read, or says something that cannot be done.
    """
    own = settings.learning_path or settings.data / PATH_FILE
    if settings.learning_path is None and not own.exists():
        shipped = resources.files(__package__).joinpath(PATH_FILE)
        return _checked(PATH_FILE, shipped.read_text(encoding="utf-8"))
    try:
        return _checked(str(own), own.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PathError(f"读不到学习路径 {own}（{error}）。请检查路径，并存为 UTF-8。") from error


def _checked(name: str, text: str) -> LearningPath:
    try:
        return LearningPath.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PathError(f"学习路径 {name} 不是有效的 TOML 文件（{error}）。") from error
    except ValidationError as error:
        told = "；".join(_told(dict(fault)) for fault in error.errors())
        raise PathError(f"学习路径 {name} 不能使用：{told}。") from error


def _told(fault: dict[str, Any]) -> str:
    where = ".".join(str(at + 1) if isinstance(at, int) else str(at) for at in fault["loc"])
    if fault["type"] == "missing":
        return f"缺少 {where}"
    if fault["type"] == "extra_forbidden":
        return f"不认识 {where}"
    if fault["type"] == "value_error":
        return f"{where or '全文'}：{fault['ctx']['error']}"
    return f"{where} 的值 {fault['input']!r} 不合要求"
