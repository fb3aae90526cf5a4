"""An emulated account for each test, and one S3 server for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.s3 import S3Server
from tests.support.service import Accounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.service import Service


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture(scope="session")
def accounts(s3: S3Server) -> Iterator[Accounts]:
    with Accounts(s3) as accounts:
        yield accounts


@pytest.fixture
def open_account(accounts: Accounts) -> Callable[..., Service]:
    """Opens a fresh account with settings of one's own."""
    return accounts.open


@pytest.fixture
def service(accounts: Accounts) -> Service:
    """A fresh account as AWS has it."""
    return accounts.open()
