"""Forms that go on where their writer stopped, on whatever device."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from forum.drafts.actions import version
from forum.drafts.keeping import Resumed, resume, typed_in
from forum.methods.telling.words import newest


class Resuming(forms.Form):
    """`resumed` is the draft it goes on with. Its page prints `written` and `draft_version`: see forum.drafts."""

    resumed: Resumed = Resumed({})

    def go_on(self, request: HttpRequest, place: str) -> Any:
        """What was being filled in here stands in the fields; nothing is called wrong before it is sent."""
        self.resumed = resume(request, place)
        if typed := newest(self.resumed):
            self.take(sent := as_sent(typed))
            for name, field in self.fields.items():
                key = self.add_prefix(name)
                if name != "submission" and not (field.widget.is_hidden and key not in sent):
                    self.initial[name] = field.widget.value_from_datadict(sent, {}, key)
        return self

    def take(self, sent: QueryDict) -> None:
        """What stands beside the fields."""

    @property
    def written(self) -> str:
        """How the names of its texts begin, for the page that gives a text back."""
        texts = (name for name, each in self.fields.items() if isinstance(each, forms.CharField))
        return " ".join(self.add_prefix(name) for name in texts if not self.fields[name].widget.is_hidden)

    @property
    def draft_version(self) -> str:
        """What its page knows of the draft: a refused form has been kept as it was sent."""
        if self.is_bound:
            return version(str(self.data.get("title", "")), str(self.data.get("body", "")), typed_in(self.data))
        return self.resumed.version


def as_sent(typed: dict[str, Any]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in typed.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent
