import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from leadhub.domain.errors import LeadhubError
from leadhub.domain.process.definition import ProcessDefinition

FORMAT = 1


class ProcessTextInvalid(LeadhubError):
    """The text is not a process. `place` is the path of what is wrong, such as stages[2].state."""

    key = "process.parse.not_a_process"


def to_data(definition: ProcessDefinition) -> dict[str, Any]:
    """The definition as plain lists and dictionaries, fit for a JSON column."""
    return {"format": FORMAT, **_encode(definition)}


def to_json(definition: ProcessDefinition) -> str:
    return json.dumps(to_data(definition), ensure_ascii=False, indent=1)


def parse_process(text: str) -> ProcessDefinition:
    """Read what `to_json` wrote. Says nothing about whether the process makes sense.

    Raises ProcessTextInvalid.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProcessTextInvalid("process.parse.not_json", place="", found=str(error)) from error
    return parse_process_data(data)


def parse_process_data(data: Any) -> ProcessDefinition:
    """Read what `to_data` made.

    Raises ProcessTextInvalid.
    """
    if not isinstance(data, dict):
        raise ProcessTextInvalid("process.parse.wrong_kind", place="", expected="object", found=_kind(data))
    data = dict(data)
    format_number = data.pop("format", None)
    if format_number != FORMAT:
        raise ProcessTextInvalid(
            "process.parse.unknown_format", place="format", expected=FORMAT, found=format_number
        )
    return _decode(ProcessDefinition, data, "")


from_json = parse_process


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        # Defaults are written too: a later change of a default must not change a stored version.
        return {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _decode(wanted: Any, value: Any, path: str) -> Any:
    if isinstance(wanted, types.UnionType):
        if value is None:
            return None
        (wanted,) = (option for option in typing.get_args(wanted) if option is not types.NoneType)
    if typing.get_origin(wanted) is tuple:
        _require_kind(list, value, path)
        item_type = typing.get_args(wanted)[0]
        return tuple(_decode(item_type, item, f"{path}[{n}]") for n, item in enumerate(value))
    if is_dataclass(wanted):
        return _decode_record(typing.cast(type, wanted), value, path)
    if issubclass(wanted, Enum):
        try:
            return wanted(value)
        except ValueError:
            raise ProcessTextInvalid(
                "process.parse.not_one_of",
                place=path,
                expected=", ".join(m.value for m in wanted),
                found=str(value),
            ) from None
    _require_kind(wanted, value, path)
    return value


def _decode_record(wanted: type, value: Any, path: str) -> Any:
    _require_kind(dict, value, path)
    hints = typing.get_type_hints(wanted)
    known = {f.name: f for f in fields(wanted)}
    for name in value:
        if name not in known:
            raise ProcessTextInvalid("process.parse.unknown_field", place=_join(path, name))
    for name, f in known.items():
        if name not in value and f.default is MISSING:
            raise ProcessTextInvalid("process.parse.missing_field", place=_join(path, name))
    return wanted(**{name: _decode(hints[name], item, _join(path, name)) for name, item in value.items()})


def _require_kind(wanted: type, value: Any, path: str) -> None:
    # bool is an int to isinstance, but true is no number of hours.
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ProcessTextInvalid(
            "process.parse.wrong_kind", place=path, expected=_KINDS[wanted], found=_kind(value)
        )


_KINDS: dict[type, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    list: "array",
    dict: "object",
    float: "number",
    types.NoneType: "null",
}


def _kind(value: Any) -> str:
    return _KINDS[type(value)]


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
