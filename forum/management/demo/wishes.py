"""Two wishes of the demo: one waits for the animator's answer, one of the animator's was granted."""

from datetime import datetime, timedelta

from accounts.models import Member
from forum.methods import actions
from forum.methods.wishes.models import CardWish
from forum.threads.models import Post

#: (title of a thread, number of the post, who asks, the answer, days ago)
WISHES = (
    ("Zin osiedlowy w jedno popołudnie: rozkładówka z jednej kartki", 1, "neighbour", "", 1),
    ("Galeria w mieszkaniu: jak nie pokłócić się z sąsiadami z dołu", 2, "animator", "yes", 3),
)


def wish(people: dict[str, Member], now: datetime) -> None:
    for title, number, key, answer, days in WISHES:
        post = Post.objects.select_related("thread", "author").get(thread__title=title, number=number)
        wished = actions.wish_card(member=people[key], post=post)
        if answer:
            actions.answer_wish(by=post.author, wish=wished, answer=answer)
            CardWish.objects.filter(pk=wished.pk).update(answered_at=now - timedelta(days=days - 1))
        CardWish.objects.filter(pk=wished.pk).update(at=now - timedelta(days=days))
