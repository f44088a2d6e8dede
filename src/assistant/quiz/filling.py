"""Choose questions for places that want different things, so that as many as can be are filled."""

from collections.abc import Hashable, Mapping, Sequence
from random import Random


def fill(wanted: Sequence[Sequence[int]], groups: Sequence[Hashable], rng: Random) -> list[int]:
    """Give every place one candidate, and no group of candidates twice.

    A place whose candidates are all taken may have another place move to a different
    one, along a chain of any length: so a wide wish never takes what a narrow one needs.

    Args:
        wanted: per place the numbers of the candidates that suit it.
        groups: per candidate its group; two of one group never both appear.
        rng: decides where several would do.

    Returns:
        Per place the candidate chosen, -1 where none could be had.
    """
    holder: dict[Hashable, int] = {}
    chosen = [-1] * len(wanted)
    choices = [_by_group(place, groups, rng) for place in wanted]
    for place in sorted(range(len(wanted)), key=lambda place: len(choices[place])):
        _seat(place, choices, holder, chosen, set())
    return chosen


def _by_group(
    candidates: Sequence[int], groups: Sequence[Hashable], rng: Random
) -> dict[Hashable, int]:
    """One candidate of each group, in an order drawn by ``rng``."""
    mixed = list(candidates)
    rng.shuffle(mixed)
    return {groups[candidate]: candidate for candidate in mixed}


def _seat(
    start: int,
    choices: Sequence[Mapping[Hashable, int]],
    holder: dict[Hashable, int],
    chosen: list[int],
    seen: set[Hashable],
) -> bool:
    """Seat a place, moving others on if need be (an augmenting path, by breadth)."""
    came_from: dict[Hashable, int] = {}
    waiting = [start]
    for place in waiting:
        for group in choices[place]:
            if group in seen:
                continue
            seen.add(group)
            came_from[group] = place
            if group in holder:
                waiting.append(holder[group])
                continue
            _shift(group, came_from, choices, holder, chosen)
            return True
    return False


def _shift(
    group: Hashable,
    came_from: Mapping[Hashable, int],
    choices: Sequence[Mapping[Hashable, int]],
    holder: dict[Hashable, int],
    chosen: list[int],
) -> None:
    """Hand a free group to the place that reached it, and that place's old one onwards."""
    held = {place: taken for taken, place in holder.items()}
    step: Hashable | None = group
    while step is not None:
        place = came_from[step]
        holder[step] = place
        chosen[place] = choices[place][step]
        step = held.get(place)
