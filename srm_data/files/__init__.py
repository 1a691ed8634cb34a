"""Where files lie, and how they are written: whole or not at all, and never over somebody's own work.

It knows nothing of the model and imports no other room.
"""
