"""The lessons as a folder of plain pages, with what those pages keep and report in the browser.

It may import what `publishing` may.
"""
