import threading
from collections.abc import Iterator

import pytest

from tests.scrapers.fake_publisher import Publisher


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    """One publisher per test file."""
    server = Publisher()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
