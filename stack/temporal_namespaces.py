"""A running server's namespaces and search attributes, registered through its API.

In a module of its own because importing the SDK takes half a second, in which the server can start already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    CountWorkflowExecutionsRequest,
    DescribeNamespaceRequest,
    GetSystemInfoRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from stack.temporal_config import Namespace

RPC_TIMEOUT = timedelta(seconds=5)
# While a server comes up, or its caches have not seen a new namespace yet.
NOT_YET = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.RESOURCE_EXHAUSTED,  # a namespace may be searched ten times a second
    RPCStatusCode.CANCELLED,
}


async def serves(address: str) -> bool:
    """Whether a Temporal frontend answers at this address."""
    try:
        client = await Client.connect(address, lazy=True)
        await client.workflow_service.get_system_info(GetSystemInfoRequest(), timeout=RPC_TIMEOUT)
    except (RPCError, RuntimeError):
        return False
    return True


async def server_version(address: str) -> str:
    """The version that the server at this address says it has."""
    client = await Client.connect(address)
    return (await client.workflow_service.get_system_info(GetSystemInfoRequest(), timeout=RPC_TIMEOUT)).server_version


async def register(address: str, namespaces: Sequence[Namespace]) -> None:
    """Register what is missing of these namespaces and their search attributes; wait until all can be used."""
    client = await Client.connect(address)
    for namespace in namespaces:
        await _register(client, namespace)
    for namespace in namespaces:
        while not await _searchable(client, namespace):
            await asyncio.sleep(0.1)


async def _register(client: Client, namespace: Namespace) -> None:
    retention = Duration(seconds=namespace.retention_days * 24 * 3600)
    kept = await _retention(client, namespace.name)
    if kept is None:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=namespace.name, workflow_execution_retention_period=retention, description="Conversations"
            ),
            timeout=RPC_TIMEOUT,
        )
    elif kept < retention.seconds:  # a development server makes namespaces that forget after a day
        config = NamespaceConfig(workflow_execution_retention_ttl=retention)
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(namespace=namespace.name, config=config), timeout=RPC_TIMEOUT
        )
    while (missing := await _missing(client, namespace)) is None:
        await asyncio.sleep(0.05)
    if missing:
        keyword = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=namespace.name, search_attributes=dict.fromkeys(missing, keyword)),
            timeout=RPC_TIMEOUT,
        )


async def _retention(client: Client, name: str) -> int | None:
    """For how many seconds the namespace keeps a finished workflow; None if there is no such namespace."""
    request = DescribeNamespaceRequest(namespace=name)
    try:
        found = await client.workflow_service.describe_namespace(request, timeout=RPC_TIMEOUT)
    except RPCError as problem:
        if problem.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    return found.config.workflow_execution_retention_ttl.seconds


async def _missing(client: Client, namespace: Namespace) -> list[str] | None:
    """The search attributes yet to be registered; None while the namespace is not known everywhere."""
    request = ListSearchAttributesRequest(namespace=namespace.name)
    try:
        found = await client.operator_service.list_search_attributes(request, timeout=RPC_TIMEOUT)
    except RPCError as problem:
        if problem.status in NOT_YET:
            return None
        raise
    return [name for name in namespace.search_attributes if name not in found.custom_attributes]


async def _searchable(client: Client, namespace: Namespace) -> bool:
    """Whether the server's caches know the namespace and every search attribute."""
    # Quoted, because the query's grammar has words of its own, "language" among them.
    query = " AND ".join(f"`{name}` = 'x'" for name in namespace.search_attributes)
    request = CountWorkflowExecutionsRequest(namespace=namespace.name, query=query)
    try:
        await client.workflow_service.count_workflow_executions(request, timeout=RPC_TIMEOUT)
    except RPCError as problem:
        if problem.status in NOT_YET:
            return False
        raise
    return True
