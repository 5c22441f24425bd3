"""Fields of forms that more than one feature has."""

from typing import Any

from django import forms


class LineField(forms.CharField):
    """One line of plain words: invisible and control characters and runs of white space become one space."""

    def to_python(self, value: Any) -> str:
        visible = "".join(sign if sign.isprintable() else " " for sign in super().to_python(value) or "")
        return " ".join(visible.split())


class WordsField(forms.CharField):
    """Plain words in paragraphs."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").replace("\r\n", "\n").split("\n")
        return "\n".join("".join(s if s.isprintable() else " " for s in line).rstrip() for line in lines).strip()
