"""python -m demo as a user runs it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from demo.mastheads import HOST
from tests.demo.conftest import free_port

ROOT = Path(__file__).parents[2]
PROBE = """
import os, sys, urllib.request
port = int(os.environ["DEMO_PORT"])
for number in (port, port + 1):
    urllib.request.urlopen(f"http://127.0.0.1:{number}/feed.xml", timeout=10).read()
sys.exit(int(sys.argv[1]))
"""


def demo(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "demo", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


@pytest.mark.parametrize("code", [0, 7])
def test_during_serves_while_the_command_runs_and_exits_with_its_code(code):
    port = free_port()
    run = demo("during", "--port", str(port), sys.executable, "-c", PROBE, str(code))
    assert (run.returncode, run.stdout, run.stderr) == (code, "", "")
    assert is_free(port)
    assert is_free(port + 1)


def test_during_takes_its_port_from_the_environment():
    port = free_port()
    assert demo("during", "--", sys.executable, "-c", PROBE, "0", DEMO_PORT=str(port)).returncode == 0


def test_a_command_killed_by_a_signal_counts_as_shells_count_it():
    command = [sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]
    assert demo("during", "--port", str(free_port()), *command).returncode == 128 + signal.SIGTERM


def test_a_command_that_is_not_there_is_named():
    run = demo("during", "--port", str(free_port()), "gibt-es-nicht")
    assert run.returncode == 127
    assert "cannot run gibt-es-nicht" in run.stderr


def test_a_taken_port_is_an_error_that_says_what_to_do(port):
    run = demo("serve", "--port", str(port))
    assert run.returncode == 1
    assert f"cannot serve Hafenkurier on 127.0.0.1:{port}" in run.stderr
    assert "--port or DEMO_PORT" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("value", ["80", "65535", "x"])
def test_a_port_that_is_none_is_refused(value):
    run = demo("serve", DEMO_PORT=value)
    assert run.returncode == 2
    assert "is no port" in run.stderr


@pytest.fixture
def start():
    """Starts the demo in the background; whatever a test leaves running is killed."""
    started = []

    def popen(*arguments):
        command = [sys.executable, "-m", "demo", *arguments]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield popen
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_prints_its_addresses_and_ends_on_a_signal(start, number):
    port = free_port()
    process = start("serve", "--port", str(port))
    assert process.stdout.readline() == f"Hafenkurier: http://127.0.0.1:{port}/\n"
    assert not is_free(port)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert is_free(port)


def test_during_ended_by_sigterm_ends_its_command_too(start):
    port = free_port()
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(300)"
    process = start("during", "--port", str(port), sys.executable, "-c", sleeper)
    pid = int(process.stdout.readline())
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (128 + signal.SIGTERM, "")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert is_free(port)
