"""Reaching Temporal, and telling it what our conversations are searched by."""

from __future__ import annotations

from datetime import timedelta

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

from domain.conversation import BOT, LANGUAGE, OWNER, STAGE, WAITING_FOR

log = structlog.get_logger()

ATTRIBUTES = (BOT, STAGE, LANGUAGE, WAITING_FOR, OWNER)
RPC_TIMEOUT = timedelta(seconds=5)
AWAY = (RPCError, TimeoutError, OSError, RuntimeError)
"""what a call ends in while Temporal is away; a lazy client that cannot connect raises RuntimeError"""

OF_ONE = (RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.OUT_OF_RANGE)
"""what Temporal says of one workflow, such as one that has had all the signals it may have; the others are not meant"""


def is_of_one(error: BaseException) -> bool:
    """Whether a call failed because of the one workflow it was for."""
    return isinstance(error, RPCError) and error.status in OF_ONE


async def connect(address: str, namespace: str, *, lazy: bool = False) -> Client:
    """A client. TLS and API key are read as the SDK's own environment configuration has them (`TEMPORAL_TLS…`)."""
    given = ClientConfig.load_client_connect_config(disable_file=True)
    given["target_host"], given["namespace"] = address, namespace
    return await Client.connect(**given, lazy=lazy)


async def register_attributes(client: Client) -> None:
    """Register the search attributes that are missing. Where we may not, somebody else must: the log says which."""
    try:
        known = await client.operator_service.list_search_attributes(
            ListSearchAttributesRequest(namespace=client.namespace), timeout=RPC_TIMEOUT
        )
        missing = [name for name in ATTRIBUTES if name not in known.custom_attributes]
        if missing:
            keyword = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
            request = AddSearchAttributesRequest(
                namespace=client.namespace, search_attributes=dict.fromkeys(missing, keyword)
            )
            await client.operator_service.add_search_attributes(request, timeout=RPC_TIMEOUT)
    except RPCError as error:
        log.warning(
            "search attributes could not be registered: register them as keywords",
            attributes=ATTRIBUTES,
            error=error.status.name,
        )
