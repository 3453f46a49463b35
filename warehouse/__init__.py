"""The room that turns the lake into one DuckDB file of tables for analysts."""
