"""Controls in a notebook: they choose which view of the model is shown.

It may import `files`, `core`, `readers` and `views`.
"""
