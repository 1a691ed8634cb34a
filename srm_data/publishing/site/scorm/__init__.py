"""The lessons as SCORM 1.2 packages: one object that a learning platform starts, resumes and marks.

It may import what `publishing` may. In ``web``: the script of the page that a platform starts.
"""
