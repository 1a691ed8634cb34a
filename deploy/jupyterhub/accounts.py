"""Accounts of the class itself: a list of names in a file, each with a first password."""

import csv
import os
import secrets
from pathlib import Path

from nativeauthenticator import NativeAuthenticator
from traitlets import Unicode

# Without letters and digits that look alike on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_FIELDS = ("name", "password")


def first_password() -> str:
    """Nine signs that can be read from paper."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(3)) for _ in range(3))


def read_accounts(file: Path) -> dict[str, str]:
    """Name and first password of each account; a name without one is given one, which the file then holds.

    Args:
        file: a CSV file with the columns ``name`` and ``password``, made by hand or in a spreadsheet.

    Returns:
        By name the first password; nothing when there is no such file.

    Raises:
        ValueError: when the first line does not name the columns.
    """
    if not file.exists():
        return {}
    file.chmod(0o600)  # learners run code on this machine, and an editor leaves a file open to all
    with file.open(encoding="utf-8-sig", newline="") as lines:
        text = lines.read()
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    if "name" not in (rows.fieldnames or ()):
        raise ValueError(f"{file}: the first line must be name,password")
    found = {row["name"].strip(): (row.get("password") or "").strip() for row in rows if row["name"].strip()}
    whole = {name: password or first_password() for name, password in found.items()}
    if whole != found:
        write_accounts(file, whole)
    return whole


def write_accounts(file: Path, accounts: dict[str, str]) -> None:
    """Write the list whole or not at all; only the owner may read it.

    Args:
        file: where it goes.
        accounts: by name the first password.

    Raises:
        OSError: when it cannot be written.
    """
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_FIELDS)
        writer.writerows(accounts.items())
    part.replace(file)


class ClassAuthenticator(NativeAuthenticator):
    """Lets in who stands in the list, and whoever signed up and was let in by a teacher.

    A password counts from the list once, when the account is made: who changes it keeps the new one.
    """

    accounts_file = Unicode(config=True, help="The list of names and first passwords, as CSV.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        listed = read_accounts(Path(self.accounts_file)) if self.accounts_file else {}
        self.allowed_users |= {self.normalize_username(name) for name in listed}
        for name, password in listed.items():
            if not self.user_exists(name) and self.create_user(name, password) is None:
                raise ValueError(f"{self.accounts_file}: {name!r} cannot be an account with that password.")
