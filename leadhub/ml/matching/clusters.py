"""Pairs that agree with each other: one wrong pair must not join two groups of records."""

import heapq
from collections.abc import Hashable, Mapping
from itertools import combinations

UNSEEN_PAIR_BITS = -2.0


def clusters_of_pairs(
    pair_bits: Mapping[tuple[Hashable, Hashable], float], *, unseen_bits: float = UNSEEN_PAIR_BITS
) -> list[set[Hashable]]:
    """Greedy correlation clustering of log2 odds: join two groups while their mean evidence is positive."""
    members: dict[Hashable, set[Hashable]] = {}
    between: dict[Hashable, dict[Hashable, tuple[float, int]]] = {}
    for (left, right), bits in pair_bits.items():
        for record in (left, right):
            members.setdefault(record, {record})
            between.setdefault(record, {})
        clipped = max(-12.0, min(12.0, bits))
        between[left][right] = between[right][left] = (clipped, 1)

    def mean(one: Hashable, other: Hashable) -> float:
        total, seen = between[one][other]
        size = len(members[one]) * len(members[other])
        return (total + unseen_bits * (size - seen)) / size

    heap = [
        (-bits, str(left), str(right), left, right) for (left, right), bits in pair_bits.items() if bits > 0
    ]
    heapq.heapify(heap)
    while heap:
        negative, _, _, one, other = heapq.heappop(heap)
        if one not in members or other not in members or other not in between[one]:
            continue
        current = mean(one, other)
        if current <= 0:
            continue
        if current < min(12.0, -negative) - 1e-9:
            heapq.heappush(heap, (-current, str(one), str(other), one, other))
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        members[one] |= members.pop(other)
        for neighbour, (total, seen) in between.pop(other).items():
            between[neighbour].pop(other, None)
            if neighbour == one:
                continue
            old_total, old_seen = between[one].get(neighbour, (0.0, 0))
            joined = (old_total + total, old_seen + seen)
            between[one][neighbour] = between[neighbour][one] = joined
        between[one].pop(other, None)
        for neighbour in between[one]:
            bits = mean(one, neighbour)
            if bits > 0:
                heapq.heappush(heap, (-bits, str(one), str(neighbour), one, neighbour))
    return [group for group in members.values() if len(group) > 1]


def pairs_of_clusters(clusters: list[set[Hashable]]) -> set[tuple[Hashable, Hashable]]:
    """All pairs inside the groups, each in a fixed order."""
    return {
        (min(pair, key=str), max(pair, key=str))
        for group in clusters
        for pair in combinations(sorted(group, key=str), 2)
    }
