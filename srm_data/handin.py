"""The hand-in under the name of before the rooms, for scripts that import it.

The code is in `learning.hand_in`.
"""

from srm_data.learning.hand_in import compose, write_page

__all__ = ["compose", "write_page"]
