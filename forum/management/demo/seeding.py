"""Builds the demo by the same actions that people's clicks call, all of it in one transaction: an interrupted first
run leaves nothing behind, and the next one starts over."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone

from accounts.actions import open_account
from accounts.models import Member
from forum import changes, text
from forum.communities import actions as communities
from forum.communities.models import Community, Membership
from forum.files.actions import keep_picture
from forum.files.models import Picture
from forum.management.demo import content, desk, methods, notices, pictures, plans, reports, rules, wishes
from forum.management.demo.content import Letter, Story
from forum.methods.models import Method
from forum.threads import actions as threads
from forum.threads.managing.models import Conclusion, Pace
from forum.threads.models import Deletion, Lock, Pin, Post, Revision, Thread

PASSWORD = "courtyard-demo"  # noqa: S105  printed for everybody who tries the demo
Say = Callable[[str], None]
People = dict[str, Member]


def is_built() -> bool:
    return Member.objects.filter(email=address("admin")).exists()


def address(key: str) -> str:
    return f"{key}@demo.example"


def build(say: Say) -> bool:
    """Builds what is missing: everything, or (False) nothing. `say` gets a line for each step."""
    now = timezone.now()
    with _without_mail(), changes.writing():
        if is_built():
            return False
        people = _people(now)
        say(f"{len(people)} people")
        houses = {house["slug"]: _community(house, people, now) for house in content.communities()}
        say(f"{len(houses)} communities")
        say(f"{rules.write_rules(people, now)} books of rules")
        shelf = methods.tell_methods(people, houses, now)  # before the threads, which name them
        say(f"{len(shelf)} methods")
        say(f"{len(plans.make_plans(people, houses, shelf, now))} plans")
        stories = content.stories(now)
        for n, story in enumerate(stories, start=1):
            _Telling(story, houses[story.community], people, shelf).tell()
            say(f"thread {n} of {len(stories)}: {story.title}")
        wishes.wish(people, now)
        say(f"{reports.report_things(people, now)} reports")
        desk.furnish(people, houses)
        say(f"{notices.tell(now)} notices")
    return True


@contextmanager
def _without_mail() -> Iterator[None]:
    """Invitations send mail; these people do not exist."""
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


def _people(now: datetime) -> People:
    people = {}
    for n, (key, profile) in enumerate(content.members().items()):
        member = open_account(
            email=address(key),
            password=PASSWORD if key in content.NAMED else None,
            verified=True,
            vouched=True,
            profile_readers=Member.ProfileReaders.COMMUNITIES,
            is_staff=key == "admin",
            is_superuser=key == "admin",
            **profile,
        )
        member.date_joined = now - timedelta(days=745 - n)
        member.save(update_fields=["date_joined"])
        people[key] = member
    return people


def _community(house: dict[str, Any], people: People, now: datetime) -> Community:
    """The community with its sections, people, and whoever is still waiting at its door."""
    steward = people["steward"]
    community = communities.create_community(
        by=people["admin"],
        slug=house["slug"],
        names=house["names"],
        descriptions=house["descriptions"],
        welcomes=house["welcomes"],
        audience=house["audience"],
        joining=house["joining"],
        accent=house["accent"],
        sections=[section["names"] for section in house["sections"]],
        steward=steward,
        in_directory=house.get("in_directory", False),
    )
    for key in ["moderator", *house["members"]]:
        _bring_in(people[key], community, steward)
    communities.change_role(by=steward, community=community, member=people["moderator"], role="moderator")
    for key, note in house.get("asking", {}).items():
        communities.ask_to_join(member=people[key], community=community, note=note)
    founded = now - timedelta(days=house["founded"])
    Community.objects.filter(pk=community.pk).update(created_at=founded)
    Membership.objects.filter(community=community).update(since=founded)
    return community


def _bring_in(member: Member, community: Community, steward: Member) -> None:
    """By the door this community has."""
    if community.joining == "open":
        communities.join(member=member, community=community)
    elif community.joining == "request":
        request = communities.ask_to_join(member=member, community=community, note=member.bio)
        communities.approve_request(by=steward, request=request)
    else:
        token = communities.invite(by=steward, community=community, email=member.email)
        communities.accept_invitation(member=member, token=token)


class _Telling:
    """One thread coming into being. Deeds that know no date but now get the demo's date afterwards."""

    def __init__(self, story: Story, community: Community, people: People, shelf: dict[str, Method]) -> None:
        self.story, self.community, self.people, self.shelf = story, community, people, shelf
        self.posts: dict[int, Post] = {}
        self.pictures: dict[str, Picture] = {}

    def tell(self) -> Thread:
        first, *rest = self.story.letters
        thread = self._start(first)
        for letter in rest:
            post = threads.reply(
                author=self.people[letter.by],
                thread=thread,
                body=self._clean(letter.by, letter.text),
                language=letter.language,
                reply_to=self.posts.get(letter.to or 0),
                at=letter.at,
            )
            self._afterwards(letter, post)
        self._deeds(thread)
        return thread

    def _start(self, first: Letter) -> Thread:
        keys = [section["key"] for section in _house(self.story.community)["sections"]]
        thread = threads.start_thread(
            author=self.people[first.by],
            community=self.community,
            title=self.story.title,
            body=self._clean(first.by, first.text),
            language=self.story.language,
            section=self.community.sections.all()[keys.index(self.story.section)],
            submission=uuid5(NAMESPACE_URL, f"demo:{self.story.community}:{self.story.title}"),
            at=first.at,
        )
        self._afterwards(first, thread.posts.get())
        return thread

    def _afterwards(self, letter: Letter, post: Post) -> None:
        """What happened to a post after it was written."""
        author = self.people[letter.by]
        if letter.edited:
            at, words = letter.edited
            post = threads.edit_post(
                editor=author, post=post, body=self._clean(letter.by, words), based_on=post.revision
            )
            Post.objects.filter(pk=post.pk).update(edited_at=at)
            Revision.objects.filter(post=post, number=post.revision).update(at=at)
        for kind, keys in letter.reactions.items():
            for key in keys:
                threads.react(member=self.people[key], post=post, kind=kind)
        if letter.deleted:
            threads.delete_post(by=author, post=post)
            Deletion.objects.filter(post=post).update(at=letter.at + timedelta(minutes=20))
        self.posts[letter.number] = post

    def _deeds(self, thread: Thread) -> None:
        story = self.story
        thread.refresh_from_db()
        for key, number in story.read.items():
            threads.mark_read(member=self.people[key], thread=thread, number=number)
        if story.pinned:
            threads.pin_thread(by=self.people[story.pinned["by"]], thread=thread, reason=story.pinned["reason"])
            Pin.objects.filter(thread=thread).update(at=story.letters[0].at + timedelta(minutes=5))
        if story.locked:
            threads.lock_thread(by=self.people[story.locked["by"]], thread=thread, reason=story.locked["reason"])
            Lock.objects.filter(thread=thread).update(at=story.letters[-1].at + timedelta(hours=3))
        self._manage(thread)

    def _manage(self, thread: Thread) -> None:
        last = self.story.letters[-1].at
        if slowed := self.story.slowed:
            by, reason = self.people[slowed["by"]], slowed["reason"]
            threads.slow_thread(by=by, thread=thread, minutes=slowed["minutes"], reason=reason)
            Pace.objects.filter(thread=thread).update(at=last - timedelta(hours=2))
        if concluded := self.story.concluded:
            by = self.people[concluded["by"]]
            if number := concluded.get("post"):
                threads.choose_conclusion(by=by, post=self.posts[number], based_on=0)
            else:
                threads.conclude_thread(
                    by=by, thread=thread, body=self._clean(concluded["by"], concluded["text"]), based_on=0
                )
            Conclusion.objects.filter(thread=thread).update(at=last + timedelta(hours=1))

    def _clean(self, by: str, words: str) -> text.Cleaned:
        """The demo's short forms (quote by number, mention, method, drawn picture) become what members would send."""
        words = re.sub(r'^>>(\d+) "(.+)"$', self._quote, words, flags=re.MULTILINE)
        words = re.sub(r"@([a-z]+)\b", lambda found: f"@{self.people[found[1]].username}", words)
        words = re.sub(r"^method:([a-z-]+)$", lambda found: f"/methods/{self.shelf[found[1]].pk}/", words, flags=re.M)
        words = re.sub(r"picture:([a-z]+)", lambda found: self._picture(by, found[1]), words)
        return text.clean(words, "markdown")

    def _quote(self, found: re.Match[str]) -> str:
        source = self.posts[int(found[1])]
        start = text.plain(source.html).index(found[2])
        return f">>{source.pk}.{source.revision}:{start}-{start + len(found[2])}"

    def _picture(self, by: str, name: str) -> str:
        if name not in self.pictures:
            drawn = pictures.draw(name)
            uploader = self.people[by]
            self.pictures[name] = keep_picture(uploader=uploader, file=io.BytesIO(drawn), size=len(drawn))
        return self.pictures[name].get_absolute_url()


def _house(slug: str) -> dict[str, Any]:
    return next(house for house in content.communities() if house["slug"] == slug)
