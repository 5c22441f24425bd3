"""What it costs to bring one change to everybody who has the thread open: ours beside the tutorials' pattern.

    python -m tests.bench.sockets          100 and 1,000 readers of one thread, and ten of them stalled
    python -m tests.bench.sockets --small  a tenth of it

CPU is the server process's, beyond writing the same posts and rendering each once with nobody reading, divided by
what was delivered.
"""

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import Any

import httpx

from tests.bench.world import Server, World, build, own_folder

WORDS = "We carried the benches out and the neighbours brought soup. " * 12
LONG = "We carried the benches out and the neighbours brought soup. " * 450
MEGABYTE = 1_000_000


@dataclass
class Outcome:
    readers: int
    cpu: float  # seconds a delivered change
    whole: float  # the same with the writing
    p99: float
    undelivered: float


async def post(client: httpx.AsyncClient, server: Server, thread: int, words: str) -> tuple[int, float]:
    answer = (await client.post(f"{server.url}/bench/put/{thread}/", content=words, timeout=60)).json()
    return answer["number"], answer["at"]


async def writing_alone(server: Server, thread: int, changes: int, pause: float) -> float:
    """Seconds of CPU for one change that nobody reads."""
    async with httpx.AsyncClient() as client:
        for _ in range(10):
            await post(client, server, thread, WORDS)
        before = server.cpu()
        for _ in range(changes):
            await post(client, server, thread, WORDS)
            await asyncio.sleep(pause)
        return (server.cpu() - before) / changes


async def deliver(server: Server, thread: int, readers: int, changes: int, pause: float, alone: float) -> Outcome:
    from tests.bench.reader import Reader

    crowd: list[Any] = []
    for start in range(0, readers, 50):
        many = range(min(50, readers - start))
        crowd += await asyncio.gather(*(Reader.follow(server.port, f"thread:{thread}", HEAD) for _ in many))
    await asyncio.sleep(2)
    committed: dict[int, float] = {}
    async with httpx.AsyncClient() as client:
        await post(client, server, thread, WORDS)
        await asyncio.sleep(1)
        before = server.cpu()
        for _ in range(changes):
            number, at = await post(client, server, thread, WORDS)
            committed[number] = at
            await asyncio.sleep(pause)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and any(not committed.keys() <= reader.arrived.keys() for reader in crowd):
            await asyncio.sleep(0.2)
        spent = server.cpu() - before
    times = sorted(
        max(0.0, reader.arrived[number] - at)
        for reader in crowd
        for number, at in committed.items()
        if number in reader.arrived
    )
    for reader in crowd:
        reader.transport.abort()
    await asyncio.sleep(1)
    expected = readers * changes
    return Outcome(
        readers,
        cpu=max(0.0, spent - alone * changes) / max(1, len(times)),
        whole=spent / max(1, len(times)),
        p99=times[int(len(times) * 0.99)] if times else float("inf"),
        undelivered=1 - len(times) / expected,
    )


HEAD = 10**9  # "from now on": a page from the future gets a gap and then what is new


async def stalled(
    server: Server, thread: int, quick: int, slow: int, changes: int, warm: int = 300
) -> dict[str, float]:
    """`slow` readers read nothing at all while `changes` long posts come: far more than a megabyte."""
    from tests.bench.reader import Reader

    stream = f"thread:{thread}"
    crowd = [await Reader.follow(server.port, stream, HEAD) for _ in range(quick)]
    async with httpx.AsyncClient() as client:
        for _ in range(warm):  # the heap and the database's caches grow to their size
            await post(client, server, thread, LONG)
        control = server.memory()
        for _ in range(warm):
            await post(client, server, thread, LONG)
        control = server.memory() - control
        before = server.memory()
        idle = [await Reader.follow(server.port, stream, HEAD, buffer=32768) for _ in range(slow)]
        for reader in idle:
            reader.transport.pause_reading()
        committed = dict([await post(client, server, thread, LONG) for _ in range(changes)])
        for _ in range(600):  # delivered to those who read, so offered to those who do not
            if all(committed.keys() <= reader.arrived.keys() for reader in crowd):
                break
            await asyncio.sleep(0.1)
        grown = server.memory() - before
    never = float("inf")
    times = sorted(reader.arrived.get(number, never) - at for reader in crowd for number, at in committed.items())
    for reader in idle:
        reader.transport.resume_reading()
    for _ in range(300):
        if all(reader.heads for reader in idle):
            break
        await asyncio.sleep(0.1)
    told = sum(bool(reader.heads) for reader in idle)
    for reader in crowd + idle:
        reader.transport.abort()
    return {
        "p99": times[int(len(times) * 0.99)],
        "undelivered": times.count(never) / len(times),
        "megabytes each": max(0, grown - control) / MEGABYTE / slow,
        "told to catch up": told,
    }


def show(name: str, outcome: Outcome) -> None:
    print(
        f"{name:9} {outcome.readers:5} readers: {outcome.cpu * 1e6:7.0f} µs CPU a delivery "
        f"({outcome.whole * 1e6:.0f} with writing and rendering), p99 {outcome.p99 * 1e3:6.0f} ms, "
        f"undelivered {outcome.undelivered:.1%}",
        flush=True,
    )


def main(small: bool = False) -> dict[str, Any]:
    plan = [(10, 10, 0.1), (100, 5, 0.2)] if small else [(100, 60, 0.1), (1000, 20, 1.0)]
    results: dict[str, Any] = {}
    with own_folder():
        world: World = build()
        with Server("tutorial") as server:  # it renders whether or not anybody reads
            alone = asyncio.run(writing_alone(server, world.open_thread, 5 * plan[0][1], plan[0][2]))
            print(f"writing and rendering alone: {alone * 1e3:.1f} ms CPU", flush=True)
        for kind in ("ours", "tutorial"):
            with Server(kind) as server:
                for readers, changes, pause in plan:
                    outcome = asyncio.run(deliver(server, world.open_thread, readers, changes, pause, alone))
                    results[kind, readers] = outcome
                    show(kind, outcome)
        for readers, _, _ in plan:
            times = results["tutorial", readers].cpu / max(1e-9, results["ours", readers].cpu)
            results["times", readers] = times
            print(f"{readers:5} readers: ours is {times:.1f} × cheaper", flush=True)
        with Server("ours") as server:
            slow = asyncio.run(stalled(server, world.open_thread, *((20, 3, 200, 50) if small else (100, 10, 300))))
            results["stalled"] = slow
            print("stalled readers:", ", ".join(f"{key} {value:.3g}" for key, value in slow.items()), flush=True)
    return results


if __name__ == "__main__":
    main("--small" in sys.argv)
