"""The room that turns landed pages into scored articles, one day at a time: clean, validate, score."""
