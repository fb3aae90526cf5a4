"""Word alignment: a hidden Markov model in each direction (Vogel, Ney & Tillmann 1996). Pure, and numpy only.

Sentences of like length are computed together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EMPTY: Final = 0.1
"""Probability that a word comes from no word of the other language."""
REACH: Final = 12
"""Jumps farther than this are one class."""
WARM: Final = 4
MAIN: Final = 5
"""Rounds without and with the order of the words."""
PRIOR: Final = 0.1
"""Of the Dirichlet distribution over translations: it keeps rare words from explaining everything."""
CELLS: Final = 150_000
"""Cells computed together; it bounds the memory."""
LEAST: Final = 0.1
"""Probability from which one direction links two words."""
TINY: Final = 1e-12


ARRAYS: Final = ("codes", "forward", "backward", "empty_forward", "empty_backward", "jumps")


@dataclass(frozen=True, slots=True)
class Translations:
    """``p(target | source)``, and the other way round, of the pairs of words that met."""

    codes: Integers
    """``source * width + target`` of each cell, sorted."""
    width: int
    forward: Floats
    backward: Floats
    empty_forward: Floats
    """``p(target | nothing)`` by target word; ``empty_backward`` by source word."""
    empty_backward: Floats
    jumps: Floats
    """Weights of jumps from ``-REACH`` to ``REACH``, in the source and in the target: two rows."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What ``of_arrays`` makes it of again, with ``width``."""
        return {name: getattr(self, name) for name in ARRAYS}

    @staticmethod
    def of_arrays(arrays: Mapping[str, NDArray[Any]], width: int) -> Translations:
        return Translations(width=width, **{name: arrays[name] for name in ARRAYS})


def train_alignment(
    sources: Sequence[Integers],
    targets: Sequence[Integers],
    sizes: tuple[int, int],
    advance: Callable[[str], None] = lambda step: None,
) -> Translations:
    """Learn from sentences given as numbers of words. ``sizes`` are those of the two vocabularies."""
    batches = list(_batches(sources, targets, sizes[1]))
    met = [batch.codes[batch.codes >= 0] for batch in batches]
    codes = np.unique(np.concatenate(met)) if met else np.zeros(0, dtype=np.int64)
    for batch in batches:
        batch.cells = np.where(batch.codes >= 0, np.searchsorted(codes, batch.codes), len(codes))
    table = _uniform(codes, sizes)
    for number in range(WARM + MAIN):
        advance(f"word alignment {number + 1}/{WARM + MAIN}")
        table = _round(batches, table, sizes, ordered=number >= WARM)
    return table


def link_all(
    table: Translations, sources: Sequence[Integers], targets: Sequence[Integers]
) -> list[list[tuple[int, int]]]:
    """The links of sentence pairs: source and target positions."""
    found: list[list[tuple[int, int]]] = [[] for _ in sources]
    for batch in _batches(sources, targets, table.width):
        places = np.searchsorted(table.codes, batch.codes)
        known = (batch.codes >= 0) & (np.append(table.codes, -1)[places] == batch.codes)
        batch.cells = np.where(known, places, len(table.codes))
        forward, backward = _posteriors(batch, table, ordered=True)
        for row, number in enumerate(batch.numbers):
            size = batch.source_sizes[row], batch.target_sizes[row]
            shown = forward[row, : size[1], : size[0]].T, backward[row, : size[0], : size[1]]
            found[number] = symmetrize(*shown)
    return found


@dataclass(slots=True, eq=False)
class _Batch:
    numbers: list[int]
    sources: Integers
    """Words of the source sentences, a row each, -1 behind their end."""
    targets: Integers
    codes: Integers
    """By sentence, source position and target position; -1 behind an end."""
    cells: Integers
    source_sizes: Integers
    target_sizes: Integers


def _batches(sources: Sequence[Integers], targets: Sequence[Integers], width: int) -> Iterator[_Batch]:
    order = sorted(
        (number for number in range(len(sources)) if len(sources[number]) and len(targets[number])),
        key=lambda number: (len(sources[number]), len(targets[number]), number),
    )
    part: list[int] = []
    longest = 0
    for number in order:
        longest = max(longest, len(targets[number]))
        if part and (len(part) + 1) * len(sources[number]) * longest > CELLS:
            yield _batch(part, sources, targets, width)
            part, longest = [], len(targets[number])
        part.append(number)
    if part:
        yield _batch(part, sources, targets, width)


def _batch(numbers: list[int], sources: Sequence[Integers], targets: Sequence[Integers], width: int) -> _Batch:
    left, right = _padded([sources[number] for number in numbers]), _padded([targets[number] for number in numbers])
    is_real = (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
    codes = np.where(is_real, left[:, :, None] * width + right[:, None, :], -1)
    return _Batch(numbers, left, right, codes, codes, _sizes(sources, numbers), _sizes(targets, numbers))


def _sizes(sentences: Sequence[Integers], numbers: Sequence[int]) -> Integers:
    return np.array([len(sentences[number]) for number in numbers])


def _padded(rows: Sequence[Integers]) -> Integers:
    found = np.full((len(rows), max(map(len, rows))), -1, dtype=np.int64)
    for number, row in enumerate(rows):
        found[number, : len(row)] = row
    return found


def _uniform(codes: Integers, sizes: tuple[int, int]) -> Translations:
    even = np.append(np.ones(len(codes)), 0.0)
    distances = np.abs(np.arange(-REACH, REACH + 1) - 1)
    jumps = np.exp(-0.5 * np.tile(distances, (2, 1)))
    return Translations(codes, sizes[1], even, even, np.full(sizes[1] + 1, 0.05), np.full(sizes[0] + 1, 0.05), jumps)


def _round(batches: Sequence[_Batch], table: Translations, sizes: tuple[int, int], *, ordered: bool) -> Translations:
    size = len(table.codes) + 1
    counts = np.zeros((2, size))
    empty = np.zeros(sizes[1] + 1), np.zeros(sizes[0] + 1)
    jumps = np.full((2, 2 * REACH + 1), 0.5)
    for batch in batches:
        forward, backward = _posteriors(batch, table, ordered=ordered)
        counts[0] += np.bincount(batch.cells.ravel(), forward.transpose(0, 2, 1).ravel(), size)
        counts[1] += np.bincount(batch.cells.ravel(), backward.ravel(), size)
        for side, posterior, words in ((0, forward, batch.targets), (1, backward, batch.sources)):
            rest = np.where(words >= 0, 1 - posterior.sum(2), 0.0).clip(0)
            empty[side][:] += np.bincount(words.ravel() % len(empty[side]), rest.ravel(), len(empty[side]))
            if ordered:
                jumps[side] += _count_jumps(posterior)
    counts[:, -1] = 0.0
    heads = np.append(table.codes // table.width, sizes[0]), np.append(table.codes % table.width, sizes[1])
    return Translations(
        table.codes,
        table.width,
        _normal(counts[0], heads[0], sizes[0]),
        _normal(counts[1], heads[1], sizes[1]),
        (empty[0] + 0.1) / (empty[0].sum() + 0.1 * len(empty[0])),
        (empty[1] + 0.1) / (empty[1].sum() + 0.1 * len(empty[1])),
        jumps / jumps.sum(1, keepdims=True) if ordered else table.jumps,
    )


def _normal(counts: Floats, heads: Integers, size: int) -> Floats:
    """Expected counts → probabilities by head, by variational Bayes with a sparse prior."""
    sums: Floats = np.bincount(heads, counts + PRIOR, size + 1).astype(np.float64)
    found = np.exp(_digamma(counts + PRIOR) - _digamma(sums)[heads])
    found[-1] = 0.0
    return found


def _digamma(x: Floats) -> Floats:
    """By its asymptotic series after six steps of the recurrence; right to nine digits for positive numbers."""
    x = np.maximum(x, 1e-6)
    low = np.zeros_like(x)
    for step in range(6):
        low -= 1 / (x + step)
    high = x + 6
    square = 1 / (high * high)
    return low + np.log(high) - 0.5 / high - square * (1 / 12 - square * (1 / 120 - square / 252))


def _posteriors(batch: _Batch, table: Translations, *, ordered: bool) -> tuple[Floats, Floats]:
    """Probability that each target word comes from each source word, and the other way round."""
    places = batch.cells
    forward = _posterior(
        table.forward[places].transpose(0, 2, 1),
        table.empty_forward[batch.targets],
        batch.sources >= 0,
        batch.targets >= 0,
        table.jumps[0] if ordered else None,
    )
    backward = _posterior(
        table.backward[places],
        table.empty_backward[batch.sources],
        batch.targets >= 0,
        batch.sources >= 0,
        table.jumps[1] if ordered else None,
    )
    return forward, backward


def _posterior(emit: Floats, empty: Floats, states: Any, real: Any, jumps: Floats | None) -> Floats:
    """``emit`` is by sentence, word and state. Words behind the end emit anything from anywhere."""
    emit = np.where(real[:, :, None], np.maximum(emit, TINY), 1.0) * states[:, None, :]
    empty = np.where(real, np.maximum(empty, TINY), 1.0)
    if jumps is None:
        share = emit * ((1 - EMPTY) / states.sum(1)[:, None, None])
        found = share / (share.sum(2) + EMPTY * empty)[:, :, None]
    else:
        found = _forward_backward(emit, empty, _transitions(states, jumps))
    return np.asarray(found * real[:, :, None])


def _transitions(states: Any, jumps: Floats) -> Floats:
    """By sentence, state and next state; the last row is for the first word."""
    size = states.shape[1]
    steps = np.arange(size)[None, :] - np.append(np.arange(size), -1)[:, None]
    shown = jumps[np.clip(steps, -REACH, REACH) + REACH][None] * states[:, None, :]
    return np.asarray(shown / np.maximum(shown.sum(2, keepdims=True), TINY))


def _forward_backward(emit: Floats, empty: Floats, moves: Floats) -> Floats:
    count, length, size = emit.shape
    first, moves = moves[:, -1], moves[:, :-1] * (1 - EMPTY)
    alpha = np.empty((length, count, 2 * size))
    alpha[0, :, :size] = first * (1 - EMPTY) * emit[:, 0]
    alpha[0, :, size:] = first * EMPTY * empty[:, 0, None]
    alpha[0] /= alpha[0].sum(1, keepdims=True)
    for step in range(1, length):
        before = alpha[step - 1, :, :size] + alpha[step - 1, :, size:]
        alpha[step, :, :size] = np.matmul(before[:, None, :], moves)[:, 0] * emit[:, step]
        alpha[step, :, size:] = before * (EMPTY * empty[:, step, None])
        alpha[step] /= alpha[step].sum(1, keepdims=True)
    beta = np.ones((count, size))
    found = np.empty((count, length, size))
    for step in range(length - 1, -1, -1):
        joint = alpha[step] * np.concatenate((beta, beta), 1)
        found[:, step] = joint[:, :size] / joint.sum(1, keepdims=True)
        if step:
            beta = np.matmul(moves, (emit[:, step] * beta)[:, :, None])[:, :, 0] + EMPTY * empty[:, step, None] * beta
            beta /= beta.max(1, keepdims=True)
    return found


def _count_jumps(posterior: Floats) -> Floats:
    """Expected jumps from each word's state to the next word's."""
    size = posterior.shape[2]
    joint = np.einsum("bji,bjk->ik", posterior[:, :-1], posterior[:, 1:], optimize=True)
    steps = np.clip(np.arange(size)[None, :] - np.arange(size)[:, None], -REACH, REACH) + REACH
    return np.bincount(steps.ravel(), joint.ravel(), 2 * REACH + 1).astype(np.float64)


def symmetrize(forward: Floats, backward: Floats) -> list[tuple[int, int]]:
    """Links of both directions, grown to neighbours that one direction has (grow-diag-final-and, Koehn et al. 2003).

    Each direction links a word to the likeliest of the other language, unless it likelier comes from none.
    """
    one, other = _likeliest(forward, axis=0), _likeliest(backward, axis=1)
    links = one & other
    union = [(forward[i, j] + backward[i, j], i, j) for i, j in np.argwhere(one | other).tolist()]
    candidates = [(i, j) for _, i, j in sorted(union, key=lambda found: (-found[0], *found[1:]))]
    has_left, has_right = links.any(1), links.any(0)
    grown = True
    while grown:
        grown = False
        for i, j in candidates:
            if not links[i, j] and not (has_left[i] and has_right[j]) and _touches(links, i, j):
                links[i, j] = has_left[i] = has_right[j] = grown = True
    for i, j in candidates:
        if not (has_left[i] or has_right[j]):
            links[i, j] = has_left[i] = has_right[j] = True
    return [(i, j) for i, j in np.argwhere(links).tolist()]


def _likeliest(posterior: Floats, axis: int) -> Any:
    top = posterior.max(axis, keepdims=True)
    return (posterior == top) & (top > 1 - posterior.sum(axis, keepdims=True)) & (top > LEAST)


def _touches(links: Any, i: int, j: int) -> bool:
    return bool(links[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].any())
