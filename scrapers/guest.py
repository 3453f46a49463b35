"""Who we are when we visit a publisher: our own name, and a contact that a webmaster can write to."""

import ipaddress
import os
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapers import __version__

ROBOT_NAME = "Tonlage"


def contact() -> str:
    """The contact of the environment (CONTACT: a mail address or a web page), or nothing."""
    return os.environ.get("CONTACT", "").strip()


def user_agent() -> str:
    """Our user agent: Tonlage/0.1.0 (+contact)."""
    return f"{ROBOT_NAME}/{__version__} (+{contact() or 'no contact given'})"


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine itself."""
    if not host:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_at_home(url: str, domains: Iterable[str]) -> bool:
    """Whether the address lies on one of the domains or below it, on whatever port."""
    host = urlsplit(url).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def contact_error(hosts: Iterable[str]) -> str | None:
    """Why we may not visit these hosts: a live publisher is visited with a contact in the user agent only."""
    strangers = sorted(host for host in hosts if not is_loopback(host))
    if not strangers or contact():
        return None
    return (
        f"CONTACT is not set, and {strangers[0]} is not this machine: a publisher must be able to reach who crawls. "
        "Set it to your mail address or a web page, e.g. CONTACT=mailto:you@example.org, in .env or the environment"
    )
