"""What moving, splitting and merging do to the pages that are open: as in equality.py."""

from typing import Any

from forum.models import Membership, MoveRequest
from forum.threads import actions
from forum.threads.moving import actions as moving
from forum.threads.moving.asking import digest, words_of
from tests.browser.equality import INSIDE, Case, Stage, start, words


def split(stage: Stage, *numbers: int, **more: Any) -> None:
    posts = [stage.post(number).pk for number in numbers or (2, 3)]
    said = {"title": "Of <lamps>", "reason": "Another <matter>."} | more
    moving.split_thread(by=stage.moderator, thread=stage.thread, posts=posts, **said)


def another(stage: Stage) -> None:
    stage.kept["other"] = start(stage, "Lamps")


def split_into(stage: Stage) -> None:
    split(stage, 1, into=stage.kept["other"])


def merge(stage: Stage) -> None:
    moving.merge_thread(by=stage.moderator, thread=stage.thread, into=stage.kept["other"], reason="The same.")


def merge_here(stage: Stage) -> None:
    moving.merge_thread(by=stage.moderator, thread=stage.kept["other"], into=stage.thread, reason="The same.")


def quoted(stage: Stage) -> None:
    """The page quotes a post that will stand at another number."""
    another(stage)
    source = f">>{stage.post(3).pk}.1\n\nAs was said."
    stage.kept["quoting"] = actions.reply(author=stage.neighbour, thread=stage.kept["other"], body=words(source))
    stage.kept["split"], stage.thread = stage.thread, stage.kept["other"]


def split_the_quoted(stage: Stage) -> None:
    posts = [stage.kept["split"].posts.get(number=3).pk]
    moving.split_thread(by=stage.moderator, thread=stage.kept["split"], posts=posts, title="New")


def to_section(stage: Stage) -> None:
    section = stage.house.sections.first()
    moving.move_thread(by=stage.moderator, thread=stage.thread, community=stage.house, section=section)


def next_door(stage: Stage) -> None:
    """Another community of everybody's, with the same people in it."""
    house = type(stage.house).objects.create(
        slug="next-door", names={"en": "Next <door>"}, audience="anyone", joining="open"
    )
    for row in Membership.objects.filter(community=stage.house):
        Membership.objects.create(community=house, member=row.member, role=row.role)
    stage.kept["door"] = house


def to_next_door(stage: Stage) -> Any:
    return moving.move_thread(by=stage.moderator, thread=stage.thread, community=stage.kept["door"])


def asked(stage: Stage) -> None:
    next_door(stage)
    stage.kept["asked"] = to_next_door(stage)
    assert isinstance(stage.kept["asked"], MoveRequest)


def say_yes(stage: Stage) -> None:
    request = stage.kept["asked"]
    seen = digest(words_of(request, stage.author))
    moving.answer(by=stage.author, request=request, is_yes=True, seen=seen)


def asked_of_two(stage: Stage) -> None:
    actions.reply(author=stage.neighbour, thread=stage.thread, body=words("Not elsewhere."))
    asked(stage)
    say_yes(stage)


def move_now(stage: Stage) -> None:
    moving.move_consented(by=stage.moderator, request=stage.kept["asked"])


def take_back(stage: Stage) -> None:
    moving.withdraw_move(by=stage.moderator, request=stage.kept["asked"])


CLOSED: dict[str, Any] = {"house": "closed_house"}
ON_MOVING = [
    Case("split_thread", "thread", split, posts=24),
    Case("split_thread:its beginning goes, into a thread there is", "thread", split_into, prepare=another),
    Case("split_thread:quoted on another page", "thread", split_the_quoted, prepare=quoted, posts=4),
    Case("split_thread:seen in the list", "list", split),
    Case("merge_thread", "thread", merge, prepare=another),
    Case("merge_thread:into this one", "thread", merge_here, prepare=another),
    Case("merge_thread:seen in the list", "list", merge, prepare=another),
    Case("move_thread:to a section", "thread", to_section),
    Case("move_thread", "thread", to_next_door, prepare=next_door),
    Case("move_thread:seen in the list", "list", to_next_door, prepare=next_door),
    Case("move_thread:its authors are asked", "thread", to_next_door, ("moderator",), prepare=next_door, **CLOSED),
    Case("answer:the last yes", "thread", say_yes, INSIDE, prepare=asked, **CLOSED),
    Case("move_consented", "thread", move_now, INSIDE, prepare=asked_of_two, **CLOSED),
    Case("withdraw_move", "thread", take_back, ("moderator",), prepare=asked, **CLOSED),
]
