"""One question's vector in a single bare forward pass.

For one short text most of the time of sentence-transformers goes into its own
bookkeeping and into small steps of the model.  A BERT model's pass is a dozen lines; written out,
with the three projections of attention joined into one, it gives the same vectors in
two thirds of the time.  For search the last layers run a second time, with what
training added to them: the layers below are shared.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from assistant.index.tuning import LayerTuning, Tuning

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer


Vector = npt.NDArray[np.float32]


class QuestionEncoder:
    """Embeds single questions with the layers of a loaded BERT model.

    A question is computed in one thread: its matrices are too small to be shared out,
    and several people ask at once.

    Args:
        model: a BERT model with mean pooling.
        prompt: words that the model wants before a question.
        tuning: what training added for search, if anything.
    """

    def __init__(
        self, model: "SentenceTransformer", prompt: str, tuning: Tuning | None = None
    ) -> None:
        import torch

        bert: Any = model[0].auto_model
        self._tokenizer: Any = model.tokenizer
        self._longest = model.max_seq_length
        self._prompt = prompt
        self._tuning = tuning.on(model.device) if tuning else None
        self._embeddings = bert.embeddings
        self._heads = int(bert.config.num_attention_heads)
        self._layers = [(_joined(layer.attention.self), layer) for layer in bert.encoder.layer]
        self._threads = torch.get_num_threads()

    def encode(self, text: str) -> Vector:
        """Return the model's own vector of a question, of unit length."""
        return self._computed(text, None)[0]

    def encode_both(self, text: str) -> tuple[Vector, Vector]:
        """Return the model's own vector and the one to search with, both of unit length."""
        return self._computed(text, self._tuning)

    def _computed(self, text: str, tuning: Tuning | None) -> tuple[Vector, Vector]:
        import torch

        torch.set_num_threads(1)
        try:
            with torch.inference_mode():
                own, searching = self._forward(text, tuning)
                return own.cpu().numpy(), searching.cpu().numpy()
        finally:
            torch.set_num_threads(self._threads)

    def _forward(self, text: str, tuning: Tuning | None) -> "tuple[torch.Tensor, torch.Tensor]":
        states = self._embedded(text)
        # Without a tuning every layer is shared.
        shared = len(self._layers) if tuning is None else tuning.first
        for number in range(shared):
            states = self._layer(number, states, None)
        tuned = states
        for number in range(shared, len(self._layers)):
            states = self._layer(number, states, None)
        own = _pooled(states)
        if tuning is None:
            return own, own
        for number in range(shared, len(self._layers)):
            tuned = self._layer(number, tuned, tuning.layers[number])
        vector = _pooled(tuned)
        return own, _unit(vector + tuning.turn.of(vector) + tuning.shift)

    def _embedded(self, text: str) -> "torch.Tensor":
        import torch

        ids = self._tokenizer(
            (self._prompt + text).strip(), truncation=True, max_length=self._longest
        )["input_ids"]
        parts = self._embeddings
        states: torch.Tensor = parts.LayerNorm(
            parts.word_embeddings.weight[torch.tensor(ids, device=parts.LayerNorm.weight.device)]
            + parts.token_type_embeddings.weight[0]
            + parts.position_embeddings.weight[: len(ids)]
        )
        return states

    def _layer(
        self, number: int, states: "torch.Tensor", tuning: LayerTuning | None
    ) -> "torch.Tensor":
        import torch
        from torch.nn.functional import gelu, scaled_dot_product_attention

        project, layer = self._layers[number]
        count = len(states)
        roles = project(states)
        if tuning:
            roles = roles + tuning.joined.of(states)
        # (text, role, head, token, value): the role is query, key or value.
        split = roles.view(1, count, 3, self._heads, -1).permute(0, 2, 3, 1, 4)
        query, key, value = split.unbind(1)
        gathered = scaled_dot_product_attention(query, key, value)
        seen = gathered[0].transpose(0, 1).reshape(count, -1)
        attended = layer.attention.output.dense(seen)
        if tuning:
            attended = attended + tuning.attended.of(seen)
        states = layer.attention.output.LayerNorm(attended + states)
        inner = layer.intermediate.dense(states)
        if tuning:
            inner = inner + tuning.inner.of(states)
        inner = gelu(inner)
        outer = layer.output.dense(inner)
        if tuning:
            outer = outer + tuning.outer.of(inner)
        result: torch.Tensor = layer.output.LayerNorm(outer + states)
        return result


def _pooled(states: "torch.Tensor") -> "torch.Tensor":
    return _unit(states.mean(0).float())


def _unit(vector: "torch.Tensor") -> "torch.Tensor":
    unit: torch.Tensor = vector / vector.norm().clamp(min=1e-12)
    return unit


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
