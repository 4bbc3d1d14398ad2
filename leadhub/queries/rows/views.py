from dataclasses import dataclass


@dataclass(frozen=True)
class ViewRow:
    """A shipped or saved view. `query` is the text that its list has in the URL."""

    key: str
    """A shipped view's key, or the id of a saved one."""
    name: str
    """Of a saved view; a shipped one is named by `label_key`."""
    label_key: str
    query: str
    shared: bool
    is_mine: bool
    is_shipped: bool
    owner_name: str = ""
    version: int = 0
