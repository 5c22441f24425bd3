"""What can be reported and decided about, and how each is found, named and shown on the desk.

In addresses it is called as in `?about=post:55`: thread, post, method, try, member or picture.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from accounts.models import Member
from forum import text
from forum.communities.models import Community, Membership, Role
from forum.files.models import Picture
from forum.files.rules import may_see
from forum.log.targets import Targeted
from forum.methods.models import Method, MethodPicture, Try
from forum.threads.meeting import may_read_profile, meets
from forum.threads.models import Post, PostPicture, Thread

#: What addresses call it -> the column of `Targeted`.
KINDS = {
    "thread": "thread",
    "post": "post",
    "method": "method",
    "try": "told",
    "member": "person",
    "picture": "picture",
}
EXCERPT = 400


@dataclass(frozen=True)
class Subject:
    """`column`: of `Targeted`; `row`: Thread, Post, Method, Try, Member or Picture. `community` None: the whole
    site's. `author` None: nobody is known."""

    column: str
    row: Any
    community: Community | None
    author: Member | None
    url: str
    title: str
    language: str

    @property
    def about(self) -> str:
        """As in `?about=`."""
        called = self.row.username if self.column == "person" else self.row.pk
        return f"{next(name for name, column in KINDS.items() if column == self.column)}:{called}"

    @property
    def target(self) -> dict[str, Any]:
        """For `Targeted` rows and `log.enter`: {column: row}."""
        return {self.column: self.row.pk if self.column == "picture" else self.row}

    @property
    def words(self) -> str:
        """Its text as plain words, whole."""
        return _words(self.column, self.row)


def find(viewer: Any, about: str) -> Subject | None:
    """What `about` names, if this viewer may see it; None also for what is none at all."""
    kind, _, number = about.partition(":")
    column = KINDS.get(kind)
    pk = _number(kind, number)
    row = _seen(viewer, column, pk) if column and pk is not None else None
    return subject_of(column, row) if column and row else None


def subject(targeted: Targeted) -> Subject | None:
    """Of a case or a decision; None when it was a picture that is gone."""
    row = targeted.target
    if targeted.target_kind == "picture":
        row = Picture.objects.filter(pk=row).select_related("uploader").first()
    return subject_of(targeted.target_kind, row) if row else None


def subject_of(column: str, row: Any) -> Subject:
    language = settings.LANGUAGE_CODE
    match column:
        case "thread":
            return Subject(column, row, row.community, row.author, row.get_absolute_url(), row.title, row.language)
        case "post":
            thread = row.thread
            title = f"{thread.title} · {row.number}"
            return Subject(column, row, thread.community, row.author, row.get_absolute_url(), title, row.language)
        case "method":
            return Subject(column, row, row.community, row.author, row.get_absolute_url(), row.title, row.language)
        case "told":
            method = row.method
            url = f"{method.get_absolute_url()}#try-{row.pk}"
            return Subject(column, row, method.community, row.member, url, method.title, method.language)
        case "person":
            return Subject(column, row, None, row, row.get_absolute_url(), row.display_name, language)
        case "picture":
            return Subject(column, row, _where(row), row.uploader, row.get_absolute_url(), "", language)
    raise KeyError(column)


def _number(kind: str, number: str) -> Any:
    if kind == "member":
        return None if "\0" in number else number[:40]
    if kind == "picture":
        try:
            return uuid.UUID(number)
        except ValueError:
            return None
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None


def _seen(viewer: Any, column: str, pk: Any) -> Any:
    match column:
        case "thread":
            rows: Any = Thread.objects.visible_to(viewer).select_related("community", "author")
        case "post":
            rows = Post.objects.visible_to(viewer).filter(deletion=None)
            rows = _unless_hidden(viewer, rows).select_related("thread__community", "author")
        case "method":
            rows = Method.objects.visible_to(viewer).select_related("community", "author")
        case "told":
            rows = Try.objects.visible_to(viewer).select_related("method__community", "member")
        case "person":
            member = Member.objects.filter(username=pk, is_house=False, is_active=True).first()
            return member if member and (may_read_profile(viewer, member) or meets(viewer, member)) else None
        case _:
            picture = Picture.objects.filter(pk=pk).select_related("uploader").first()
            return picture if picture and may_see(viewer, picture) else None
    return rows.filter(pk=pk).first()


def _unless_hidden(viewer: Any, posts: Any) -> Any:
    """What was hidden the moderators of its community find still."""
    moderating = (Role.MODERATOR, Role.STEWARD)
    mine = Membership.objects.filter(member_id=viewer.pk or 0, role__in=moderating).values("community")
    return posts.filter(~Q(hiding__how="hidden") | Q(thread__community__in=mine))


def _where(picture: Picture) -> Community | None:
    """The community a picture was first shown in."""
    use = PostPicture.objects.filter(picture=picture).select_related("post__thread__community").order_by("pk").first()
    if use:
        return use.post.thread.community
    card = MethodPicture.objects.filter(picture=picture).select_related("version__method__community").first()
    return card.version.method.community if card else None


def _words(column: str, row: Any) -> str:
    match column:
        case "thread":
            first = row.posts.order_by("number").first()
            return f"{row.title}\n\n{text.plain(first.html) if first else ''}".strip()
        case "post":
            return text.plain(row.html)
        case "method":
            card = row.versions.get(number=row.version).card
            return "\n\n".join(filter(None, (card.title, card.summary, card.purpose, card.body)))
        case "told":
            said = (row.sentence, row.changed, row.did_not_work, row.worked, row.changed_after)
            return "\n\n".join(filter(None, said))
        case "person":
            return "\n\n".join(filter(None, (row.display_name, row.role_line, row.bio)))
    return ""
