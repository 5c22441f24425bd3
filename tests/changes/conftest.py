from collections.abc import Iterator

import pytest

from tests.changes import stub


@pytest.fixture
def boxes(db: None) -> Iterator[stub.Boxes]:
    with stub.boxes() as made:
        yield made
