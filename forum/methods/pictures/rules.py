"""Who may take a picture out for good."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from forum.files.models import Picture
from forum.methods.models import Method, MethodPicture
from forum.methods.wishes.models import CardSource
from forum.threads import rules as threads


def may_remove(member: Any, method: Method, picture: Picture) -> threads.Reason:
    if removable(member, method, [picture]):
        return None
    return _("Only who brought it, the author of its method and the moderators there can remove a picture everywhere.")


def removable(member: Any, method: Method, pictures: Iterable[Picture]) -> set[UUID]:
    """Those that this member brought; and of those that are at home here, all, for the method's author and the
    moderators. What was only taken along from the method this one was made from can be left out of a next version.
    What came with somebody's post stays theirs, and the moderators'."""
    found = {each.pk: each.uploader_id for each in pictures}
    mine = {pk for pk, uploader in found.items() if uploader == member.pk}
    if mine == set(found):
        return mine
    moderates = threads.may_moderate(member, method.community)
    if method.author_id != member.pk and not moderates:
        return mine
    if not moderates:
        told_it = {*CardSource.objects.filter(method=method).values_list("post__author", flat=True)}
        found = {pk: uploader for pk, uploader in found.items() if uploader == member.pk or uploader not in told_it}
    at_home = {pk for pk, uploader in found.items() if uploader == method.author_id}
    if method.parent is None:
        return set(found)
    came = MethodPicture.objects.filter(picture__in=found, version__method=method.parent.method_id)
    return mine | at_home | set(found) - set(came.values_list("picture", flat=True))


def must_say_why(member: Any, method: Method, picture: Picture) -> bool:
    """Moderators do."""
    return member.pk not in {picture.uploader_id, method.author_id}
