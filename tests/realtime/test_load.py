"""The benches of tests/bench, scaled down: what must hold at any size holds here."""

from collections.abc import Iterator

import pytest

from tests.bench import churn, sockets
from tests.bench.world import Server, World, build
from tests.realtime.served import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture
def world(transactional_db: None) -> World:
    return build(members=4)


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    with Server("ours", DATABASE_URL=database_url(), DJANGO_SETTINGS_MODULE="tests.serving") as started:
        yield started


async def test_lines_break_and_nothing_is_lost(server: Server, world: World) -> None:
    result = await churn.run(server, world, pages=8, posts=40, cuts=2)
    assert {name: result[name] for name in ("missing", "doubled", "out of order")} == {
        "missing": 0,
        "doubled": 0,
        "out of order": 0,
    }
    assert result["cuts"] > 0


async def test_readers_who_stall_harm_nobody(server: Server, world: World) -> None:
    result = await sockets.stalled(server, world.open_thread, quick=10, slow=3, changes=80, warm=0)
    assert result["undelivered"] == 0
    assert result["told to catch up"] == 3
