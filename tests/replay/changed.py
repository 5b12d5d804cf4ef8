"""Changes to the conversation's workflow that a running one would not survive: the replay must notice each."""

from __future__ import annotations

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.conversation import WORKFLOW, Carry
    from workflows.conversation import Conversation


@workflow.defn(name=WORKFLOW)
class WaitsFirst(Conversation):
    """Waits for a moment before every turn, so that several messages are taken together: a command more."""

    @workflow.init
    def __init__(self, carry: Carry) -> None:
        super().__init__(carry)

    @workflow.run
    async def run(self, carry: Carry) -> None:
        await super().run(carry)

    async def take_turn(self) -> None:
        await asyncio.sleep(0.1)
        await super().take_turn()


@workflow.defn(name=WORKFLOW)
class ShowsLater(Conversation):
    """Tells the operators only of every second turn: commands are missing."""

    @workflow.init
    def __init__(self, carry: Carry) -> None:
        super().__init__(carry)

    @workflow.run
    async def run(self, carry: Carry) -> None:
        await super().run(carry)

    def show(self) -> None:
        if self.turns % 2:
            super().show()
