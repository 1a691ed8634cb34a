"""The model itself: its words, the matrices and other tables of facts, and what differs between them.

It may import `files`; pandas only where a DataFrame is asked for.
"""
