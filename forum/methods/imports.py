"""Methods that stood elsewhere first, or come back from an export: taken in whole, with their credit and rights."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone

from accounts.models import Member
from forum import changes, text
from forum.communities.models import Community
from forum.methods import indexing
from forum.methods.keeping import copy_present, keep_version
from forum.methods.models import Method
from forum.methods.naming import connect_posts
from forum.methods.records import Incoming
from forum.methods.translations.actions import keep_state
from forum.threads.imports import Contribution, import_contributions, submission_of
from forum.threads.models import Thread

BATCH = 50


def import_methods(*, author: Member, community: Community, rows: Iterable[Incoming]) -> Iterator[int]:
    """Takes the rows in as they come, a transaction a batch, and yields how many of each batch were new.

    A method that is there already, by its key, stays as it is: people may have changed it. Refusal when `author` is
    no account of the house, and when the community is closed.
    """
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        with changes.writing():
            new = _take_in(author, community, batch)
        yield new


def _take_in(author: Member, community: Community, batch: list[Incoming]) -> int:
    community = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    fresh = {row.key: row for row in reversed(batch)}  # of two with one key the first, as of two batches
    for key in _there(community, set(fresh)):
        del fresh[key]
    new = [*reversed(fresh.values())]
    methods = [_method(author, community, row) for row in new]
    for method, row in zip(methods, new, strict=True):
        method.save()
        version = keep_version(method, row.card, row.body, author, "")
        for each in row.translations:
            keep_state(
                method=method,
                translation=None,
                source=version,
                language=each.language,
                saying=each.saying,
                translator=author,
                at=each.at,
            )
        if row.translations:
            indexing.put([method.pk])
    _threads(author, community, methods)
    return len(methods)


def _there(community: Community, keys: set[str]) -> set[str]:
    """Those taken in before, and those that were written here and come back from an export."""
    ours = Method.objects.filter(community=community)
    taken = set(ours.filter(import_key__in=keys).values_list("import_key", flat=True))
    own = {key: key.rpartition(":")[2] for key in keys if key.startswith(f"courtyard:{community.slug}:")}
    numbers = [int(number) for number in own.values() if number.isascii() and number.isdigit() and len(number) < 19]
    written = ours.filter(import_key="", pk__in=numbers).select_related("community")
    return taken | (keys & {method.key for method in written})


def _method(author: Member, community: Community, row: Incoming) -> Method:
    method = Method(
        community=community,
        author=author,
        licence=row.card.licence,
        import_key=row.key,
        source_url=row.source_url,
    )
    copy_present(method, row.card)
    return method


def _threads(author: Member, community: Community, methods: list[Method]) -> None:
    """Each method's thread begins with its card."""
    keys = {method.pk: f"method:{method.pk}" for method in methods}
    letters = [
        Contribution(
            key=keys[method.pk],
            title=method.title[:200],
            body=text.clean(f"/methods/{method.pk}/", "markdown"),
            language=method.language,
            at=timezone.now(),
        )
        for method in methods
    ]
    for _new in import_contributions(author=author, community=community, rows=letters):
        pass
    submissions = {submission_of(community, key): pk for pk, key in keys.items()}
    threads = Thread.objects.filter(author=author, submission__in=submissions)
    begun = {submissions[thread.submission]: thread for thread in threads if thread.submission}
    for method in methods:
        method.thread = begun[method.pk]
    Method.objects.bulk_update(methods, ["thread"])
    for method in methods:
        connect_posts(method)
