"""A lesson as slides: a deck, then PowerPoint or web slides.

It may import what `publishing` may.
"""
