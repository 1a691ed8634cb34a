"""What the tests of plans and of resource types share."""

import json

import pytest


@pytest.fixture
def write(tmp_path):
    def write(content, name="plan.json"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return write
