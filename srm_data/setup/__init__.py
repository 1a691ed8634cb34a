"""The kit on this machine: register it with Jupyter, open JupyterLab, say what is wrong.

`doctor` and `register_kit` run before anything is installed, so they import nothing but the standard library.
"""
