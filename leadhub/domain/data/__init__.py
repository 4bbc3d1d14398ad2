"""Word lists of the normalising rules, read once."""

from importlib.resources import files


def data_lines(name: str) -> list[str]:
    """The lines of a list without its comments."""
    lines = (files("leadhub.domain.data") / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def word_list(name: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for line in data_lines(name) for word in line.split())


def word_pairs(name: str) -> dict[str, str]:
    """A list of two words a line: word and what it stands for."""
    return dict(line.split() for line in data_lines(name))
