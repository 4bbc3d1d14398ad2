"""Weights learned without labels: Fellegi and Sunter's model, fitted by expectation maximisation."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadhub.domain.similarity.comparisons import FieldComparison
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES, Frequencies, rarity_bits
from leadhub.domain.similarity.weights import MatchWeights, fixed_weights, probability_of

LEAST_RATE = 1e-6
BITS_LIMIT = 22.0
MOST_BELOW_FIXED = 4.0
MOST_ABOVE_FIXED = 4.0
MOST_ABOVE_WEAK = 1.5
WEAK_BITS = 5.0
LEAST_OF_AGAINST = 0.3
CHANCE_CLEANING = 0.97
SHARPNESS = 1.5
MOST_GROWTH = 1.6
MOST_GROWTH_ONE_FIELD = 1.0
LEAST_FIELDS = 2
MATCH_PRIOR_STRENGTH = 6.0
CHANCE_PRIOR_STRENGTH = 2.0
Levels = tuple[tuple[str, str], ...]
Pattern = tuple[Levels, int]


@dataclass(frozen=True)
class FittedModel:
    """What was learned: weights, and per field and level the rates among matches (m) and non-matches (u)."""

    weights: MatchWeights
    match_share: float
    match_rates: Mapping[str, Mapping[str, float]]
    chance_rates: Mapping[str, Mapping[str, float]]
    rounds: int


def pattern_of(
    comparisons: Iterable[FieldComparison], frequencies: Frequencies, base: MatchWeights
) -> Pattern:
    """The agreement levels of a pair and the rounded rarity of its shared values, in bits."""
    levels, rarity = [], 0.0
    for comparison in comparisons:
        levels.append((comparison.field, comparison.level))
        if comparison.terms and base.of_field(comparison.field).get(comparison.level, 0.0) > 0:
            rarity += sum(rarity_bits(frequencies, kind, value) for kind, value in comparison.terms)
    return tuple(levels), round(rarity)


class _Table:
    """Patterns as arrays: how often each occurs, its level per field (-1 is missing), its rarity."""

    def __init__(
        self, counts: Mapping[Pattern, int], names: Sequence[str], fields: Mapping[str, Sequence[str]]
    ):
        self.number = np.array(list(counts.values()), dtype=float)
        self.rarity = np.array([rarity for _, rarity in counts], dtype=float)
        self.index = np.full((len(counts), len(names)), -1)
        places = {
            (name, level): (column, place)
            for column, name in enumerate(names)
            for place, level in enumerate(fields[name])
        }
        for row, (levels, _) in enumerate(counts):
            for pair in levels:
                column, place = places[pair]
                self.index[row, column] = place

    def level_counts(self, column: int, size: int, mass: np.ndarray) -> np.ndarray:
        """Mass per level of one field."""
        present = self.index[:, column] >= 0
        return np.bincount(self.index[present, column], weights=mass[present], minlength=size)

    def match_probability(self, prior_bits: float, bits: Sequence[np.ndarray]) -> np.ndarray:
        """Probability per pattern that its pairs are the same."""
        total = prior_bits + self.rarity
        for column, values in enumerate(bits):
            total = total + np.where(self.index[:, column] >= 0, values[self.index[:, column]], 0.0)
        return 1.0 / (1.0 + np.exp2(-np.clip(total, -60, 60)))


def fit_weights(
    pairs: Iterable[Sequence[FieldComparison]],
    *,
    chance_pairs: Iterable[Sequence[FieldComparison]] = (),
    base: MatchWeights | None = None,
    kind: str = "contact",
    total_pairs: float | None = None,
    frequencies: Frequencies = NO_FREQUENCIES,
    most_rounds: int = 60,
) -> FittedModel:
    """Fit weights to candidate pairs.

    Both rates are learned from the candidates: those that are not the same agree in what blocking looked at
    and in what goes with it (a name and its country), so rates of pairs drawn by chance mislead. Such
    `chance_pairs` can be given, with `total_pairs`, the number that blocking chose from, where candidates
    are few.
    With one field only, the rates cannot be told apart, and just the share of matches is learned.
    A level that is rare in the data keeps close to the shipped weights, and none moves far from them.
    """
    base = base or fixed_weights(kind)
    counts = Counter(pattern_of(pair, frequencies, base) for pair in pairs)
    chance_counts = Counter(pattern_of(pair, frequencies, base) for pair in chance_pairs)
    if not counts:
        return FittedModel(base, probability_of(base.prior_bits), {}, {}, 0)
    fields: dict[str, list[str]] = {}
    for levels, _ in (*counts, *chance_counts):
        for field, level in levels:
            known = fields.setdefault(field, list(base.of_field(field)))
            if level not in known:
                known.append(level)
    names = list(fields)
    table = _Table(counts, names, fields)
    chance = _Table(chance_counts, names, fields) if chance_counts else table
    fixed_bits = [np.array([base.of_field(name).get(level, 0.0) for level in fields[name]]) for name in names]
    least_bits = [np.where(bits < 0, bits - MOST_BELOW_FIXED, -BITS_LIMIT) for bits in fixed_bits]
    most_bits = [_most_bits(bits) for bits in fixed_bits]
    match_priors = [_expected_match_rates(bits) for bits in fixed_bits]
    chance_priors = [
        _expected_chance_rates(m, bits) for m, bits in zip(match_priors, fixed_bits, strict=True)
    ]

    total = max(total_pairs or 0.0, table.number.sum())
    prior_bits, bits = base.prior_bits, fixed_bits
    share = table.match_probability(prior_bits, bits)
    match_share = probability_of(prior_bits)
    growth = MOST_GROWTH if len(names) >= LEAST_FIELDS else MOST_GROWTH_ONE_FIELD
    most_share = min(0.9, growth * max((table.number * share).sum(), 1.0) / total)
    match_rates: list[np.ndarray] = []
    chance_rates: list[np.ndarray] = []
    rounds = 0
    while rounds < most_rounds:
        rounds += 1
        matched = table.number * _sharpened(share)
        unmatched = chance.number * (1 - CHANCE_CLEANING * chance.match_probability(prior_bits, bits))
        match_share = min(most_share, max(matched.sum(), 0.5) / total)
        prior_bits = float(np.log2(match_share / (1 - match_share)))
        if len(names) < LEAST_FIELDS:
            updated = table.match_probability(prior_bits, bits)
            if np.abs(updated - share).max() < 1e-4:
                break
            share = updated
            continue
        match_rates, chance_rates, bits = [], [], []
        for column, name in enumerate(names):
            size = len(fields[name])
            match = table.level_counts(column, size, matched) + MATCH_PRIOR_STRENGTH * match_priors[column]
            by_chance = (
                chance.level_counts(column, size, unmatched) + CHANCE_PRIOR_STRENGTH * chance_priors[column]
            )
            match_rates.append(match / match.sum())
            chance_rates.append(by_chance / by_chance.sum())
            ratio = np.maximum(match_rates[-1], LEAST_RATE) / np.maximum(chance_rates[-1], LEAST_RATE)
            bits.append(np.clip(np.log2(ratio), least_bits[column], most_bits[column]))
        updated = table.match_probability(prior_bits, bits)
        is_stable = np.abs(updated - share).max() < 1e-4
        share = updated
        if is_stable:
            break

    if len(names) < LEAST_FIELDS:
        match_rates, chance_rates = match_priors, chance_priors

    def by_level(values: list[np.ndarray]) -> dict[str, dict[str, float]]:
        return {
            name: {level: float(value) for level, value in zip(fields[name], values[column], strict=True)}
            for column, name in enumerate(names)
        }

    weights = MatchWeights(
        kind=base.kind,
        version="fitted",
        prior_bits=prior_bits,
        levels={**base.levels, **by_level(bits)},
        show=base.show,
        suggest_first=base.suggest_first,
    )
    return FittedModel(weights, float(match_share), by_level(match_rates), by_level(chance_rates), rounds)


def _sharpened(share: np.ndarray) -> np.ndarray:
    """Doubtful pairs count less: many of them must not outvote the clear ones."""
    certain, doubtful = share**SHARPNESS, (1 - share) ** SHARPNESS
    return certain / (certain + doubtful)


def _most_bits(fixed: np.ndarray) -> np.ndarray:
    """How much a level may say at most: else the model may learn another grouping, such as families."""
    most = np.where(fixed >= WEAK_BITS, fixed + MOST_ABOVE_FIXED, fixed + MOST_ABOVE_WEAK)
    return np.where(fixed < 0, fixed * LEAST_OF_AGAINST, most)


def _expected_match_rates(bits: np.ndarray) -> np.ndarray:
    """What is expected of matches before any data: higher levels are likelier."""
    rates = np.exp2(np.clip(bits, -6, 6) / 2)
    return rates / rates.sum()


def _expected_chance_rates(match_rates: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """What the shipped weights then say of non-matches."""
    rates = match_rates / np.exp2(bits)
    return rates / rates.sum()
