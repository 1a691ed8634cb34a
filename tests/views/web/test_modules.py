"""The modules of the components and of the site, which are put together in one scope."""

import re
from collections import Counter

from srm_data.publishing.site.remembered import MODULES
from srm_data.views import web

_NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|var|function\*?|class) (\w+)", re.M)


def test_no_name_means_two_things_in_the_one_scope_that_all_share():
    """A second function of a name would take the place of the first, and nothing would say so."""
    modules = [path for folder in (web.FOLDER, MODULES) for path in folder.glob("*.js")]
    names = Counter(name for path in modules for name in _NAME.findall(path.read_text("utf-8")))
    assert len(names) > 150
    assert {name for name, n in names.items() if n > 1} == set()
