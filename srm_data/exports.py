"""The question files under the name of before the rooms, for scripts that import it.

The code is in `publishing.question_files`.
"""

from srm_data.publishing.question_files import choose, gift, moodle

__all__ = ["choose", "gift", "moodle"]
