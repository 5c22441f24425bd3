"""What every action does to the pages that are open: (verb, page, who looks, the deed), for test_equality.py.

`prepare` comes before the page is opened, `act` after; both get the stage. Every viewer's page must change.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forum import log, text
from forum.communities import actions as communities
from forum.communities.models import Community, JoinRequest, Role
from forum.moderation.decisions import actions as decisions
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.subjects import subject_of
from forum.threads import actions, moderating
from forum.threads.models import Lock, Post, Thread

EVERYBODY = ("visitor", "neighbour", "author", "moderator")
INSIDE = ("neighbour", "author", "moderator")
HOUSEHOLD = ("visitor", "outsider", "neighbour", "steward")


@dataclass
class Stage:
    house: Community
    thread: Thread
    people: dict[str, Member]
    kept: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Member:
        return self.people[name]

    def post(self, number: int) -> Post:
        return Post.objects.get(thread=self.thread, number=number)


@dataclass
class Case:
    name: str
    page: str
    act: Callable[[Stage], object]
    viewers: tuple[str, ...] = EVERYBODY
    posts: int = 3
    house: str = "open_house"
    prepare: Callable[[Stage], object] = lambda stage: None

    @property
    def verb(self) -> str:
        return self.name.split(":")[0]


def words(source: str) -> text.Cleaned:
    return text.clean(source, "markdown")


def reply(stage: Stage, source: str = "I can bring two **benches**.", **more: Any) -> Post:
    return actions.reply(author=stage.neighbour, thread=stage.thread, body=words(source), **more)


def rich_reply(stage: Stage) -> Post:
    first = stage.post(1)
    return reply(stage, f">>{first.pk}.1\n\nYes, @author, and a <lamp>.", reply_to=first)


def quote_first(stage: Stage) -> None:
    reply(stage, f">>{stage.post(1).pk}.1\n\nJust so.")
    reply(stage, "And something else.")


def quote_elsewhere(stage: Stage) -> None:
    """This page quotes a post of another thread."""
    stage.kept["other"] = start(stage)
    reply(stage, f">>{stage.kept['other'].posts.get().pk}.1\n\nAs was said.")


def delete_elsewhere(stage: Stage) -> None:
    actions.delete_post(by=stage.neighbour, post=stage.kept["other"].posts.get())


def opened(stage: Stage) -> None:
    """What was written so far stays with the members."""
    Community.objects.filter(pk=stage.house.pk).update(audience="anyone", joining="open")
    stage.house.refresh_from_db()


def edit(stage: Stage, number: int = 2) -> Post:
    post = stage.post(number)
    return actions.edit_post(editor=stage.author, post=post, body=words("Another word."), based_on=post.revision)


def delete(stage: Stage, number: int = 2) -> None:
    actions.delete_post(by=stage.author, post=stage.post(number))


def retitle(stage: Stage) -> Thread:
    section = stage.house.sections.first()
    return actions.retitle_thread(
        by=stage.author, thread=stage.thread, title="Was uns die <Siedlung> gab", section=section, language="de"
    )


def retitle_anothers(stage: Stage) -> None:
    said = {"title": "Found <so>", "section": None, "language": "en", "reason": "Found so."}
    actions.retitle_thread(by=stage.moderator, thread=stage.thread, **said)


def start(stage: Stage, title: str = "Tables for the celebration") -> Thread:
    section = stage.house.sections.first()
    body = words("We need twelve.")
    return actions.start_thread(
        author=stage.neighbour, community=stage.house, title=title, body=body, language="en", section=section
    )


def start_many(stage: Stage) -> None:
    for number in range(29):
        start(stage, f"Table {number}")


def react(stage: Stage, kind: str = "thanks") -> None:
    actions.react(member=stage.steward, post=stage.post(2), kind=kind)


def unreact(stage: Stage) -> None:
    actions.unreact(member=stage.steward, post=stage.post(2))


def lock(stage: Stage) -> None:
    actions.lock_thread(by=stage.moderator, thread=stage.thread, reason="Everything is said.")


def unlock(stage: Stage) -> None:
    actions.unlock_thread(by=stage.moderator, thread=stage.thread)


def pin(stage: Stage) -> None:
    actions.pin_thread(by=stage.moderator, thread=stage.thread)


def unpin(stage: Stage) -> None:
    actions.unpin_thread(by=stage.moderator, thread=stage.thread)


def hide(stage: Stage, number: int = 2, **more: Any) -> None:
    actions.hide_post(post=stage.post(number), by=stage.moderator, reason="Clause 3.", **more)


def fold(stage: Stage) -> None:
    hide(stage, how="folded")


def show(stage: Stage, number: int = 2) -> None:
    actions.show_post(post=stage.post(number), by=stage.moderator)


def hide_thread(stage: Stage) -> None:
    actions.hide_thread(thread=stage.thread, by=stage.moderator, reason="Clause 3.")


def show_thread(stage: Stage) -> None:
    actions.show_thread(thread=stage.thread, by=stage.moderator)


def hide_elsewhere(stage: Stage) -> None:
    actions.hide_thread(thread=stage.kept["other"], by=stage.moderator, reason="Clause 3.")


def pin_in_section(stage: Stage) -> None:
    sectioned(stage)
    actions.pin_thread(by=stage.moderator, thread=stage.thread, reason="New here?", scope="section")


def sectioned(stage: Stage) -> None:
    section = stage.house.sections.first()
    actions.put_in_section(by=stage.moderator, thread=stage.thread, section=section, reason="It is <here>.")


def slow(stage: Stage) -> None:
    actions.slow_thread(by=stage.moderator, thread=stage.thread, minutes=1440, reason="One <day> each.")


def unslow(stage: Stage) -> None:
    actions.unslow_thread(by=stage.moderator, thread=stage.thread)


def lock_for_a_while(stage: Stage) -> None:
    until = timezone.now() + timedelta(hours=3)
    actions.lock_thread(by=stage.moderator, thread=stage.thread, reason="Sleep.", until=until)


def end_lock(stage: Stage) -> None:
    Lock.objects.update(until=timezone.now())
    moderating.end_lock(thread=stage.thread)


def conclude(stage: Stage) -> None:
    said = words("We meet on **Friday**, @neighbour.")
    actions.conclude_thread(by=stage.author, thread=stage.thread, body=said, based_on=0)


def choose(stage: Stage) -> None:
    actions.choose_conclusion(by=stage.moderator, post=stage.post(2), based_on=0)


def unconclude(stage: Stage) -> None:
    actions.unconclude_thread(by=stage.moderator, thread=stage.thread)


def undo(stage: Stage) -> None:
    log.undo(entry=log.LogEntry.objects.latest("pk"), by=stage.moderator)


ON_THREADS = [
    Case("reply", "thread", reply),
    Case("reply:quotes, mentions and answers", "thread", rich_reply),
    Case("reply:the page's last", "thread", reply, posts=19),
    Case("reply:the page is full", "thread", reply, posts=20),
    Case("reply:on the second page", "thread?from=21", reply, posts=21),
    Case("reply:in a closed community", "thread", reply, viewers=INSIDE, house="closed_house"),
    Case("reply:seen in the list", "list", reply),
    Case("reply:seen in a members' list", "list", reply, viewers=INSIDE, house="closed_house"),
    Case("reply:members' thread, open community", "list", reply, viewers=INSIDE, house="closed_house", prepare=opened),
    Case("edit_post", "thread", edit),
    Case("edit_post:in a closed community", "thread", edit, viewers=INSIDE, house="closed_house"),
    Case("delete_post", "thread", delete),
    Case("delete_post:quoted on this page", "thread", lambda s: delete(s, 1), prepare=quote_first),
    Case("delete_post:quoted from elsewhere", "thread", delete_elsewhere, prepare=quote_elsewhere),
    Case("hide_post", "thread", hide),
    Case("hide_post:folded", "thread", fold),
    Case("hide_post:quoted on this page", "thread", lambda s: hide(s, 1), prepare=quote_first),
    Case("show_post", "thread", show, prepare=hide),
    Case("hide_thread", "thread", hide_thread, viewers=("moderator",)),
    Case("hide_thread:seen in the list", "list", hide_thread, viewers=("visitor", "moderator")),
    Case("hide_thread:quoted from elsewhere", "thread", hide_elsewhere, prepare=quote_elsewhere),
    Case("show_thread", "thread", show_thread, viewers=("moderator",), prepare=hide_thread),
    Case("show_thread:seen in the list", "list", show_thread, viewers=("visitor",), prepare=hide_thread),
    Case("react", "thread", react),
    Case("react:another kind", "thread", lambda s: react(s, "agree"), prepare=react),
    Case("react:one's own, on another page", "thread", react, viewers=("steward",)),
    Case("unreact:one's own, on another page", "thread", unreact, viewers=("steward",), prepare=react),
    Case("unreact", "thread", unreact, prepare=react),
    Case("retitle_thread", "thread", retitle),
    Case("retitle_thread:seen in the list", "list", retitle),
    Case("lock_thread", "thread", lock),
    Case("lock_thread:seen in the list", "list", lock),
    Case("unlock_thread", "thread", unlock, prepare=lock),
    Case("unlock_thread:seen in the list", "list", unlock, prepare=lock),
    Case("pin_thread", "thread", pin),
    Case("pin_thread:seen in the list", "list", pin, prepare=start),
    Case("unpin_thread", "thread", unpin, prepare=pin),
    Case("unpin_thread:seen in the list", "list", unpin, prepare=lambda s: (pin(s), start(s))),
    Case("pin_thread:in its section, with a reason", "thread", pin_in_section),
    Case("lock_thread:for a while", "thread", lock_for_a_while),
    Case("unlock_thread:by itself", "thread", end_lock, prepare=lock_for_a_while),
    Case("lock_thread:undone", "thread", undo, prepare=lock),
    Case("put_in_section", "thread", sectioned),
    Case("put_in_section:seen in the list", "list", sectioned),
    Case("put_in_section:undone", "thread", undo, prepare=sectioned),
    Case("retitle_thread:by a moderator", "thread", retitle_anothers),
    Case("slow_thread", "thread", slow),
    Case("unslow_thread", "thread", unslow, prepare=slow),
    Case("reply:in slow mode, on another page", "thread", reply, viewers=("neighbour",), prepare=slow),
    Case("conclude_thread", "thread", conclude),
    Case("conclude_thread:on the second page", "thread?from=21", conclude, posts=21),
    Case("unconclude_thread", "thread", unconclude, prepare=conclude),
    Case("choose_conclusion", "thread", choose),
    Case("edit_post:it is the conclusion", "thread", edit, prepare=choose),
    Case("delete_post:it is the conclusion", "thread", delete, prepare=choose),
    Case("start_thread", "list", start),
    Case("start_thread:the list is full", "list", start, viewers=("visitor", "author"), prepare=start_many),
]


def change_settings(stage: Stage) -> None:
    house = stage.house
    names, described = {"en": "The new house", "pl": "Nowy dom"}, {"en": "With a <garden>."}
    communities.change_settings(
        by=stage.steward,
        community=house,
        names=names,
        descriptions=described,
        welcomes={},
        audience=house.audience,
        joining="request",
        accent=house.accent,
        in_directory=True,
    )


def rename(stage: Stage) -> None:
    communities.rename_community(
        by=stage.steward, community=stage.house, slug="our-house", names={"en": "Our house", "pl": "Nasz dom"}
    )


def close(stage: Stage) -> None:
    communities.close_community(by=stage.steward, community=stage.house, reason="The project ended.")


def reopen(stage: Stage) -> None:
    communities.reopen_community(by=stage.steward, community=stage.house)


def add_section(stage: Stage) -> None:
    communities.add_section(by=stage.steward, community=stage.house, names={"en": "Garden", "pl": "Ogród"})


def section(verb: str, **more: Any) -> Callable[[Stage], None]:
    return lambda s: getattr(communities, verb)(by=s.steward, section=s.house.sections.first(), **more)


def join(stage: Stage) -> None:
    communities.join(member=stage.outsider, community=stage.house)


def leave(stage: Stage) -> None:
    communities.leave(member=stage.neighbour, community=stage.house)


def remove(stage: Stage) -> None:
    communities.remove_member(by=stage.steward, community=stage.house, member=stage.author, reason="Asked twice.")


def promote(stage: Stage) -> None:
    communities.change_role(by=stage.steward, community=stage.house, member=stage.neighbour, role=Role.MODERATOR)


def ask(stage: Stage) -> JoinRequest:
    return communities.ask_to_join(member=stage.outsider, community=stage.house, note="I live <here>.")


def asked(stage: Stage) -> None:
    """An open house one asks to come into, and the outsider has asked."""
    Community.objects.filter(pk=stage.house.pk).update(joining="request")
    stage.house.refresh_from_db()
    stage.kept["request"] = ask(stage)


def answer(verb: str) -> Callable[[Stage], None]:
    return lambda s: getattr(communities, verb)(by=s.steward, request=s.kept["request"])


def withdraw(stage: Stage) -> None:
    communities.withdraw_request(member=stage.outsider, request=stage.kept["request"])


def by_request(stage: Stage) -> None:
    Community.objects.filter(pk=stage.house.pk).update(joining="request")
    stage.house.refresh_from_db()


def invited(stage: Stage) -> None:
    from allauth.account.models import EmailAddress

    address = stage.outsider.email
    EmailAddress.objects.create(user=stage.outsider, email=address, verified=True, primary=True)
    stage.kept["token"] = communities.invite(by=stage.steward, community=stage.house, email=address)


def accept(stage: Stage) -> None:
    communities.accept_invitation(member=stage.outsider, token=stage.kept["token"])


def found(stage: Stage) -> None:
    Member.objects.filter(pk=stage.moderator.pk).update(is_staff=True)
    stage.moderator.refresh_from_db()
    communities.create_community(
        by=stage.moderator,
        slug="next-door",
        names={"en": "Next door"},
        audience="anyone",
        joining="open",
        steward=stage.outsider,
    )


SOME = ("outsider", "steward")
ON_COMMUNITIES = [
    Case("change_settings", "list", change_settings, HOUSEHOLD),
    Case("change_settings:on a thread", "thread", change_settings, HOUSEHOLD),
    Case("rename_community", "list", rename, HOUSEHOLD),
    Case("rename_community:on a thread", "thread", rename, HOUSEHOLD),
    Case("close_community", "list", close, HOUSEHOLD),
    Case("close_community:on a thread", "thread", close, HOUSEHOLD),
    Case("reopen_community", "list", reopen, HOUSEHOLD, prepare=close),
    Case("reopen_community:on a thread", "thread", reopen, HOUSEHOLD, prepare=close),
    Case("add_section", "list", add_section, SOME),
    Case("change_section", "list", section("change_section", names={"en": "Ways"}), SOME, prepare=retitle),
    Case("move_section", "list", section("move_section", up=False), SOME, prepare=add_section),
    Case("remove_section", "list", section("remove_section"), SOME, prepare=retitle),
    Case("join", "list", join, HOUSEHOLD),
    Case("join:seen among the members", "members", join, SOME),
    Case("join:on a thread", "thread", join, ("outsider",)),
    Case("join:seen in the directory", "directory", join, ("outsider",)),
    Case("join:seen at home", "home", join, ("outsider",)),
    Case("leave", "list", leave, HOUSEHOLD),
    Case("leave:seen among the members", "members", leave, ("author", "steward")),
    Case("leave:counted under the composer", "thread", leave, ("author", "steward"), house="closed_house"),
    Case("remove_member", "members", remove, ("neighbour", "steward")),
    Case("remove_member:on a thread", "thread", remove, ("author",)),
    Case("change_role", "list", promote, ("neighbour",)),
    Case("change_role:on a thread", "thread", promote, ("neighbour",)),
    Case("change_role:seen among the members", "members", promote, ("author", "steward")),
    Case("ask_to_join", "list", ask, SOME, prepare=by_request),
    Case("ask_to_join:seen in the queue", "requests", ask, ("steward",), prepare=by_request),
    Case("withdraw_request", "list", withdraw, SOME, prepare=asked),
    Case("withdraw_request:seen in the queue", "requests", withdraw, ("steward",), prepare=asked),
    Case("approve_request", "list", answer("approve_request"), SOME, prepare=asked),
    Case("decline_request", "list", answer("decline_request"), SOME, prepare=asked),
    Case("decline_request:seen in the queue", "requests", answer("decline_request"), ("steward",), prepare=asked),
    Case("accept_invitation", "members", accept, ("steward",), house="invited_house", prepare=invited),
    Case("create_community", "directory", found, ("outsider",)),
]


def pause(stage: Stage) -> None:
    about = subject_of("post", Post.objects.select_related("thread__community", "author").get(pk=stage.post(1).pk))
    clause = clauses_in_force(stage.house)[0]
    until = timezone.now() + timedelta(days=7)
    made = decisions.decide(by=stage.moderator, about=about, act="pause", clause=clause, until=until)
    stage.kept["decision"] = made


def lift(stage: Stage) -> None:
    decisions.reverse(decision=stage.kept["decision"], by=stage.moderator, reason="A mistake.")


ON_DECISIONS = [
    Case("decide:a pause", "thread", pause, ("author",)),
    Case("reverse:of a pause", "thread", lift, ("author",), prepare=pause),
]

#: What no open page has to learn of.
UNSEEN = {
    "mark_read": "how far somebody has read is nobody else's business",
    "invite": "no page but the one that sends it shows an invitation",
    "withdraw_invitation": "as inviting",
    "name_thread": "records what retitle_thread does; methods call it when their title changes",
}
