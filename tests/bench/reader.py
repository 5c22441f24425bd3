"""A reader that costs next to nothing, so that a thousand of them measure the server and not themselves: it knows
just enough of WebSocket to follow one stream and to note when which post came."""

import asyncio
import base64
import json
import os
import re
import socket
import struct
import time

NUMBER = re.compile(rb'data-number=\\"(\d+)\\"')


class Reader(asyncio.Protocol):
    def __init__(self, port: int, stream: str, since: int) -> None:
        self.port, self.stream, self.since = port, stream, since
        self.arrived: dict[int, float] = {}
        self.twice = 0
        self.heads = 0
        self.following: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.open = False
        self.data = bytearray()

    @classmethod
    async def follow(cls, port: int, stream: str, since: int, *, buffer: int | None = None) -> "Reader":
        reader = cls(port, stream, since)
        line = socket.socket()
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            # As on a real line: with the machine's own packets of 64 kB its system takes megabytes on credit.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1400)
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, ("127.0.0.1", port))
        await loop.create_connection(lambda: reader, sock=line)
        await asyncio.wait_for(reader.following, 60)
        return reader

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /ws/?language=en HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def say(self, **message: object) -> None:
        payload = json.dumps(message).encode()
        self.transport.write(b"\x81" + bytes([0x80 | len(payload)]) + b"\0\0\0\0" + payload)  # masked with zeros

    def data_received(self, data: bytes) -> None:
        self.data += data
        if not self.open:
            if b"\r\n\r\n" not in self.data:
                return
            assert self.data.startswith(b"HTTP/1.1 101"), bytes(self.data[:80])
            del self.data[: self.data.index(b"\r\n\r\n") + 4]
            self.open = True
            self.say(type="follow", stream=self.stream, since=self.since)
        while (frame := self.frame()) is not None:
            self.hear(*frame)

    def frame(self) -> tuple[int, bytes] | None:
        if len(self.data) < 2:
            return None
        length, start = self.data[1] & 0x7F, 2
        if length == 126:
            start = 4
        elif length == 127:
            start = 10
        if len(self.data) < start:
            return None
        if start > 2:
            length = int.from_bytes(self.data[2:start])
        if len(self.data) < start + length:
            return None
        opcode, payload = self.data[0] & 0x0F, bytes(self.data[start : start + length])
        del self.data[: start + length]
        return opcode, payload

    def hear(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:  # ping
            self.transport.write(b"\x8a" + struct.pack("!B", 0x80 | len(payload)) + b"\0\0\0\0" + payload)
        elif b'"followed"' in payload[:60]:
            self.following.set_result(None)
        elif payload.startswith(b'{"type":"head"'):
            self.heads += 1
        else:
            now = time.time()
            for number in NUMBER.findall(payload):
                self.twice += int(number) in self.arrived
                self.arrived[int(number)] = now

    def connection_lost(self, error: Exception | None) -> None:
        if not self.following.done():
            self.following.set_exception(error or ConnectionError("closed"))
