"""Sentences moderators write again and again, kept for all who moderate the same community."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.communities import rules as communities
from forum.communities.models import Community
from forum.moderation import who
from forum.moderation.desk.models import SavedReply
from forum.web.errors import Refusal

MOST = 100  # of one community


def replies_for(member: Member) -> QuerySet[SavedReply]:
    """Those one may use: of the communities one moderates, and of the whole site."""
    return SavedReply.objects.filter(Q(community=None) | Q(community__in=who.moderated_by(member)))


def may_keep(member: Member, community: Community | None) -> bool:
    """The site's own are the administrators'."""
    if community is None:
        return member.is_staff
    return communities.is_moderator(communities.role_of(member, community))


@changes.writing()
def save_reply(*, by: Member, community: Community | None, language: str, title: str, text: str) -> SavedReply:
    """The same sentence under the same title twice is one."""
    _refuse(by, community)
    there = SavedReply.objects.filter(community=community, language=language)
    same = there.filter(title=title).first()
    if same and same.text == text:
        return same
    if same:
        raise Refusal(_("There is one of this title already."), field="title")
    if there.count() >= MOST:
        raise Refusal(_("There are as many as anybody can read. Take one away first."))
    return SavedReply.objects.create(community=community, language=language, title=title, text=text, by=by)


@changes.writing()
def change_reply(*, by: Member, reply: SavedReply, language: str, title: str, text: str) -> SavedReply:
    """It stays with its community."""
    reply = SavedReply.objects.select_for_update(no_key=True, of=("self",)).get(pk=reply.pk)
    _refuse(by, reply.community)
    others = SavedReply.objects.filter(community=reply.community, language=language, title=title).exclude(pk=reply.pk)
    if others.exists():
        raise Refusal(_("There is one of this title already."), field="title")
    reply.language, reply.title, reply.text = language, title, text
    reply.save(update_fields=["language", "title", "text"])
    return reply


@changes.writing()
def remove_reply(*, by: Member, reply: SavedReply) -> None:
    _refuse(by, reply.community)
    SavedReply.objects.filter(pk=reply.pk).delete()


def _refuse(by: Member, community: Community | None) -> None:
    if not may_keep(by, community):
        raise Refusal(_("Only moderators of this community can do this."))
