"""One question's vector in a single bare forward pass.

For one short text most of the time of sentence-transformers goes into its own
bookkeeping and into small steps of the model.  A BERT model's pass is a dozen lines; written out,
with the three projections of attention joined into one, it gives the same vectors in
two thirds of the time.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer


class QuestionEncoder:
    """Embeds single questions with the layers of a loaded BERT model.

    A question is computed in one thread: its matrices are too small to be shared out,
    and several people ask at once.

    Args:
        model: a BERT model with mean pooling, on the CPU.
        prompt: words that the model wants before a question.
    """

    def __init__(self, model: "SentenceTransformer", prompt: str) -> None:
        import torch

        bert: Any = model[0].auto_model
        self._tokenizer: Any = model.tokenizer
        self._longest = model.max_seq_length
        self._prompt = prompt
        self._embeddings = bert.embeddings
        self._heads = int(bert.config.num_attention_heads)
        self._layers = [(_joined(layer.attention.self), layer) for layer in bert.encoder.layer]
        self._threads = torch.get_num_threads()

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """Return the vector of a question, not yet of unit length."""
        import torch

        torch.set_num_threads(1)
        try:
            with torch.inference_mode():
                vector: npt.NDArray[np.float32] = self._forward(text).float().numpy()
        finally:
            torch.set_num_threads(self._threads)
        return vector

    def _forward(self, text: str) -> "torch.Tensor":
        import torch
        from torch.nn.functional import gelu, scaled_dot_product_attention

        ids = self._tokenizer(
            (self._prompt + text).strip(), truncation=True, max_length=self._longest
        )["input_ids"]
        count = len(ids)
        parts = self._embeddings
        states: torch.Tensor = parts.LayerNorm(
            parts.word_embeddings.weight[torch.tensor(ids)]
            + parts.token_type_embeddings.weight[0]
            + parts.position_embeddings.weight[:count]
        )
        for project, layer in self._layers:
            # (text, role, head, token, value): the role is query, key or value.
            roles = project(states).view(1, count, 3, self._heads, -1).permute(0, 2, 3, 1, 4)
            query, key, value = roles.unbind(1)
            seen = scaled_dot_product_attention(query, key, value)
            seen = seen[0].transpose(0, 1).reshape(count, -1)
            after = layer.attention.output
            states = after.LayerNorm(after.dense(seen) + states)
            inner = gelu(layer.intermediate.dense(states))
            states = layer.output.LayerNorm(layer.output.dense(inner) + states)
        return states.mean(0)


def _joined(attention: Any) -> "Callable[[torch.Tensor], torch.Tensor]":
    """Return the projections to query, key and value as one."""
    import torch

    layers = (attention.query, attention.key, attention.value)
    if all(isinstance(layer, torch.nn.Linear) for layer in layers):
        weight = torch.cat([layer.weight for layer in layers])
        bias = torch.cat([layer.bias for layer in layers])
        return lambda states: torch.nn.functional.linear(states, weight, bias)
    if not any(isinstance(layer, torch.nn.Linear) for layer in layers):
        return _joined_in_8_bits(layers)
    return lambda states: torch.cat([layer(states) for layer in layers], dim=-1)


def _joined_in_8_bits(layers: Sequence[Any]) -> "torch.nn.Module":
    """Return one layer with the very weights of several, each output with its own scale."""
    import torch
    from torch.ao.nn.quantized.dynamic import Linear

    weights = [layer.weight() for layer in layers]
    weight = torch._make_per_channel_quantized_tensor(
        torch.cat([part.int_repr() for part in weights]),
        torch.cat([part.q_per_channel_scales() for part in weights]),
        torch.cat([part.q_per_channel_zero_points() for part in weights]),
        0,
    )
    rows, columns = weight.shape
    joined: torch.nn.Module = Linear(columns, rows)  # type: ignore[no-untyped-call]
    joined.set_weight_bias(weight, torch.cat([layer.bias() for layer in layers]))  # type: ignore[operator]
    return joined
