"""Lessons and questions for places without Jupyter: slides, a site, paper, learning platforms.

It may import every room above it; none of them knows that slides exist.
"""
