"""Who may know of whom: by what they chose, and by whose words one can read."""

from typing import Any

from accounts.models import Member
from forum.communities.models import Membership
from forum.communities.restrictions import ProfileHiding
from forum.threads.models import Post


def may_read_profile(viewer: Any, member: Member) -> bool:
    """Oneself; anyone, if the member chose that; people of a community of theirs, if they chose that. Nobody else where
    a decision hid it."""
    readers = Member.ProfileReaders
    if viewer.pk == member.pk:
        return True
    if ProfileHiding.objects.filter(member=member).exists():
        return False
    if member.profile_readers == readers.ANYONE:
        return True
    if not viewer.is_authenticated or member.profile_readers == readers.NOBODY:
        return False
    mine = Membership.objects.filter(member_id=viewer.pk).values("community")
    return Membership.objects.filter(member=member, community__in=mine).exists()


def meets(viewer: Any, member: Member) -> bool:
    """Somebody whose words the viewer can read, or who belongs to one of their communities: for others there is no
    such account, else addresses made of names would tell who has one. An account of the house is nobody."""
    if member.is_house:
        return True
    mine = Membership.objects.filter(member_id=viewer.pk or 0).values("community")
    wrote = Post.objects.visible_to(viewer).filter(author=member)
    return bool(wrote.exists()) or Membership.objects.filter(member=member, community__in=mine).exists()
