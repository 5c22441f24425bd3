"""Who helps at once when somebody's life is in danger. Few and true; the European emergency number first."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Number:
    number: str
    words: str | Promise

    @property
    def dialled(self) -> str:
        return self.number.replace(" ", "")


EMERGENCY = Number("112", _("emergency, in the whole European Union and in Ukraine"))
# The institution's own country; 116 123 and 116 111 are reserved for this in the whole Union (2007/116/EC).
POLAND = (
    Number("116 123", _("Poland: emotional support for adults")),
    Number("116 111", _("Poland: children and young people")),
)
ELSEWHERE = {
    "de": (
        Number("0800 111 0 111", _("Germany: telephone counselling")),
        Number("116 111", _("Germany: children and young people")),
    ),
    "uk": (Number("7333", _("Ukraine: Lifeline Ukraine")),),
}


def crisis_numbers() -> tuple[Number, ...]:
    """For the active language."""
    return (EMERGENCY, *ELSEWHERE.get(get_language() or "", ()), *POLAND)
