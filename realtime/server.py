"""daphne, with what a public site needs: bodies bounded before they are read, sockets that say when their reader is
behind, and an end that lets everybody finish."""

import asyncio
import logging
import random
import socket
import time
from typing import Any

import daphne.server
from autobahn.websocket.protocol import PreparedMessage
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import reactor as the_reactor
from twisted.logger import globalLogBeginner

from realtime import plain

reactor: Any = the_reactor  # twisted types it as its interfaces, which mypy takes for methods without self
log = logging.getLogger(__name__)

MESSAGE_MAX_BYTES = 64 * 1024
SEND_BUFFER = 128 * 1024
MOST_QUEUED = 100  # messages of one socket nobody has read yet
DRAIN_SECONDS = 25
RETURN_WITHIN = 10  # seconds: how far the returning pages spread after an end
GOING_AWAY, RESTARTING, TOO_BUSY = 1001, 1012, 1008


def log_failures(event: dict[str, Any]) -> None:
    """Of twisted's own log only what went wrong: the rest says nothing that ours does not."""
    if failure := event.get("log_failure"):
        log.error("in the server: %s", failure.getTraceback())


class PageRequest(WebRequest):  # type: ignore[misc]  # daphne carries no types
    """Refuses a body too large when its length is announced, or when it has grown so: never keeps it."""

    refused = False
    received = 0

    def gotLength(self, length: int | None) -> None:  # noqa: N802  twisted's name
        super().gotLength(length)
        if length is not None and length > self.server.body_max_bytes:
            self.requestHeaders.removeHeader(b"expect")  # no "100 Continue" after a refusal
            self.refuse(413, "Content Too Large")

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802  twisted's name
        self.received += len(data)
        if self.received > self.server.body_max_bytes and not self.refused:
            self.refuse(413, "Content Too Large")
        if not self.refused:
            super().handleContentChunk(data)

    def process(self) -> Any:
        if self.refused:
            return None
        if self.server.draining and self.requestHeaders.hasHeader(b"upgrade"):
            self.refuse(503, "Service Unavailable")
            return None
        return super().process()

    def refuse(self, status: int, reason: str) -> None:
        """Answers at once, then reads and drops for a moment: closing on unread data would lose the answer."""
        self.refused = True
        transport = self.channel.transport
        cookies, languages = (self.said(name) for name in ("cookie", "accept-language"))
        transport.write(plain.answer(status, reason, cookies=cookies, languages=languages))
        transport.loseWriteConnection()
        reactor.callLater(2, transport.abortConnection)

    def said(self, header: str) -> str:
        return "; ".join(value.decode("latin-1") for value in self.requestHeaders.getRawHeaders(header.encode(), []))


class PageFactory(HTTPFactory):  # type: ignore[misc]  # daphne carries no types
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  twisted's name
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = PageRequest
        return protocol


class SocketProtocol(WebSocketProtocol):  # type: ignore[misc]  # daphne carries no types
    """`send` waits while its reader is behind; the same text sent to many is framed once and written at once.

    `full` stands exactly while the transport holds something unsent.
    """

    full: asyncio.Future[None] | None = None
    muted: bool

    def connectionMade(self) -> None:  # noqa: N802  twisted's name
        super().connectionMade()
        # The kernel would by itself keep up to 4 MB for a reader who has stopped reading.
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.transport.unregisterProducer()
        self.transport.registerProducer(self, True)

    def pauseProducing(self) -> None:  # noqa: N802  twisted's name
        if self.full is None:
            self.full = reactor._asyncioEventloop.create_future()

    def resumeProducing(self) -> None:  # noqa: N802  twisted's name
        full, self.full = self.full, None
        if full is not None and not full.done():
            full.set_result(None)

    def stopProducing(self) -> None:  # noqa: N802  twisted's name
        self.resumeProducing()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803  autobahn's names
        if self.application_queue.qsize() < MOST_QUEUED:
            super().onMessage(payload, isBinary)
        elif not self.muted:
            self.muted = True
            self.application_queue.put_nowait({"type": "websocket.disconnect", "code": TOO_BUSY})
            self.serverClose(TOO_BUSY, "too many messages")

    def send_text(self, text: str) -> None:
        if self.state != self.STATE_OPEN:
            return
        if text is not self.factory.last_text:
            prepared = PreparedMessage(text.encode(), isBinary=False, applyMask=False, doNotCompress=True)
            self.factory.last_text, self.factory.last_wire = text, prepared.payloadHybi
        self.sendData(self.factory.last_wire)

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:  # noqa: N802  autobahn's
        """Everything a socket says. Straight to the line: by way of the reactor's next turn it costs three times as
        much. What the line does not take waits in the transport, which tells us when it is empty again."""
        if self.full is None and self.transport.connected:
            sent = self.transport.writeSomeData(data)
            if isinstance(sent, int):  # otherwise the line broke, which the next write finds out
                data = data[sent:]
        if data:
            self.transport.write(data)
            self.transport.producerPaused = True
            self.pauseProducing()

    def serverClose(self, code: int | None = None, reason: str = "") -> None:  # noqa: N802  daphne's name
        """Also with the codes of the standard, 1008 and 1012, which autobahn's own door refuses."""
        self.sendCloseFrame(code=code or 1000, reasonUtf8=reason.encode()[:123], isReply=False)


class SocketFactory(WebSocketFactory):  # type: ignore[misc]  # daphne carries no types
    protocol = SocketProtocol
    last_text: str | None = None
    last_wire = b""


class Server(daphne.server.Server):  # type: ignore[misc]  # daphne carries no types
    def __init__(self, application: Any, *, host: str, port: int, body_max_bytes: int) -> None:
        super().__init__(application, endpoints=[f"tcp:{port}:interface={host}"], server_name="", verbosity=0)
        self.host, self.port, self.body_max_bytes = host, port, body_max_bytes
        self.application_close_timeout = 30
        self.draining = False
        self.connections: dict[Any, dict[str, Any]] = {}

    def run(self) -> None:
        """Serves until drained. Raises twisted's CannotListenError when the port is taken."""
        self.http_factory, self.ws_factory = PageFactory(self), SocketFactory(self, server="")
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            allowNullOrigin=False,
            failByDrop=False,  # say why (1009) before closing
            maxMessagePayloadSize=MESSAGE_MAX_BYTES,
            maxFramePayloadSize=MESSAGE_MAX_BYTES,
        )
        observer: Any = log_failures
        globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False, discardBuffer=True)
        loop = reactor._asyncioEventloop  # daphne's own way to it
        asyncio.set_event_loop(loop)
        self.listener = reactor.listenTCP(self.port, self.http_factory, interface=self.host, backlog=511)
        self.port = self.listener.getHost().port
        log.info("listening on http://%s:%d", self.host, self.port)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.callWhenRunning(self.take_signals, loop)
        reactor.run(installSignalHandlers=False)

    def take_signals(self, loop: asyncio.AbstractEventLoop) -> None:
        import signal

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.drain)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """ASGI's `send`. Waits only for a socket whose reader is behind."""
        if message["type"] == "websocket.send" and isinstance(protocol, SocketProtocol):
            protocol.send_text(message["text"])
            if protocol.full is not None:
                await asyncio.shield(protocol.full)
        elif message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
            protocol.serverClose(message.get("code"), message.get("reason") or "")
        else:
            await super().handle_reply(protocol, message)

    def drain(self) -> None:
        """No new connections; sockets are sent away with a time to return; running requests finish. Twice: at once."""
        if self.draining:
            reactor.stop()
            return
        self.draining = True
        log.info("ending: waiting for running requests")
        self.listener.stopListening()
        for protocol in list(self.connections):
            if isinstance(protocol, SocketProtocol):
                protocol.serverClose(RESTARTING, f"return in {random.uniform(1, RETURN_WITHIN):.1f}")  # noqa: S311
        self.stop_when_idle(time.monotonic() + DRAIN_SECONDS)

    def stop_when_idle(self, deadline: float) -> None:
        running = [
            job
            for protocol, details in self.connections.items()
            if (job := details.get("application_instance")) and not job.done() and "disconnected" not in details
        ]
        if running and time.monotonic() < deadline:
            reactor.callLater(0.1, self.stop_when_idle, deadline)
        else:
            reactor.callLater(0.1, reactor.stop)  # the last answers reach the wire
