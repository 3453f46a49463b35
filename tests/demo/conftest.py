"""One demo server for all tests of this folder, on a pair of free ports."""

import socket
from contextlib import ExitStack

import pytest

from demo.mastheads import HOST, MASTHEADS
from demo.server import serving


def free_port() -> int:
    """A port that is free together with the following ones that the group needs."""
    for port in range(18421, 19421, len(MASTHEADS)):
        with ExitStack() as stack:
            try:
                for masthead in MASTHEADS:
                    stack.enter_context(socket.socket()).bind((HOST, port + masthead.port_offset))
            except OSError:
                continue
            return port
    raise OSError(f"no free ports on {HOST} between 18421 and 19421; stop other servers")


@pytest.fixture(scope="session")
def port():
    number = free_port()
    with serving(number):
        yield number
