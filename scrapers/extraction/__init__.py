"""The article's text out of a page: blocks, features of a block, a small model, the body."""
