from leadhub.domain.lookups import Lookup

#: Each editable list with the text key of its name.
LOOKUP_KEYS: tuple[tuple[str, str], ...] = tuple(
    (lookup.value, f"settings.lookup_{lookup.value}") for lookup in Lookup
)
