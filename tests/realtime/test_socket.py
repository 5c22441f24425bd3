"""`/ws/` end to end: a real server process, real sockets, real threads of the forum."""

import asyncio
import json
from collections.abc import Callable

import pytest
import websockets
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from accounts.models import Member
from forum import changes, text
from forum.models import Community, Membership, Thread
from forum.moderation.decisions.actions import decide
from forum.moderation.subjects import subject_of
from forum.threads import actions
from tests.cast import person
from tests.realtime.served import Served, hear, hear_of, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@sync_to_async
def reply(author: Member, thread: Thread, words: str) -> int:
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown")).pk


async def follow(page, thread: Thread, since: int | None = None) -> str:
    """From the head on, unless said otherwise."""
    stream = f"thread:{thread.pk}"
    since = await sync_to_async(changes.head_of)(stream) if since is None else since
    await say(page, type="follow", stream=stream, since=since)
    return stream


async def test_the_server_speaks_when_spoken_to(served: Served) -> None:
    async with served.socket() as page:
        with pytest.raises(TimeoutError):
            await hear(page, 1.5)
        await say(page, type="ping")
        assert await hear(page) == {"type": "pong"}


async def test_a_made_up_address_is_no_fault_of_the_server(served: Served) -> None:
    async with served.socket(language="en" + "&a" * 2_000) as page:
        await say(page, type="ping")
        assert await hear(page) == {"type": "pong"}


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost:1",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "null",
        "http://x:y",
        None,
    ],
)
async def test_another_origin_is_refused(served: Served, origin: str | None) -> None:
    origin = origin and origin.format(port=served.port)
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with served.socket(origin=origin):
            pass
    assert refused.value.response.status_code in {400, 403}


async def test_another_address_is_refused(served: Served) -> None:
    with pytest.raises(websockets.InvalidStatus):
        async with websockets.connect(f"ws://127.0.0.1:{served.port}/elsewhere/", origin=served.origin):
            pass


@pytest.mark.parametrize(
    "said",
    [
        "", "nonsense", "[]", "7", "null", '{"type":7}', '{"type":"join"}', "{}", "[" * 5000,
        '{"type":"follow"}', '{"type":"follow","stream":"box:1"}', '{"type":"follow","stream":7,"since":0}',
        '{"type":"follow","stream":"box:1","since":-1}', '{"type":"follow","stream":"box:1","since":true}',
        '{"type":"follow","stream":"box:1","since":"1"}', '{"type":"follow","stream":"box:1","since":1e3}',
        '{"type":"follow","stream":"box:1","since":99999999999999999999}',
        '{"type":"follow","stream":"\\ud800:1","since":1}',
        '{"type":"follow","stream":"' + "b" * 200 + ':1","since":1}', b"\x00\x01",
    ],
)  # fmt: skip
async def test_nonsense_is_answered_clearly(served: Served, said: str | bytes) -> None:
    async with served.socket() as page:
        await page.send(said)
        answer = await hear(page)
        assert answer["type"] == "error"
        assert answer["reason"]
        await say(page, type="ping")
        assert await hear(page) == {"type": "pong"}, "and life goes on"


async def test_a_frame_too_large_closes_with_1009(served: Served) -> None:
    async with served.socket() as page:
        await page.send(json.dumps({"type": "ping", "x": "y" * 64_000}))
        assert await hear(page) == {"type": "pong"}
        await page.send("x" * (64 * 1024 + 1))
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            await hear(page)
        assert closed.value.rcvd.code == 1009


async def test_too_many_messages_and_follows(served: Served) -> None:
    async with served.socket() as page:
        for _ in range(60):
            await say(page, type="ping")
        said = [await hear(page) for _ in range(41)]
        assert "too many messages" in said[-1]["reason"]
        for _ in range(300):
            await say(page, type="ping")
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            while True:
                await hear(page)
        assert closed.value.rcvd.code == 1008


async def test_changes_arrive(served: Served, author: Member, open_house: Community, thread_in: Callable) -> None:
    thread = await sync_to_async(thread_in)(open_house)
    since = await sync_to_async(changes.head_of)(f"thread:{thread.pk}")
    async with served.socket() as page:
        stream = await follow(page, thread, since)
        assert await hear(page) == {"type": "followed", "stream": stream, "head": since}
        pk = await reply(author, thread, "Coffee **again**.")
        news = await hear_of(page, "changes")
        assert (news["stream"], news["since"], news["head"], news["gap"]) == (stream, since, since + 1, False)
        (change,) = news["changes"]
        assert (change["n"], change["kind"], change["id"]) == (since + 1, "post.published", f"post-{pk}")
        assert "<strong>again</strong>" in change["html"]
        with served.client() as browser:
            asked = browser.get(
                "/changes/", params={"stream": stream, "since": since}, headers={"accept-language": "en"}
            )
        assert asked.json() == {key: value for key, value in news.items() if key != "type"}, "one truth, two messengers"


async def test_what_was_missed_comes_at_once(
    served: Served, author: Member, open_house: Community, thread_in: Callable
) -> None:
    thread = await sync_to_async(thread_in)(open_house, posts=4)
    head = await sync_to_async(changes.head_of)(f"thread:{thread.pk}")
    async with served.socket(language="pl") as page:
        await follow(page, thread, head - 2)
        assert (await hear(page))["head"] == head
        news = await hear(page)
        assert [change["n"] for change in news["changes"]] == [head - 1, head]
        await follow(page, thread, head + 9)
        assert (await hear(page))["type"] == "followed"
        assert (await hear(page))["gap"] is True


async def test_closed_and_absent_are_alike(
    served: Served, outsider: Member, author: Member, closed_house: Community, thread_in: Callable, session_of: Callable
) -> None:
    thread = await sync_to_async(thread_in)(closed_house)
    session = await sync_to_async(session_of)(outsider)
    for cookie in ("", session, "nonsense"):
        async with served.socket(cookie) as page:
            for stream in (
                f"thread:{thread.pk}",
                "thread:99999999",
                f"community:{closed_house.pk}",
                f"member:{author.pk}",
            ):
                await say(page, type="follow", stream=stream, since=0)
                assert await hear(page) == {"type": "denied", "stream": stream}
    async with served.socket(await sync_to_async(session_of)(author)) as page:
        stream = await follow(page, thread)
        assert (await hear(page))["type"] == "followed"
        await reply(author, thread, "Between us.")
        assert (await hear_of(page, "changes"))["stream"] == stream


async def test_losing_membership_silences_at_once(
    served: Served,
    author: Member,
    neighbour: Member,
    closed_house: Community,
    thread_in: Callable,
    session_of: Callable,
) -> None:
    thread = await sync_to_async(thread_in)(closed_house)
    stays = await sync_to_async(session_of)(author)
    leaves = await sync_to_async(session_of)(neighbour)
    async with served.socket(stays) as inside, served.socket(leaves) as outside:
        for page in (inside, outside):
            await follow(page, thread)
            await hear_of(page, "followed")
        await Membership.objects.filter(member=neighbour).adelete()
        await reply(author, thread, "Now we are alone.")
        assert "alone" in (await hear_of(inside, "changes"))["changes"][0]["html"]
        assert (await hear_of(outside, "denied"))["stream"] == f"thread:{thread.pk}"
        await reply(author, thread, "Quite alone.")
        await hear_of(inside, "changes")
        with pytest.raises(TimeoutError):
            await hear(outside, 1.5)


@pytest.mark.parametrize("how", ["suspended", "signed out", "expired", "new password"])
async def test_who_is_no_longer_signed_in_is_gone_in_two_seconds(
    served: Served, author: Member, closed_house: Community, thread_in: Callable, session_of: Callable, how: str
) -> None:
    thread = await sync_to_async(thread_in)(closed_house)
    session = await sync_to_async(session_of)(author)
    async with served.socket(session) as page, served.socket() as visitor:
        await follow(page, thread)
        await hear_of(page, "followed")
        if how == "suspended":
            by, about = await sync_to_async(person)("administrator", is_staff=True), subject_of("person", author)
            await sync_to_async(decide)(by=by, about=about, act="suspend", law="Law.")
        elif how == "signed out":
            await Session.objects.filter(session_key=session).adelete()
        elif how == "expired":
            await Session.objects.filter(session_key=session).aupdate(expire_date="2020-01-01T00:00Z")
        else:
            await Member.objects.filter(pk=author.pk).aupdate(password="another")
        with pytest.raises(websockets.ConnectionClosedError) as closed:
            async with asyncio.timeout(2):
                while True:
                    await hear(page)
        assert closed.value.rcvd.code == 4401
        await say(visitor, type="ping")
        assert await hear(visitor) == {"type": "pong"}


async def test_unfollowing(served: Served, author: Member, open_house: Community, thread_in: Callable) -> None:
    thread = await sync_to_async(thread_in)(open_house)
    async with served.socket() as page:
        stream = await follow(page, thread)
        await hear_of(page, "followed")
        await say(page, type="unfollow", stream=stream)
        await reply(author, thread, "Unheard.")
        with pytest.raises(TimeoutError):
            await hear(page, 1.5)
