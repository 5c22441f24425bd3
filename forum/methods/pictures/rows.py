"""The pictures of a card as rows of its form: `picture-id-0`, `picture-alt-0`, `picture-author-0`, `picture-rights-0`,
`picture-people-0`, `picture-consent-0`.

`picture-place-0` says where a row stands and `picture-gone-0` that it goes, for those without a script.
"""

from dataclasses import dataclass, field
from typing import Any

from forum.files.actions import keep_picture
from forum.methods import check
from forum.methods.card import CardPicture
from forum.methods.pictures.settling import as_ids
from forum.methods.vocabularies import PictureRights
from forum.web.errors import Refusal
from forum.web.fields import LineField
from forum.web.requests import MemberRequest

MOST_ROWS = 40  # more than fit, so that nothing sent is lost unsaid


@dataclass(frozen=True)
class PictureRow:
    """One row as it is shown. `wrong`: {field: words}; `is_theirs`: somebody else's, who alone can say more of it."""

    picture: CardPicture
    wrong: dict[str, str] = field(default_factory=dict)
    is_theirs: bool = False

    @property
    def rights(self) -> list[tuple[str, str, bool]]:
        """(key, words, is it chosen)"""
        return [(key, str(words), key == self.picture.rights) for key, words in PictureRights.choices]

    @property
    def rights_words(self) -> str:
        return str(dict(PictureRights.choices).get(self.picture.rights, ""))


def rows_in(data: Any) -> list[PictureRow]:
    """The rows that hold a picture and were not taken out, in the order of their places."""
    found = []
    for index in range(MOST_ROWS):
        of = {part: data.get(f"picture-{part}-{index}", "") for part in ("id", "gone", "place")}
        pk = next(map(str, as_ids([of["id"]])), "")
        if pk and not of["gone"]:
            picture = _picture(pk, data, index)
            place = int(of["place"]) if of["place"].isdecimal() and len(of["place"]) < 6 else index + 1
            found.append((place, index, PictureRow(picture, check.wrong_with(picture))))
    return [row for _place, _index, row in sorted(found, key=lambda each: each[:2])]


def rows_of(pictures: tuple[CardPicture, ...]) -> list[PictureRow]:
    """The rows of a card as it stands; nothing in them is looked at yet."""
    return [PictureRow(each) for each in pictures]


def _picture(pk: str, data: Any, index: int) -> CardPicture:
    def line(part: str) -> str:
        return str(LineField(required=False).to_python(data.get(f"picture-{part}-{index}", "")))

    people = bool(data.get(f"picture-people-{index}"))
    return CardPicture(
        id=pk,
        alt=line("alt"),
        author=line("author"),
        rights=line("rights") or PictureRights.HERE,
        people=people,
        consent=people and bool(data.get(f"picture-consent-{index}")),
    )


def take_files(request: MemberRequest) -> str:
    """Keeps the files that came with a form, each a row of it from now on: what is refused next loses none of them.

    Says what could not be taken, in words; "" when all is well.
    """
    files = request.FILES.getlist("pictures")
    if not files:
        return ""
    sent, refused = request.POST.copy(), ""
    taken = [index for index in range(MOST_ROWS) if sent.get(f"picture-id-{index}")]
    index = max(taken, default=-1) + 1
    for file in files:
        try:
            if index >= MOST_ROWS or len(taken) >= check.MOST["pictures"]:
                raise Refusal(check.too_many("pictures"), field="picture")
            sent[f"picture-id-{index}"] = str(keep_picture(uploader=request.user, file=file, size=file.size or 0).pk)
        except Refusal as refusal:
            refused = str(refusal.message)
            break
        taken.append(index)
        index += 1
    request.POST = sent  # type: ignore[assignment]  # what was typed, with the pictures in their rows
    return refused
