"""Figures for slides and print: marks on a slide, as SVG; with matplotlib as PNG and PDF.

It may import what `views` may, and the palette and sentences beside it.
"""
