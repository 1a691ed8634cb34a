"""A table that somebody made: read, with every fault at once and in the language of the file.

It may import `files` and `core`.
"""
