"""The words of the model: who can answer for a cell, and what a move does to it."""

#: Who is responsible for a cell, in order of how much the customer has handed over.
PARTIES = ("customer", "shared", "provider")

#: The columns under which different providers can be held against each other, from most to least own work.
SERVICE_MODELS = ("on-premises", "IaaS", "PaaS", "SaaS")

#: Spelling of an empty cell in files; in DataFrames it is a missing value.
NOT_APPLICABLE = "n/a"

#: What a move from one column to another does to an area, most noticeable first.
CHANGES = ("stop doing", "now shared", "new duty", "still shared", "still do", "still theirs")

#: The changes that move work; the others leave it where it was.
MOVES = CHANGES[:3]

#: Who failed in an incident. The last two are real answers, where they are the honest ones.
FAILED = ("customer", "provider", "both", "third party", "disputed", "depends on model")

#: What a component of a workload is for.
KINDS = (
    "machine",
    "web",
    "application",
    "container",
    "database",
    "storage",
    "backup",
    "network",
    "identity",
    "mail",
    "messaging",
    "analytics",
    "ai",
    "security",
    "other",
)

LANGUAGES = ("en", "nl")


class UnknownNameError(ValueError):
    """A matrix, column, language or party that does not exist; the message lists those that do."""


def change_between(before: str | None, after: str | None) -> str | None:
    """Name what happens to an area whose party goes from `before` to `after`.

    Seen from the customer's side of the table. None (not applicable) on either side gives None.

    >>> change_between("customer", "provider")
    'stop doing'
    >>> change_between("provider", "shared")
    'now shared'
    >>> change_between("shared", "shared")
    'still shared'
    """
    if before is None or after is None:
        return None
    if before == after:
        return {"customer": "still do", "shared": "still shared", "provider": "still theirs"}[after]
    return {"customer": "new duty", "shared": "now shared", "provider": "stop doing"}[after]
