"""One publisher, one file: file name = spider name = publisher slug (a hyphen in a slug is an underscore in a file)."""
