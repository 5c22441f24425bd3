"""Where a thread stands: as itself, or in the one it went into."""

from django.db.models import Q

from forum.threads.moving.models import Merging


def standing(pk: int) -> Q:
    """For rows of Thread: the one with this number, or the one that holds its posts now."""
    return Q(pk=pk) | Q(pk__in=Merging.objects.filter(thread=pk).values("into"))
