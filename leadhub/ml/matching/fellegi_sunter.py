"""Weights learned without labels: Fellegi and Sunter's model, fitted by expectation maximisation."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadhub.domain.similarity.comparisons import FieldComparison
from leadhub.domain.similarity.weights import MatchWeights, fixed_weights, probability_of

LEAST_RATE, MOST_RATE = 1e-5, 1.0
BITS_LIMIT = 22.0
Pattern = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FittedModel:
    """What was learned: weights, and per field and level the rates among matches (m) and non-matches (u)."""

    weights: MatchWeights
    match_share: float
    match_rates: Mapping[str, Mapping[str, float]]
    chance_rates: Mapping[str, Mapping[str, float]]
    rounds: int


def pattern_of(comparisons: Iterable[FieldComparison]) -> Pattern:
    """The agreement levels of a pair, without its values."""
    return tuple((comparison.field, comparison.level) for comparison in comparisons)


def level_rates(
    patterns: Mapping[Pattern, float], fields: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Share of each level among the pairs that have the field, lightly smoothed."""
    totals = {field: dict.fromkeys(levels, 0.0) for field, levels in fields.items()}
    for pattern, number in patterns.items():
        for field, level in pattern:
            totals[field][level] += number
    rates = {}
    for field, levels in totals.items():
        total = sum(levels.values())
        rates[field] = {
            level: (number + 0.5) / (total + 0.5 * len(levels)) for level, number in levels.items()
        }
    return rates


def fit_weights(
    pairs: Iterable[Sequence[FieldComparison]],
    *,
    chance_pairs: Iterable[Sequence[FieldComparison]] = (),
    base: MatchWeights | None = None,
    kind: str = "contact",
    total_pairs: float | None = None,
    prior_strength: float = 4.0,
    most_rounds: int = 60,
) -> FittedModel:
    """Fit weights to candidate pairs.

    `chance_pairs` are pairs drawn by chance; from them come the rates of non-matches (u). Without them both
    rates are learned from the candidates. `total_pairs` is the number of all pairs that blocking chose from.
    """
    base = base or fixed_weights(kind)
    counts = Counter(pattern_of(pair) for pair in pairs)
    chance = Counter(pattern_of(pair) for pair in chance_pairs)
    if not counts:
        return FittedModel(base, probability_of(base.prior_bits), {}, {}, 0)
    fields: dict[str, list[str]] = {}
    for pattern in (*counts, *chance):
        for field, level in pattern:
            known = fields.setdefault(field, list(base.of_field(field)))
            if level not in known:
                known.append(level)
    names = list(fields)
    patterns = list(counts)
    number = np.array([counts[pattern] for pattern in patterns], dtype=float)
    index = np.full((len(patterns), len(names)), -1)
    for row, pattern in enumerate(patterns):
        for field, level in pattern:
            index[row, names.index(field)] = fields[field].index(level)

    fixed_bits = [np.array([base.of_field(name).get(level, 0.0) for level in fields[name]]) for name in names]
    bits = np.full(len(patterns), base.prior_bits)
    for column, values in enumerate(fixed_bits):
        bits += np.where(index[:, column] >= 0, values[index[:, column]], 0.0)
    share = 1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60)))

    chance_rates = level_rates(chance, fields) if chance else None
    unseen = max(0.0, (total_pairs or number.sum()) - number.sum())
    base_match = [_base_match_rates(values) for values in fixed_bits]
    match_rates: list[np.ndarray] = []
    non_match_rates: list[np.ndarray] = []
    rounds = 0
    while rounds < most_rounds:
        rounds += 1
        matched = number * share
        match_share = max(matched.sum(), 0.5) / (number.sum() + unseen)
        match_rates, non_match_rates = [], []
        total_bits = np.full(len(patterns), np.log2(match_share / (1 - match_share)))
        for column, name in enumerate(names):
            present = index[:, column] >= 0
            levels = index[present, column]
            size = len(fields[name])
            match = (
                np.bincount(levels, weights=matched[present], minlength=size)
                + prior_strength * base_match[column]
            )
            match = match / match.sum()
            if chance_rates is not None:
                non_match = np.array([chance_rates[name][level] for level in fields[name]])
            else:
                non_match = np.bincount(levels, weights=(number - matched)[present], minlength=size) + 0.5
                non_match = non_match / non_match.sum()
            match_rates.append(match)
            non_match_rates.append(non_match)
            log_ratio = np.clip(
                np.log2(np.clip(match, LEAST_RATE, 1) / np.clip(non_match, LEAST_RATE, 1)),
                -BITS_LIMIT,
                BITS_LIMIT,
            )
            total_bits += np.where(present, log_ratio[np.maximum(index[:, column], 0)], 0.0)
        updated = 1.0 / (1.0 + np.exp2(-np.clip(total_bits, -60, 60)))
        if np.abs(updated - share).max() < 1e-4:
            share = updated
            break
        share = updated

    def by_level(rates: list[np.ndarray]) -> dict[str, dict[str, float]]:
        return {
            name: {level: float(rate) for level, rate in zip(fields[name], rates[column], strict=True)}
            for column, name in enumerate(names)
        }

    matches, by_chance = by_level(match_rates), by_level(non_match_rates)
    learned = {
        name: {
            level: float(
                np.clip(
                    np.log2(max(matches[name][level], LEAST_RATE) / max(by_chance[name][level], LEAST_RATE)),
                    -BITS_LIMIT,
                    BITS_LIMIT,
                )
            )
            for level in fields[name]
        }
        for name in names
    }
    weights = MatchWeights(
        kind=base.kind,
        version="fitted",
        prior_bits=float(np.log2(match_share / (1 - match_share))),
        levels={**base.levels, **learned},
        show=base.show,
        suggest_first=base.suggest_first,
    )
    return FittedModel(weights, float(match_share), matches, by_chance, rounds)


def _base_match_rates(bits: np.ndarray) -> np.ndarray:
    """A weak prior for m: higher levels are likelier among matches."""
    rates = np.exp2(np.clip(bits, -6, 6) / 2)
    return rates / rates.sum()
