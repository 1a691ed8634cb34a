"""Figures drawn with matplotlib, for slides and print.

It may import what `views` may, and the palette and sentences beside it.
"""
