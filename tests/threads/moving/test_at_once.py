"""Several at once: one outcome, the others are told who was first, and no reply is lost between two threads."""

import pytest
from django.utils import timezone

from forum import text
from forum.models import LogEntry, Membership, Merging, Thread
from forum.threads import actions
from forum.threads.moving.actions import merge_thread, split_thread
from forum.web.errors import Refusal
from tests.cast import person
from tests.threads.moving.conftest import numbers, order
from tests.threads.test_parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moderators(open_house):
    people = [person(f"moderator-{n}") for n in range(6)]
    for member in people:
        Membership.objects.create(community=open_house, member=member, role="moderator")
    return people


def test_one_splits_and_the_others_are_told(talk, open_house, moderators):
    thread = talk(open_house, 6)
    posts = order(thread)[2:4]

    def split(n):
        try:
            split_thread(by=moderators[n], thread=thread, posts=posts, title=f"By {n}", reason="x")
        except Refusal as refusal:
            return str(refusal.message)
        return ""

    said = at_once(6, split)
    assert said.count("") == 1
    first = f"Moderator-{said.index('')} was first"
    assert all(words.startswith(first) for words in said if words)
    assert (Thread.objects.count(), LogEntry.objects.count()) == (2, 1)


def test_threads_merged_into_each_other_while_people_answer(talk, open_house, moderators, neighbour):
    """Whichever way comes first; every answer stands in the one that is left."""
    benches, lamps = talk(open_house, 3, "Benches"), talk(open_house, 3, "Lamps")
    body = text.clean("On its way.", "markdown")

    def deed(n):
        if n % 2:
            return actions.reply(author=neighbour, thread=(benches, lamps)[n // 2 % 2], body=body, at=timezone.now()).pk
        try:
            one, other = (benches, lamps) if n % 4 else (lamps, benches)
            merge_thread(by=moderators[n // 2], thread=one, into=other)
        except Refusal as refusal:
            return str(refusal.message)
        return None

    answers = at_once(12, deed)
    merging = Merging.objects.get()
    assert numbers(merging.into) == list(range(1, 13))
    assert set(answers[1::2]) <= set(order(merging.into))
    assert all((words and "went into" in words) or "was first" in words for words in answers[::2] if words)
    assert LogEntry.objects.count() == 1
