"""What pages need of drafts. A draft is its writer's alone."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import Truncator

from accounts.models import Member
from forum import text
from forum.drafts import registry
from forum.drafts.models import Draft


def find_draft(member: Member, place: str) -> Draft | None:
    return Draft.objects.filter(member=member, place=place).first()


@dataclass(frozen=True)
class ListedDraft:
    """A draft in the list. `where` is None once the member may not go there: the text is still theirs."""

    draft: Draft
    where: registry.Standing | None

    @property
    def words(self) -> str:
        """The text; of a form of many fields, what was written in all of them."""
        if not self.draft.fields:
            return self.draft.body
        texts = (value for name, value in self.draft.fields.items() if name != "title" and isinstance(value, str))
        return "\n\n".join(value for value in texts if " " in value)

    @property
    def beginning(self) -> str:
        body = self.words[:1000]
        return Truncator(text.plain(body) if self.draft.body_format == "html" else body).chars(200)


def list_drafts(member: Member) -> list[ListedDraft]:
    """The hundred latest drafts of this member."""
    drafts = list(Draft.objects.filter(member=member).order_by("-saved_at")[:100])
    places = registry.where_are(member, [draft.place for draft in drafts])
    return [ListedDraft(draft, places.get(draft.place)) for draft in drafts]


def any_draft_shows(picture_id: UUID) -> bool:
    """Does anybody's unfinished text show this picture?"""
    return showing(picture_id).exists()


def showing(picture_id: UUID) -> QuerySet[Draft]:
    """The drafts that name this picture, in their text or in one of many fields."""
    named = Draft.objects.annotate(typed=Cast("fields", TextField()))
    return named.filter(Q(body__icontains=str(picture_id)) | Q(typed__icontains=str(picture_id)))
