from __future__ import annotations
from tests.sandbox.conftest import *

async def test_it(bench: Bench):
    u = await bench.user()
    s = await bench.send(u, {"type":"text","body":"नमस्ते / hi"})
    assert s["webhook_status"] == 200
    print(bench.product.received[0].raw)
    r = await bench.graph.text(LOAN, u["phone"], "hello", biz_opaque_callback_data="k1")
    print(r.status_code, r.json())
    mid = r.json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(mid) == ["sent","delivered"])
    print(bench.product.received[1].raw)
    print(await bench.chat(u))
    for m in ("drop","accept_then_drop"):
        await bench.order(u, "faults", fail_next_sends=1, mode=m)
        try:
            r = await bench.graph.text(LOAN, u["phone"], "hello", biz_opaque_callback_data="k1")
            print(r)
        except Exception as e:
            print(repr(e))
    print(len(await bench.chat(u)))
    print((await bench.control.get(f"/sandbox/users/{u['id']}/inspect")).text[:600])
    print((await bench.control.get("/sandbox/users")).text)
