"""The logs of the Temporal SDK's core, which by default writes them to standard error itself, past every chain."""

from __future__ import annotations

import logging

from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter


def forward_core_logs() -> None:
    """Have the core's warnings and errors logged like all else. Once a process, before its first client."""
    forwarded = LogForwardingConfig(logging.getLogger("temporalio.core"), append_target_to_name=False)
    wanted = TelemetryFilter(core_level="WARN", other_level="ERROR")
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(wanted, forwarding=forwarded))))
