"""Methods called by their names in posts: "[[Soup in the yard]]". What a name means, the methods above say."""

import unicodedata
from collections.abc import Callable, Iterable

from django.db import models

from forum.search.analysis import folded, words_in
from forum.threads.models import Post

LONGEST = 200

#: connect(community, folded names) -> {folded name: number of the method}; what nobody told yet is absent.
Connect = Callable[[int, set[str]], dict[str, int]]
_connect: list[Connect] = []


class PostName(models.Model):
    """A post calls a method by its name. The name may be nobody's yet; once it is somebody's, it stays so when the
    method is renamed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="method_names")
    folded = models.CharField(max_length=LONGEST, db_index=True, help_text="in small letters without their signs")
    method = models.ForeignKey(
        "forum.Method", null=True, blank=True, on_delete=models.SET_NULL, related_name="names_in_posts"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "folded"], name="one_name_a_post")]

    def __str__(self) -> str:
        return f"{self.folded} in {self.post_id}"


def register_names(connect: Connect) -> None:
    _connect[:] = [connect]


def folded_name(name: str) -> str:
    """Equal for names that differ in case, signs ("żółw", "zolw") and punctuation alone; "" without a letter."""
    composed = unicodedata.normalize("NFC", name)
    return " ".join(folded(word[0].casefold()) for word in words_in(composed))[:LONGEST]


def place_names(posts: Iterable[tuple[Post, Iterable[str]]], community: int) -> None:
    """Remembers which names stand in these posts of one community, and whose they are today. What a post called
    before, it calls still."""
    wanted = {post.pk: {key for name in names if (key := folded_name(name))} for post, names in posts}
    before = PostName.objects.filter(post__in=wanted)
    known = {(row.post_id, row.folded): row.method_id for row in before}
    keys = {key for keys in wanted.values() for key in keys}
    if not keys and not known:
        return
    meant = _connect[0](community, keys) if keys and _connect else {}
    before.delete()
    PostName.objects.bulk_create(
        PostName(post_id=post, folded=key, method_id=known.get((post, key)) or meant.get(key))
        for post, keys in wanted.items()
        for key in sorted(keys)
    )
