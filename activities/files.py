"""The place of files as the outside that it is: away, it is tried again; set up wrongly, somebody must look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from activities.effects import OutsideMisconfigured, OutsideUnavailable
from store.blobs import BlobsMisconfigured, BlobsUnavailable


@contextmanager
def in_the_store() -> Iterator[None]:
    """What is done within may find the place of files away. Raises OutsideUnavailable, OutsideMisconfigured."""
    try:
        yield
    except BlobsUnavailable as error:
        raise OutsideUnavailable(str(error)) from None
    except BlobsMisconfigured as error:
        raise OutsideMisconfigured(str(error)) from None
