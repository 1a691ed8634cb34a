"""What is shown of the model, as HTML tables, as figures and as sentences.

It may import `files`, `core` and `readers`.
"""
