"""What the demo's people were told: true lines, the old ones read."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from forum.communities.models import Community
from forum.methods.wishes.models import CardWish
from forum.notifications.models import Happening, Line
from forum.notifications.spreading import spread
from forum.plans.models import Plan
from forum.threads.models import Post, Thread

OF_COMMUNITIES = ("community", "request", "departure", "invitation")
TOLD, UNREAD = timedelta(days=45), timedelta(days=10)


def tell(now: datetime) -> int:
    """Dates what deeds that know no date but now left behind, and tells what is not too long ago. How many lines."""
    posts = Post.objects.filter(pk=OuterRef("about")).values("published_at")
    threads = Thread.objects.filter(pk=OuterRef("topic_id")).values("last_at")
    houses = Community.objects.filter(pk=OuterRef("community")).values("created_at")
    wishes = CardWish.objects.filter(pk=OuterRef("topic_id"))
    plans = Plan.objects.filter(pk=OuterRef("topic_id")).values("made_at")
    happened = Happening.objects.filter(done_at=None)
    happened.filter(kind="post.reacted").update(at=Subquery(posts))
    happened.filter(kind="thread.locked").update(at=Subquery(threads))
    happened.filter(topic__in=OF_COMMUNITIES).update(at=Subquery(houses))
    happened.filter(kind="wish.asked").update(at=Subquery(wishes.values("at")))
    happened.filter(topic="wish").exclude(kind="wish.asked").update(at=Subquery(wishes.values("answered_at")))
    happened.filter(topic="plan").update(at=Subquery(plans))
    happened.filter(at__lt=now - TOLD).update(done_at=now)
    spread()
    Line.objects.filter(last_at__lt=now - UNREAD).update(read_at=F("last_at"))
    return Line.objects.count()
