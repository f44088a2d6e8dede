"""What training added to the built-in embedding model for questions that search.

The model was made for texts of every kind.  Low-rank additions to its last layers (Hu et
al., "LoRA", arXiv:2106.09685) and a low-rank map of the result turn everyday questions
towards articles of statutes; passages keep their vectors, so nothing has to be embedded
anew.  ``benchmarks/encoder.py`` learns them from questions written by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

_FILE = "tuning.npz"
_JOINED = ("query", "key", "value")


@dataclass(frozen=True, slots=True)
class Addition:
    """Two factors whose product is added to the weights of a linear layer.

    Attributes:
        down: shape (inputs, rank).
        up: shape (rank, outputs).
    """

    down: "torch.Tensor"
    up: "torch.Tensor"

    def of(self, states: "torch.Tensor") -> "torch.Tensor":
        """Return what is to be added to the layer's result for its inputs."""
        return (states.float() @ self.down @ self.up).to(states.dtype)

    def on(self, device: "torch.device") -> "Addition":
        """Return the same on another device."""
        return Addition(self.down.to(device), self.up.to(device))


@dataclass(frozen=True, slots=True)
class LayerTuning:
    """The additions to one layer of the model.

    Attributes:
        joined: to the projections to query, key and value, joined into one.
        attended: to the projection of what attention gathers.
        inner, outer: to the two projections of the feed-forward part.
    """

    joined: Addition
    attended: Addition
    inner: Addition
    outer: Addition

    def on(self, device: "torch.device") -> "LayerTuning":
        """Return the same on another device."""
        parts = (self.joined, self.attended, self.inner, self.outer)
        return LayerTuning(*(part.on(device) for part in parts))


@dataclass(frozen=True, slots=True)
class Tuning:
    """Everything that was learned.

    Attributes:
        layers: additions by the layer's number, 0-based; the last layers without a gap.
        turn: low-rank map of the text's vector of unit length, added to it.
        shift: added to the vector as well, shape (dimension,).
    """

    layers: Mapping[int, LayerTuning]
    turn: Addition
    shift: "torch.Tensor"

    @property
    def first(self) -> int:
        """Number of the first layer with additions."""
        return min(self.layers)

    def on(self, device: "torch.device") -> "Tuning":
        """Return the same on another device."""
        layers = {number: layer.on(device) for number, layer in self.layers.items()}
        return Tuning(layers, self.turn.on(device), self.shift.to(device))


@cache
def learned_tuning(space: str) -> Tuning | None:
    """Return what was learned in a vector space, None where that was another one.

    Args:
        space: fingerprint of the vector space.
    """
    import torch

    with resources.files(__package__).joinpath(_FILE).open("rb") as file:
        parts = np.load(file)
        if str(parts["space"]) != space:
            return None
        arrays = {
            name: torch.from_numpy(parts[name].astype(np.float32))
            for name in parts.files
            if name != "space"
        }
    numbers = sorted({int(name.partition(".")[0]) for name in arrays if name[0].isdigit()})
    return Tuning(
        layers={number: _layer(arrays, number) for number in numbers},
        turn=Addition(arrays["map.down"], arrays["map.up"]),
        shift=arrays["map.shift"],
    )


def _layer(arrays: "Mapping[str, torch.Tensor]", number: int) -> LayerTuning:
    import torch

    def addition(part: str) -> Addition:
        name = f"{number}.{part}"
        return Addition(arrays[f"{name}.down"], arrays[f"{name}.up"])

    roles = [addition(f"attention.self.{role}") for role in _JOINED]
    return LayerTuning(
        joined=Addition(
            torch.cat([role.down for role in roles], dim=1),
            torch.block_diag(*(role.up for role in roles)),  # type: ignore[no-untyped-call]
        ),
        attended=addition("attention.output.dense"),
        inner=addition("intermediate.dense"),
        outer=addition("output.dense"),
    )
