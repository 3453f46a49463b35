"""Serves the built sites on 127.0.0.1, one port per masthead, in one process."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

from demo.mastheads import HOST, MASTHEADS, Masthead
from demo.site import Resource, build

NOT_FOUND = "<!doctype html><html lang=de><title>Nicht gefunden</title><h1>404: Diese Seite gibt es nicht.</h1></html>"


class PortTakenError(OSError):
    """Another program listens where the demo should."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, masthead: Masthead, port: int):
        self.site = build(masthead, port)
        super().__init__((HOST, port + masthead.port_offset), _Handler)

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):  # a client that hangs up is no error
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds that an idle connection is kept
    server: _Server

    def do_GET(self):
        resource = self.server.site.get(unquote(urlsplit(self.path).path))
        if resource is None:
            self._send(HTTPStatus.NOT_FOUND, Resource(NOT_FOUND.encode(), "text/html; charset=utf-8"))
        elif self._is_unchanged(resource):
            self._send(HTTPStatus.NOT_MODIFIED, resource)
        else:
            self._send(HTTPStatus.OK, resource)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _is_unchanged(self, resource: Resource) -> bool:
        """RFC 9110, 13.1: If-None-Match decides; If-Modified-Since only without it."""
        if (tags := self.headers.get("If-None-Match")) is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return bool(known & {resource.etag, "*"})
        since = _http_date(self.headers.get("If-Modified-Since"))
        return bool(since and resource.modified_at and resource.modified_at <= since)

    def _send(self, status: HTTPStatus, resource: Resource) -> None:
        self.send_response(status)
        if status is not HTTPStatus.NOT_FOUND:
            self.send_header("ETag", resource.etag)
        if resource.modified_at:
            self.send_header("Last-Modified", format_datetime(resource.modified_at.astimezone(UTC), usegmt=True))
        if status is HTTPStatus.NOT_MODIFIED:
            self.end_headers()
            return
        self.send_header("Content-Type", resource.content_type)
        self.send_header("Content-Length", str(len(resource.content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(resource.content)

    def log_message(self, format, *args):
        pass


def _http_date(value: str | None) -> datetime | None:
    """None for a header that is absent or no date: RFC 9110 says to ignore it then."""
    try:
        moment = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def serving(port: int) -> Iterator[None]:
    """Serves every masthead until the block ends; each has answered before it begins.

    Raises PortTakenError where another program listens, ValueError on an article that is wrong.
    """
    with ExitStack() as stack:
        servers = []
        for masthead in MASTHEADS:
            try:
                server = _Server(masthead, port)
            except OSError as error:
                own = port + masthead.port_offset
                raise PortTakenError(
                    f"cannot serve {masthead.name} on {HOST}:{own} ({error.strerror}); stop the program that listens "
                    f"there, or choose another port with --port or DEMO_PORT (it and the next one are needed)"
                ) from error
            stack.callback(server.server_close)
            servers.append(server)
        for server in servers:
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
            stack.callback(server.shutdown)
        for masthead in MASTHEADS:
            urlopen(f"{masthead.base_url(port)}/robots.txt", timeout=10).close()
        yield
