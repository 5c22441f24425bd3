"""A field of short words, one a line, and the rows its lines stand for."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from forum.web.fields import LineField

in_a_line = LineField(required=False).to_python


class LinesField(forms.CharField):
    """Short words, one a line, as a tuple. `rows`: each stands for a row of its own, and two may be alike."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, rows: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    def to_python(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return value
        lines = [part for line in (super().to_python(value) or "").splitlines() if (part := in_a_line(line))]
        return tuple(lines if self.rows else dict.fromkeys(lines))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


def with_rows(lines: Iterable[str], before: Iterable[Any], row: Callable[..., Any]) -> tuple[Any, ...]:
    """Each line as the row it stands for: of rows with one name the first line is the first."""
    named = defaultdict(list)
    for each in before:
        named[in_a_line(each.name)].append(each)
    return tuple(named[line].pop(0) if named[line] else row(name=line) for line in lines)
