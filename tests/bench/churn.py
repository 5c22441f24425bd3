"""Fifty open pages, half on a closed thread, while people write ten posts a second and lines break at random.

    python -m tests.bench.churn            50 pages, 500 posts, five cuts each
    python -m tests.bench.churn --small    8 pages, 40 posts, two cuts each

Every page must end with every post, once, in order.
"""

import asyncio
import random
import sys
from typing import Any

import httpx

from tests.bench.world import Server, World, build, own_folder


async def run(server: Server, world: World, pages: int, posts: int, cuts: int, a_second: float = 10) -> dict[str, Any]:
    from asgiref.sync import sync_to_async

    from forum import changes
    from tests.bench.page import Page

    threads = (world.open_thread, world.closed_thread)
    heads = [await sync_to_async(changes.head_of)(f"thread:{thread}") for thread in threads]
    open_pages = [Page(server.url, threads[0], heads[0]) for _ in range(pages - pages // 2)]
    closed_pages = [Page(server.url, threads[1], heads[1], cookie) for cookie in world.cookies[: pages // 2]]
    crowd = open_pages + closed_pages
    lives = [asyncio.create_task(page.live()) for page in crowd]
    while not all(page.line for page in crowd):
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    committed: dict[int, dict[int, float]] = {thread: {} for thread in threads}
    cutting = asyncio.create_task(cut_all(crowd, cuts, posts / a_second))
    async with httpx.AsyncClient(timeout=60) as client:
        loop = asyncio.get_running_loop()
        began = loop.time()

        async def write(index: int) -> None:
            await asyncio.sleep(max(0.0, began + index / a_second - loop.time()))
            thread = threads[index % 2]
            answer = (await client.post(f"{server.url}/bench/put/{thread}/", content=f"Word {index}.")).json()
            committed[thread][answer["number"]] = answer["at"]

        await asyncio.gather(*(write(index) for index in range(posts)))
    took = loop.time() - began
    await cutting
    expected = {page: sorted(committed[int(page.stream.split(":")[1])]) for page in crowd}
    for _ in range(600):
        if all(len(page.shown) >= len(expected[page]) for page in crowd):
            break
        await asyncio.sleep(0.1)
    for life in lives:
        if life.done():
            life.result()  # a page that gave up says why
        life.cancel()
    times = sorted(
        max(0.0, page.times[number] - at)
        for page in crowd
        for number, at in committed[int(page.stream.split(":")[1])].items()
        if number in page.times and page.was_connected(at)
    )
    return {
        "pages": pages,
        "posts": posts,
        "posts a second": posts / took,
        "cuts": sum(len(page.cuts) for page in crowd),
        "fetches": sum(page.fetches for page in crowd),
        "missing": sum(len(set(expected[page]) - set(page.shown)) for page in crowd),
        "doubled": sum(len(page.shown) - len(set(page.shown)) for page in crowd),
        "out of order": sum(page.shown != sorted(page.shown) for page in crowd),
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "measured": len(times),
    }


async def cut_all(crowd: list[Any], cuts: int, seconds: float) -> None:
    async def cut(page: Any) -> None:
        for _ in range(cuts):
            await asyncio.sleep(random.uniform(0.2, 1.8) * seconds / (cuts + 1))
            while not page.cut():
                await asyncio.sleep(0.1)

    await asyncio.gather(*(cut(page) for page in crowd))


def main(small: bool = False) -> dict[str, Any]:
    pages, posts, cuts = (8, 40, 2) if small else (50, 500, 5)
    with own_folder():
        world = build(members=pages // 2)
        with Server("ours") as server:
            result = asyncio.run(run(server, world, pages, posts, cuts))
    print("churn:", ", ".join(f"{key} {round(value, 3)}" for key, value in result.items()), flush=True)
    return result


if __name__ == "__main__":
    main("--small" in sys.argv)
