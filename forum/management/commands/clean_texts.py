"""Cleans stored texts again: after an update that raised `forum.text.VERSION`. Nothing is lost: sources stay."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from forum import changes, text
from forum.threads.hiding.sameness import keep_words
from forum.threads.managing.models import Conclusion
from forum.threads.models import Post, PostMethod, Revision
from forum.threads.naming import place_names

AT_ONCE = 100


class Command(BaseCommand):
    help = "Cleans the stored texts that an earlier version cleaned. May be stopped and run again at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that this version has cleaned")

    def handle(self, *_args: Any, **options: Any) -> None:
        posts = Post.objects.all() if options["all"] else Post.objects.exclude(text_version=text.VERSION)
        total, done, changed = posts.count(), 0, 0
        refused: list[str] = []
        shown = time.monotonic()
        for batch in _batches(posts):
            with changes.writing():
                changed += sum(_clean_post(post, refused) for post in batch)
            done += len(batch)
            if done == total or time.monotonic() - shown > 1:
                shown = time.monotonic()
                self.stdout.write(f"{done} of {total} posts, {changed} texts changed")
                sys.stdout.flush()
        changed += _clean_conclusions(refused, everything=options["all"])
        for line in refused:
            self.stdout.write(f"Too much for today's limits, kept as it was shown: {line}")
        self.stdout.write(f"Done: {done} posts cleaned by version {text.VERSION}, {changed} texts changed.")


def _batches(posts: QuerySet[Post]) -> Iterator[list[Post]]:
    """By number, each batch a query of its own: no cursor stays open over the writes."""
    last = 0
    while batch := list(posts.select_related("thread").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


def _clean_post(post: Post, refused: list[str]) -> int:
    """Cleans a post and the texts it has had before; how many of them look different now."""
    html = _cleaned(post, f"post {post.pk}", refused)
    # An edit that came in meanwhile has cleaned its own text.
    Post.objects.filter(pk=post.pk, revision=post.revision).update(html=html, text_version=text.VERSION)
    changed = int(html != post.html)
    if changed:
        PostMethod.objects.filter(post=post).delete()
        PostMethod.objects.bulk_create(PostMethod(post=post, number=number) for number in sorted(text.methods_in(html)))
        place_names([(post, text.names_in(html))], post.thread.community_id)
        post.html = html
        keep_words([post])
    for revision in Revision.objects.filter(post=post):
        html = _cleaned(revision, f"revision {revision.number} of post {post.pk}", refused)
        if html != revision.html:
            Revision.objects.filter(pk=revision.pk).update(html=html)
            changed += 1
    return changed


def _clean_conclusions(refused: list[str], *, everything: bool) -> int:
    """Those written as such; few, and none is ever edited."""
    rows = Conclusion.objects.filter(post=None)
    changed = 0
    for conclusion in rows if everything else rows.exclude(text_version=text.VERSION):
        html = _cleaned(conclusion, f"conclusion {conclusion.pk}", refused) or conclusion.html
        Conclusion.objects.filter(pk=conclusion.pk).update(html=html, text_version=text.VERSION)
        changed += int(html != conclusion.html)
    return changed


def _cleaned(stored: Post | Revision | Conclusion, name: str, refused: list[str]) -> str:
    if not stored.source and not stored.html:
        return ""
    html, taken = text.clean_again(stored.source, stored.format, stored.html)
    if not taken:
        refused.append(name)
    return html
