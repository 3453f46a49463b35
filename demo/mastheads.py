"""The two invented mastheads: their names and their addresses."""

from dataclasses import dataclass

HOST = "127.0.0.1"
DEFAULT_PORT = 8421


@dataclass(frozen=True)
class Masthead:
    slug: str  # folder of its articles and templates, name of its spider
    name: str  # as printed
    motto: str
    port_offset: int  # its port is the group's port + port_offset
    article_path: str  # how an article's name becomes its path

    def base_url(self, port: int) -> str:
        """http://127.0.0.1:…, without a slash at the end; port is the group's."""
        return f"http://{HOST}:{port + self.port_offset}"

    def path(self, article_name: str) -> str:
        return self.article_path.format(name=article_name)


MASTHEADS = (
    Masthead("hafenkurier", "Hafenkurier", "Zeitung für Küste, Kai und Kontor", 0, "/artikel/{name}.html"),
    Masthead("boersenbote", "Börsenbote", "Tageszeitung für Wirtschaft und Finanzen", 1, "/unternehmen/{name}/"),
)
