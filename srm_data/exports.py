"""The question files under the name of before the rooms, for scripts that import it.

The code is in `publishing.questions`.
"""

from srm_data.publishing.questions.common import choose
from srm_data.publishing.questions.gift import gift
from srm_data.publishing.questions.moodle import moodle

__all__ = ["choose", "gift", "moodle"]
