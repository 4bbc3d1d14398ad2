import random

import pytest

from leadhub.domain.similarity import ContactDetails, fixed_weights
from leadhub.domain.similarity.details import contact_profile
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES
from leadhub.domain.similarity.ranking import compare_contacts
from leadhub.ml.matching.clusters import clusters_of_pairs, pairs_of_clusters
from leadhub.ml.matching.fellegi_sunter import fit_weights


def persons(number: int) -> list[ContactDetails]:
    chooser = random.Random(3)
    given = ["Anna", "Ivan", "Maria", "Peter", "Olga", "Juan", "Wei", "Fatima"]
    family = [
        f"{start}{end}"
        for start in ("Ber", "Lan", "Kov", "Mor", "Sil", "Tan")
        for end in ("ger", "ic", "eno", "va")
    ]
    return [
        ContactDetails(
            record_id=n,
            given_name=chooser.choice(given),
            family_name=chooser.choice(family),
            emails=(f"p{n}@firm{n % 9}.example",),
            city=chooser.choice(["Wien", "Graz", "Linz"]),
        )
        for n in range(number)
    ]


def test_weights_are_learned_without_labels():
    """Guards learned weights that contradict the evidence: the same email outweighs the same city."""
    people = [contact_profile(person) for person in persons(120)]
    chance = [compare_contacts(a, b) for a in people[:60] for b in people[60:]]
    pairs = [compare_contacts(person, person) for person in people] + chance[::7]
    model = fit_weights(pairs, chance_pairs=chance, total_pairs=7140)
    email, city = model.weights.levels["email"], model.weights.levels["city"]
    assert email["same"] > city["same"] > 0 > email["different"]
    assert 0.005 < model.match_share < 0.05
    bits = [model.weights.total_bits(pair, NO_FREQUENCIES) for pair in pairs]
    assert min(bits[:120]) > 0
    assert sum(value > 0 for value in bits[120:]) <= 2


def test_without_pairs_the_shipped_weights_stay():
    """Guards a first night without data."""
    assert fit_weights([]).weights == fixed_weights("contact")


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ({("a", "b"): 8.0, ("b", "c"): 7.0, ("a", "c"): 6.0}, [{"a", "b", "c"}]),
        (
            {("a", "b"): 9.0, ("c", "d"): 9.0, ("b", "c"): 1.0, ("a", "c"): -9.0, ("b", "d"): -9.0},
            [{"a", "b"}, {"c", "d"}],
        ),
        ({("a", "b"): -3.0}, []),
        ({}, []),
    ],
)
def test_one_doubtful_pair_does_not_join_two_groups(pairs, groups):
    """Guards chains of near matches that end in one large group."""
    assert sorted(map(sorted, clusters_of_pairs(pairs))) == [sorted(group) for group in groups]


def test_pairs_of_a_group_are_all_its_pairs():
    """Guards groups with ids of text."""
    assert pairs_of_clusters([{"a", "b", "c"}]) == {("a", "b"), ("a", "c"), ("b", "c")}
