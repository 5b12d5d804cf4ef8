"""One machine, one command: embedded PostgreSQL, Temporal and its UI, and the project's own processes, supervised.

`python -m stack` is what `make run` calls. Tests stand on the same code:

```python
from pathlib import Path
from stack import Namespace, Servers, python_child, start_servers

# Once per test run, in pytest's controller. Nothing is bound to the event loop, so `asyncio.run` will do; but the
# thread that starts them must live as long as they shall (on Linux they end with it, even after a kill -9).
running = asyncio.run(start_servers(folder, [
    Namespace(),                                                      # "default"
    Namespace("forced", {"limit.historyCount.suggestContinueAsNew": 3}),
]))
text = running.servers.to_json()            # for the xdist workers
asyncio.run(running.stop())

# In each worker:
servers = Servers.from_json(text)
url = await servers.create_database("test_7", template="migrated")    # -> a DATABASE_URL
servers.temporal_addresses["forced"]                                  # host:port that serves this namespace
servers.skips_time                                                    # whether `+24 h` works there

# A process of ours: `python -m api` with exactly this environment.
api = python_child("API", "api", {**os.environ, "DATABASE_URL": url, "PORT": "20801"}, folder / "api.log")
api.start()
await api.ready_at("http://127.0.0.1:20801/healthz", status=200)      # raises ChildFailed with its last lines
api.kill()                                  # kill -9
api.restart()                               # the same again (kills what still runs); then wait again
await api.stop()                            # SIGTERM, and SIGKILL after `stop_seconds`
running.postgres.child.kill(); await running.postgres.start()         # the servers alike
```
"""

from __future__ import annotations

from stack.errors import StackError
from stack.ports import free_ports
from stack.process import Child, python_child
from stack.servers import RunningServers, Servers, prepare_temporal, start_servers
from stack.temporal_config import Namespace
from stack.waiting import until

__all__ = [
    "Child",
    "Namespace",
    "RunningServers",
    "Servers",
    "StackError",
    "free_ports",
    "prepare_temporal",
    "python_child",
    "start_servers",
    "until",
]
