"""A wire between two parties that can be cut, silenced, and made to swallow what Redis publishes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.faults.pushes import PushFilter
from tests.faults.scene import Stage, take_turns

Where = Path | int
CHUNK = 1 << 16


class Proxy:
    """Listens in front of `target`, a unix socket or a local port. What is public may be called from the test's thread."""

    def __init__(self, stage: Stage, target: Where, listen: Where = 0) -> None:
        self.filter = PushFilter()
        self._stage = stage
        self._target = target
        self._listen = listen
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._answers_open = asyncio.Event()
        self._open.set()
        self._answers_open.set()
        stage.run(self._start())

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def silence(self) -> None:
        """Carry nothing more in either direction, and tell nobody: a cable is out."""
        self._stage.call(self._open.clear)

    def hold_answers(self) -> None:
        """Carry requests, but nothing back."""
        self._stage.call(self._answers_open.clear)

    def resume(self) -> None:
        """Carry on, what was held first."""
        self._stage.call(self._open.set)
        self._stage.call(self._answers_open.set)

    def cut(self) -> None:
        """End every connection that is open now."""
        self._stage.call(self._cut)

    def close(self) -> None:
        self._stage.run(self._stop())

    async def _start(self) -> None:
        if isinstance(self._listen, Path):
            self._server = await asyncio.start_unix_server(self._accept, self._listen)
        else:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._listen)

    async def _stop(self) -> None:
        assert self._server is not None
        # Who was accepted last becomes a connection within a few turns, and only then can be ended. A server that is closed
        # before refuses it (an assertion of asyncio's own) and leaves its socket to the collector.
        for listener in self._server.sockets:
            asyncio.get_running_loop().remove_reader(listener.fileno())
        await take_turns()
        self._server.close()
        self._cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # At once, and not in the task: one that is cancelled before its first step would leave the socket behind.
        self._writers.add(writer)
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._forget(task, writer))

    def _forget(self, task: "asyncio.Task[None]", writer: asyncio.StreamWriter) -> None:
        self._tasks.discard(task)
        self._writers.discard(writer)
        writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):  # an end is told to both sides
            await self._carry(reader, writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        if isinstance(self._target, Path):
            back, forth = await asyncio.open_unix_connection(self._target)
        else:
            back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers.add(forth)
        pushes = self.filter.connection()
        ways = [
            asyncio.ensure_future(self._pump(reader, forth, pushes.asked)),
            asyncio.ensure_future(self._pump(back, writer, pushes.answered, self._answers_open)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._writers.discard(forth)
            forth.transport.abort()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        through: Callable[[bytes], bytes],
        gate: asyncio.Event | None = None,
    ) -> None:
        while data := await source.read(CHUNK):
            await self._open.wait()
            if gate is not None:
                await gate.wait()
            sink.write(through(data))
            await sink.drain()
