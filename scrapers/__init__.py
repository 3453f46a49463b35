"""Publishers' pages into the lake: spiders, permissions, landing."""

__version__ = "0.1.0"
