"""Names: which display names are good, and the usernames the house makes of them.

A username is ASCII (`a-z`, `0-9`, `-`), readable, numbered when taken. Two names that look alike but are not the same
text are refused, after the idea of Unicode Technical Standard 39 (https://www.unicode.org/reports/tr39/): `look(text)`
is its skeleton, with the part of https://www.unicode.org/Public/security/latest/confusables.txt that touches the
scripts our people write in. Two people may well have the same name; the username tells them apart.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Member

SHORTEST, LONGEST = 2, 80
USERNAME_STEM = 32  # leaves room for a number in the column's 40

# Letters that Unicode does not take apart by itself: Polish, German, other neighbours; then Ukrainian by the
# national table of 2010 (resolution 55), with the Russian and Belarusian letters it lacks.
_ASCII = str.maketrans(
    dict(zip("łđøħŧıабвгґдезиіїйклмнопрстуфыэў", "ldohtiabvhgdezyiiiklmnoprstufyeu", strict=True))
    | dict(re.findall(r"(\S)=(\S*)", "ß=ss ä=ae ö=oe ü=ue æ=ae œ=oe þ=th ð=d є=ie ж=zh х=kh ц=ts ч=ch ш=sh щ=shch"))
    | dict(re.findall(r"(\S)=(\S*)", "ю=iu я=ia ё=io ь= ъ="))
)
_WORD_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

_LOOKS = str.maketrans(
    dict(
        zip(
            "аеорсухіјѕԁһѵԛԝгѐАВЕКМНОРСТУХІЅЈЗԌԜѴӀӏ" + "οανριυγσΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "I1|0ıℓɑɡ",
            "aeopcyxijsdhvqwreABEKMHOPCTYXlSJ3GWVli" + "oavpiuyoABEZHlKMNOPTYX" + "lllOilag",
            strict=True,
        )
    )
    | {"m": "rn", "æ": "ae", "œ": "oe"}
)

_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
        admin administrator administrators administration administracja moderator moderators moderation moderacja
        steward stewards staff team zespol support help helpdesk pomoc hilfe verwaltung security system official
        courtyard forum everyone all anonymous deleted nobody member members webmaster postmaster abuse noreply
        """,
    )
)
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# Letters, marks and symbols to Unicode, and drawn as nothing; a selector may stand behind an emoji.
_BLANK = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U000e0100-\U000e01ef]|(?<=[\w\s])[\ufe00-\ufe0f]"
)
# Scripts that are written together within one word.
_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK", "BOPOMOFO": "CJK"}


def look(text: str) -> str:
    """What the text looks like: equal for texts an eye takes for one another, and never shown to anybody."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)).translate(_LOOKS)
    return " ".join(unicodedata.normalize("NFD", plain).split())


def to_ascii(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, or "" where nothing can be spelled."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"(?<=\w)['’ʼ`](?=\w)", "", text)  # the Ukrainian apostrophe is no letter
    text = re.sub(r"\b[єїйюя]", lambda found: _WORD_START[found.group()], text).replace("зг", "zgh")
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def new_username(display_name: str) -> str:
    """A free username for that name: `anna-kowalska`, `anna-kowalska-2`, …; `member-…` where nothing can be spelled."""
    from accounts.models import Member

    stem = to_ascii(display_name)[:USERNAME_STEM].strip("-")
    if len(stem) < SHORTEST or stem.isdigit() or is_reserved(stem):
        stem = "member"
    taken = set(Member.objects.filter(username_look__startswith=look(stem)).values_list("username_look", flat=True))
    number = 2 if stem == "member" else 1
    while look(name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def is_reserved(name: str) -> bool:
    """Is it, or does it look like, a word that speaks for the house?"""

    def flat(word: str) -> str:
        return look(to_ascii(word)).lower().replace("i", "l")

    return flat(name) in {flat(word) for word in (*_RESERVED, settings.SITE_NAME)}


def clean_display_name(name: str, *, member: "Member | None" = None, is_house: bool = False) -> str:
    """The name as it will be kept (NFC, trimmed, single spaces), or a ValidationError that says what to change.

    `member` is whose name it is, when somebody changes theirs; a house account may speak for the house.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if _forbidden(name):
        raise ValidationError(_("The name contains signs that cannot be seen or printed. Please type it again."))
    name = " ".join(name.split())
    if re.search(r"[<>@]|://", name):
        raise ValidationError(_("A name cannot contain <, > or @, and no web address."))
    if not SHORTEST <= len(name) <= LONGEST or not any(sign.isalpha() for sign in name):
        raise ValidationError(_("A name has between 2 and 80 characters and at least one letter."))
    if any(len(_scripts(word)) > 1 for word in re.split(r"[\W\d_]+", unicodedata.normalize("NFD", name))):
        raise ValidationError(_("Please write each word of the name in one alphabet."))
    if not is_house and is_reserved(name):
        raise ValidationError(_("That name sounds like those who run this place. Please choose another."))
    if _looks_like_someone(name, member):
        raise ValidationError(_("That name looks just like the name of somebody here. Please write it differently."))
    return name


def validate_printable(text: str) -> None:
    """For the other lines of a profile: no controls but the ends of lines, nothing that turns the text around."""
    if _UNPRINTABLE.search(text):
        raise ValidationError(_("The text contains signs that cannot be seen or printed. Please type it again."))


def _forbidden(text: str) -> bool:
    """Controls, invisible and direction-changing characters, unassigned ones, and heaps of accents."""
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for sign in text):
        return True
    if _BLANK.search(text):
        return True
    return re.search(r"[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]{3}", unicodedata.normalize("NFD", text)) is not None


def _scripts(word: str) -> set[str]:
    """The scripts of a word's letters, by the first word of their Unicode names: {"LATIN"}."""
    names = {unicodedata.name(sign, "").split(" ")[0] for sign in word if sign.isalpha()}
    return {_TOGETHER.get(name, name) for name in names}


def _looks_like_someone(name: str, member: "Member | None") -> bool:
    """Somebody else's name looks the same and is not the same text."""
    from accounts.models import Member

    others = Member.objects.filter(name_look=look(name))
    if member is not None:
        others = others.exclude(pk=member.pk)
    return any(other.casefold() != name.casefold() for other in others.values_list("display_name", flat=True)[:50])
