"""Tables in HTML, which are themselves the live picture.

It may import what `views` may, and the palette and sentences beside it.
"""
