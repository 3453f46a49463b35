"""python -m demo serve | during CMD…: the bundled demonstration publishers on 127.0.0.1."""

import argparse
import os
import signal
import subprocess
import sys

from demo.mastheads import DEFAULT_PORT, MASTHEADS
from demo.server import PortTakenError, serving

LAST_PORT = 65535


def port_number(value: str) -> int:
    """The group's port. Raises ArgumentTypeError unless it and the next ones are ports that a user may open."""
    if not value.isdecimal() or not 1024 <= int(value) <= LAST_PORT - len(MASTHEADS) + 1:
        raise argparse.ArgumentTypeError(
            f"{value!r} is no port; give a number from 1024 to {LAST_PORT - len(MASTHEADS) + 1}"
        )
    return int(value)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--port",
        type=port_number,
        default=os.environ.get("DEMO_PORT") or str(DEFAULT_PORT),
        help=f"port of the first masthead, the second takes the next (default: DEMO_PORT, else {DEFAULT_PORT})",
    )
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("serve", parents=[common], help="serve until Ctrl-C")
    during = verbs.add_parser("during", parents=[common], help="serve while CMD runs; exit with its code")
    during.add_argument("command", nargs=argparse.REMAINDER, metavar="CMD", help="the command and its arguments")
    return parser


def _exit_on_sigterm(number, frame):  # noqa: ARG001 - the signature that signal asks for
    raise SystemExit(128 + number)


def _run(command: list[str], port: int) -> int:
    """The command's exit code, 128 + signal where one ended it, as shells count; DEMO_PORT tells it the port."""
    try:
        process = subprocess.Popen(command, env={**os.environ, "DEMO_PORT": str(port)})
    except OSError as error:
        print(f"demo: cannot run {command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    try:
        code = _wait(process)
    except BaseException:  # stopped ourselves: the command must not outlive its server
        process.terminate()
        process.wait()
        raise
    return 128 - code if code < 0 else code


def _wait(process: subprocess.Popen) -> int:
    """In short waits: a signal that arrives just before one long wait would not end it."""
    while True:
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue


def _serve(port: int) -> None:
    """Serves until Ctrl-C or SIGTERM."""
    stops = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before any thread starts, so that sigwait misses none
    with serving(port):
        for masthead in MASTHEADS:
            print(f"{masthead.name}: {masthead.base_url(port)}/", flush=True)
        signal.sigwait(stops)


def _during(command: list[str], port: int) -> int:
    signal.signal(signal.SIGTERM, _exit_on_sigterm)
    with serving(port):
        return _run(command, port)


def main() -> int:
    parser = _parser()
    arguments = parser.parse_args()
    command = getattr(arguments, "command", [])
    command = command[1:] if command[:1] == ["--"] else command
    if arguments.verb == "during" and not command:
        parser.error("during needs a command, e.g. python -m demo during scrapy crawl hafenkurier")
    try:
        if arguments.verb == "during":
            return _during(command, arguments.port)
        _serve(arguments.port)
    except (PortTakenError, ValueError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


if __name__ == "__main__":
    sys.exit(main())
