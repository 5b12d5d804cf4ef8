"""What a Temporal server and its UI are told: pure functions from values to configuration files' contents.

Every file is JSON, which is YAML too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stack.ports import HOST

Value = bool | int | float | str

# A shard is the unit of locking and of the queues' polling, and its number can never be changed later. One
# machine runs them all in one process: four let as many conversations be written at once as such a machine has
# cores for, and each more would only poll the database when idle.
HISTORY_SHARDS = 4

SEARCH_ATTRIBUTES = ("Bot", "Stage", "Language", "WaitingFor", "Owner")

ONE_MACHINE: Mapping[str, Value] = {
    # The phone's "+24 h". A server before 1.32 does not know it and ignores it. Never in production.
    "frontend.WorkflowTimeSkippingEnabled": True,
    "frontend.enableUpdateWorkflowExecution": True,
    # By default a shard's queues are read 20 times a second: one step of back-to-back work per 50 ms.
    "history.transferProcessorMaxPollRPS": 2000,
    "history.timerProcessorMaxPollRPS": 2000,
    "history.timerProcessorMaxTimeShift": "1ms",
}


@dataclass(frozen=True)
class Namespace:
    """A namespace to be registered, with the dynamic configuration that holds in it alone."""

    name: str = "default"
    dynamic_config: Mapping[str, Value] = field(default_factory=dict)
    retention_days: int = 30
    search_attributes: Sequence[str] = SEARCH_ATTRIBUTES


@dataclass(frozen=True)
class ServerPorts:
    """The ports of a server: the frontend's, which clients use, and eight between its own services."""

    frontend: int
    internal: Sequence[int]

    INTERNAL_COUNT = 8


@dataclass(frozen=True)
class Database:
    """Where the server's two databases are."""

    port: int
    user: str
    password: str = field(repr=False)
    store: str = "temporal"
    visibility: str = "temporal_visibility"


def server_config(ports: ServerPorts, database: Database, dynamic_config_path: str) -> dict[str, Any]:
    """The server's main configuration: all four services in one process, on the loopback address."""
    internal = iter(ports.internal)

    def service(grpc: int, **more: int) -> dict[str, Any]:
        return {"rpc": {"grpcPort": grpc, "membershipPort": next(internal), "bindOnLocalHost": True, **more}}

    def datastore(name: str, connections: int) -> dict[str, Any]:
        return {
            "sql": {
                "pluginName": "postgres12_pgx",
                "databaseName": name,
                "connectAddr": f"{HOST}:{database.port}",
                "connectProtocol": "tcp",
                "user": database.user,
                "password": database.password,
                "maxConns": connections,
                "maxIdleConns": connections,
                "maxConnLifetime": "1h",
            }
        }

    return {
        "log": {"stdout": True, "level": "warn", "format": "console"},
        "persistence": {
            "defaultStore": "store",
            "visibilityStore": "visibility",
            "numHistoryShards": HISTORY_SHARDS,
            "datastores": {
                "store": datastore(database.store, 20),
                "visibility": datastore(database.visibility, 10),
            },
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": HOST}},
        "services": {
            "frontend": service(ports.frontend, httpPort=next(internal)),
            "history": service(next(internal)),
            "matching": service(next(internal)),
            "worker": service(next(internal)),
        },
        "clusterMetadata": {
            "enableGlobalNamespace": False,
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": f"{HOST}:{ports.frontend}",
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "dynamicConfigClient": {"filepath": dynamic_config_path, "pollInterval": "10s"},
    }


def dynamic_config(everywhere: Mapping[str, Value], namespaces: Sequence[Namespace]) -> dict[str, list[dict[str, Any]]]:
    """The dynamic configuration file: what holds for one namespace alone is constrained to it."""
    entries: dict[str, list[dict[str, Any]]] = {key: [{"value": value}] for key, value in everywhere.items()}
    for namespace in namespaces:
        for key, value in namespace.dynamic_config.items():
            constrained = {"value": value, "constraints": {"namespace": namespace.name}}
            entries.setdefault(key, []).append(constrained)
    return entries


def ui_config(temporal_address: str, port: int, default_namespace: str) -> dict[str, Any]:
    """The Temporal UI's configuration: for one machine, so without a login, and without calls to the outside."""
    return {
        "temporalGrpcAddress": temporal_address,
        "host": HOST,
        "port": port,
        "enableUi": True,
        "defaultNamespace": default_namespace,
        "disableNewsFetch": True,
        "cors": {"cookieInsecure": True, "allowOrigins": [f"http://{HOST}:{port}", f"http://localhost:{port}"]},
    }
