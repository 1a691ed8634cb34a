"""The question bank for other programs and for paper: a module a format.

It may import what `publishing` may.
"""
