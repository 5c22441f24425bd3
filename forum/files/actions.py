"""Every write of pictures."""

from datetime import datetime, timedelta
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.files import rules
from forum.files.models import Picture
from forum.files.reencode import reencode
from forum.web.errors import Refusal
from forum.web.pace import DEMO_TIMES, ask_pace, is_demo

MOST_AN_HOUR = 60
MOST_TRIED = 120  # with those that turn out to be none: looking at a file costs as much as taking it
TOO_MANY = _("That is very many pictures in one hour. Please go on a little later.")
ABANDONED_AFTER = timedelta(days=7)


def keep_picture(*, uploader: Member, file: IO[bytes], size: int) -> Picture:
    """Re-encode and store a picture. Refusal: not a picture, too large, or too many within the hour (429)."""
    ask_pace("pictures", uploader, most=MOST_TRIED, seconds=3600, words=TOO_MANY)
    most = MOST_AN_HOUR * (DEMO_TIMES if is_demo(uploader) else 1)
    recent = Picture.objects.filter(uploader=uploader, at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent >= most:
        raise Refusal(TOO_MANY, field="picture", status=429, retry_after=600)
    clean = reencode(file, size)
    picture = Picture(
        uploader=uploader,
        content_type=clean.content_type,
        width=clean.width,
        height=clean.height,
        size=len(clean.content),
    )
    picture.file.save(f"{picture.pk}.{clean.extension}", ContentFile(clean.content), save=False)
    try:
        picture.save(force_insert=True)
    except BaseException:
        picture.file.delete(save=False)
        raise
    return picture


def delete_abandoned(now: datetime) -> int:
    """Delete pictures of a week ago and older that stand in no post and in no draft; returns how many."""
    gone = 0
    unused = {f"{relation.name}__isnull": True for relation in Picture._meta.related_objects}
    for pk in list(Picture.objects.filter(**unused, at__lt=now - ABANDONED_AFTER).values_list("pk", flat=True)):
        with changes.writing():
            picture = Picture.objects.select_for_update().filter(pk=pk).first()
            if picture is None or rules.is_used(picture) or rules.is_held(picture):
                continue
            delete_picture(picture)
        gone += 1
    return gone


def delete_picture(picture: Picture) -> None:
    """Its row at once, with every row that says where it stood; its file once that is committed."""
    stored = picture.file
    for relation in Picture._meta.related_objects:
        relation.field.model._default_manager.filter(**{relation.field.name: picture}).delete()
    picture.delete()
    transaction.on_commit(partial(stored.storage.delete, stored.name), robust=True)
