import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields.registry import Entity, FieldKind, FieldSpec, field_of

_EMAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[^@\s,;<>()\[\]\\\".]+(\.[^@\s,;<>()\[\]\\\".]+)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LIMIT = 9_000_000_000_000_000


def check_field(spec: FieldSpec, value: Any) -> Any:
    """A value that somebody typed, as it is stored. Empty is None, or "" for text.

    Raises InvalidInput naming the field and the rule, whatever is thrown at it. References (lookups, users,
    records) come out as positive ids; whether they exist is the service's question.
    """
    try:
        checked = _check(spec, value)
    except InvalidInput:
        raise
    except (TypeError, ValueError, OverflowError) as fault:
        raise _fault(spec, "errors.value_unreadable") from fault
    if spec.required and checked in (None, ""):
        raise _fault(spec, "errors.value_required")
    return checked


def check_fields(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Column → checked value for keys given by somebody. Raises InvalidFields with every problem at once."""
    problems: list[InvalidInput] = []
    checked: dict[str, Any] = {}
    for key, value in values.items():
        spec = field_of(entity, key)
        try:
            checked[spec.column] = check_field(spec, value)
        except InvalidInput as problem:
            problems.append(problem)
    if problems:
        raise InvalidFields(problems)
    return checked


def _fault(spec: FieldSpec, key: str, **params: Any) -> InvalidInput:
    return InvalidInput(key, field=spec.key, field_label=spec.label_key, **params)


def _check(spec: FieldSpec, value: Any) -> Any:
    kind = spec.kind
    if kind in _TEXTS:
        return _text(spec, value)
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        return (
            False
            if kind is FieldKind.BOOLEAN
            else ("" if kind is FieldKind.CHOICE and not spec.required else None)
        )
    match kind:
        case FieldKind.INTEGER | FieldKind.PERCENT | FieldKind.MONEY | FieldKind.SCORE:
            return _number(spec, value)
        case FieldKind.BOOLEAN:
            if isinstance(value, bool):
                return value
            if str(value).lower() in ("true", "1", "on", "yes"):
                return True
            if str(value).lower() in ("false", "0", "off", "no"):
                return False
            raise _fault(spec, "errors.value_not_boolean")
        case FieldKind.DATE:
            if isinstance(value, datetime):
                raise _fault(spec, "errors.value_not_date")
            day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
            return _in_range(spec, day)
        case FieldKind.DATETIME:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            _in_range(spec, moment.date())
            return moment
        case FieldKind.CHOICE:
            if value not in spec.choices:
                raise _fault(spec, "errors.value_not_offered", value=str(value)[:60])
            return value
        case FieldKind.STAGE:
            return _text(spec, value)
    number = int(value)
    if isinstance(value, bool) or number <= 0 or number > _LIMIT or number != float(value):
        raise _fault(spec, "errors.value_not_offered", value=str(value)[:60])
    return number


_TEXTS = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.URL}


def _in_range(spec: FieldSpec, day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise _fault(spec, "errors.value_year", year=day.year)
    return day


def _text(spec: FieldSpec, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _fault(spec, "errors.value_unreadable")
        value = str(value)
    text = _CONTROL.sub("", value).encode("utf-8", "ignore").decode().strip()
    if spec.kind is not FieldKind.LONG_TEXT:
        text = " ".join(text.split())
    if spec.max_length is not None and len(text) > spec.max_length:
        raise _fault(spec, "errors.value_too_long", maximum=spec.max_length, length=len(text))
    if text and spec.kind is FieldKind.EMAIL and not _EMAIL.fullmatch(text):
        raise _fault(spec, "errors.value_not_email", value=text[:80])
    if text and spec.kind is FieldKind.PHONE and not 3 <= sum(c.isdigit() for c in text) <= 20:
        raise _fault(spec, "errors.value_not_phone", value=text[:60])
    if (
        text
        and spec.kind is FieldKind.URL
        and ("." not in text or " " in text or text.lower().startswith(("javascript:", "data:", "vbscript:")))
    ):
        raise _fault(spec, "errors.value_not_url", value=text[:80])
    return text


def _number(spec: FieldSpec, value: Any) -> int:
    not_number = "errors.value_not_amount" if spec.kind is FieldKind.MONEY else "errors.value_not_number"
    if isinstance(value, bool):
        raise _fault(spec, not_number)
    try:
        number = float(value)
    except (TypeError, ValueError) as fault:
        raise _fault(spec, not_number) from fault
    if not math.isfinite(number) or number != int(number):
        raise _fault(spec, not_number)
    whole = int(value) if isinstance(value, int) else int(number)
    least = spec.minimum if spec.minimum is not None else -_LIMIT
    most = spec.maximum if spec.maximum is not None else _LIMIT
    if not least <= whole <= most:
        shown = {"minimum": least, "maximum": most, "value": whole}
        if spec.kind is FieldKind.MONEY:
            shown = {name: number / 100 if number % 100 else number // 100 for name, number in shown.items()}
        raise _fault(spec, "errors.value_out_of_bounds", **shown)
    return whole
