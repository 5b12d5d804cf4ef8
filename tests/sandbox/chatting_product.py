"""A product that chats a little, so that the phone has something to show: `python -m tests.sandbox.chatting_product`.

It walks a person through a short loan application in English or Hindi. It is no model of the real product.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tests.sandbox.fake_product import FakeProduct, GraphClient

LANGUAGE: tuple[str, str, list[tuple[str, ...]]] = (
    "language",
    "Namaste! I am Flowless.\nIn which language shall we talk?",
    [("talk-en", "English"), ("talk-hi", "हिन्दी")],
)
STEPS: dict[str, list[tuple[str, str, list[tuple[str, ...]]]]] = {
    "en": [
        ("intent", "What can I do for you?", [("loan", "Get a loan"), ("support", "Support")]),
        ("full_name", "What is your *full name*, as it stands on your PAN card?", []),
        ("employment", "How do you earn your living?", [("s", "Salaried"), ("e", "Self-employed"), ("o", "Other")]),
        ("monthly_income", "How much do you earn in a month?\n_For example 45000, 45k or 1.2 lakh._", []),
        (
            "purpose",
            "What is the loan for?",
            [
                ("home", "Home", "Repairs, furniture, a new roof"),
                ("health", "Health", "A hospital stay, medicines"),
                ("education", "Education", "Fees, books, a course"),
                ("wedding", "Wedding", "Yours, or one in the family"),
                ("travel", "Travel", "A journey, for work or for joy"),
                ("business", "Business", "Stock, tools, a second shop"),
                ("other", "Something else", "You need not say what"),
            ],
        ),
        (
            "consent",
            "Thank you. This is what I understood:\n\n*Name* Asha Rao\n*Work* Salaried\n*Income* ₹45,000 a month\n\n"
            "May we ask a credit bureau about you? It is done once, for this application.",
            [("yes", "Yes, go on"), ("change", "Change an answer"), ("no", "No")],
        ),
        ("done", "Thank you. Identity verification opens soon; your place is kept.", []),
    ],
    "hi": [
        ("intent", "मैं आपके लिए क्या कर सकता हूँ?", [("loan", "लोन चाहिए"), ("support", "सहायता")]),
        ("full_name", "आपका *पूरा नाम* क्या है, जैसा पैन कार्ड पर लिखा है?", []),
        ("employment", "आप क्या काम करते हैं?", [("s", "नौकरी"), ("e", "अपना काम"), ("o", "अन्य")]),
        ("monthly_income", "आप महीने में कितना कमाते हैं?\n_जैसे 45000, 45 हज़ार या 1.2 लाख।_", []),
        (
            "purpose",
            "लोन किसलिए चाहिए?",
            [
                ("home", "घर", "मरम्मत, फ़र्नीचर, नई छत"),
                ("health", "इलाज", "अस्पताल, दवाइयाँ"),
                ("education", "पढ़ाई", "फ़ीस, किताबें, कोई कोर्स"),
                ("wedding", "शादी", "आपकी या परिवार में किसी की"),
                ("business", "कारोबार", "माल, औज़ार, दूसरी दुकान"),
            ],
        ),
        ("consent", "क्या हम आपकी क्रेडिट जानकारी एक बार देख सकते हैं?", [("yes", "हाँ"), ("no", "नहीं")]),
        ("done", "धन्यवाद। पहचान की जाँच जल्द शुरू होगी; आपकी जगह सुरक्षित है।", []),
    ],
}


@dataclass
class Conversation:
    """Where one person is."""

    language: str = "en"
    place: int = -1
    turn: int = 0
    journal: dict[str, Any] = field(default_factory=dict)
    inbox: list[dict[str, Any]] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    deadlines: dict[str, float] = field(default_factory=dict)


class ChattingProduct:
    """Answers each message with the next question."""

    def __init__(self, graph: GraphClient, app_secret: str, verify_token: str) -> None:
        self._graph = graph
        self._conversations: dict[str, Conversation] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.product = FakeProduct(app_secret, verify_token, handler=self._hear)

    async def _hear(self, value: dict[str, Any], message: dict[str, Any]) -> None:
        task = asyncio.get_running_loop().create_task(self._answer(value, message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, value: dict[str, Any], message: dict[str, Any]) -> None:
        number = value["metadata"]["phone_number_id"]
        user = f"+{message['from']}" if "from" in message else message["from_user_id"]
        to = {"to": user} if "from" in message else {"recipient": user}
        at = float(message["timestamp"])
        told = self._conversations.setdefault(user, Conversation())
        receipt = {"status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"}}
        await self._graph.post(number, receipt)
        await asyncio.sleep(0.7)
        heard, body = _said(message)
        told.turn += 1
        told.inbox.insert(
            0, {"id": told.turn, "at": at, "kind": message["type"], "provider_id": message["id"], "payload": body}
        )
        self._note(told, heard, body)
        name, words, options = LANGUAGE if told.place < 0 else STEPS[told.language][told.place]
        sent = await self._graph.post(number, to | _message(words, options))
        wamid = sent.json().get("messages", [{}])[0].get("id")
        state = "accepted" if sent.is_success else "failed"
        row = {"id": told.turn, "turn": told.turn, "state": state, "text_key": name, "message": {"body": words}}
        told.outbox.insert(0, row | {"provider_id": wamid, "attempts": 1, "error": None})
        told.deadlines = {"nudge": at + 30 * 60, "park": at + 23 * 3600}
        self.product.conversations[user] = _shown(told, name, at)

    def _note(self, told: Conversation, heard: str, body: str) -> None:
        if told.place < 0:
            language = heard.removeprefix("talk-")
            if heard == language:
                return
            told.language = language
            told.journal["/ask:language"] = language
        else:
            name = STEPS[told.language][told.place][0]
            told.journal[f"/say:{name}"] = True
            told.journal[f"/ask:{name}~4f1c9a02bb"] = {"text": body, "id": heard} if heard and heard != body else body
        told.place = min(told.place + 1, len(STEPS["en"]) - 1)


def _said(message: dict[str, Any]) -> tuple[str, str]:
    if message["type"] == "text":
        return message["text"]["body"], message["text"]["body"]
    if message["type"] == "interactive":
        reply = message["interactive"].get("button_reply") or message["interactive"].get("list_reply")
        return reply["id"], reply["title"]
    return "", f"[{message['type']}]"


def _message(words: str, options: list[tuple[str, ...]]) -> dict[str, Any]:
    if not options:
        return {"type": "text", "text": {"body": words}}
    interactive: dict[str, Any] = {"body": {"text": words}}
    if len(options) <= 3:
        replies = [{"type": "reply", "reply": {"id": option[0], "title": option[1]}} for option in options]
        interactive |= {"type": "button", "action": {"buttons": replies}}
    else:
        rows = [{"id": option[0], "title": option[1], "description": option[2]} for option in options]
        interactive |= {
            "type": "list",
            "action": {"button": "चुनें" if words[0] > "z" else "Choose", "sections": [{"rows": rows}]},
        }
    return {"type": "interactive", "interactive": interactive}


def _shown(told: Conversation, name: str, at: float) -> dict[str, Any]:
    return {
        "conversation_id": "6f1d9b52-64a2-5a0e-9f0e-0d9a9f6b1c77",
        "workflow_id": "conversation-6f1d9b52-64a2-5a0e-9f0e-0d9a9f6b1c77",
        "temporal_url": "http://127.0.0.1:8233/namespaces/default/workflows",
        "bot": "loan",
        "stage": "application",
        "language": told.language,
        "waiting_for": "kyc" if name == "done" else f"answer:{name}",
        "waiting_since": at,
        "wake_at": told.deadlines["nudge"],
        "turn": told.turn,
        "owner": "bot",
        "trouble": "",
        "stopped": False,
        "state": {"journal": told.journal, "deadlines": told.deadlines, "rounds": {}, "outcomes": {}, "epoch": 0},
        "inbox": told.inbox,
        "outbox": told.outbox,
    }


async def main() -> None:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--sandbox", default="http://127.0.0.1:8001")
    options.add_argument("--without-clock", action="store_true", help="let moving time be refused")
    chosen = options.parse_args()
    graph = GraphClient(chosen.sandbox, "sandbox-access-token")
    chatting = ChattingProduct(graph, "sandbox-app-secret", "sandbox-verify-token")
    chatting.product.clock_available = not chosen.without_clock
    await uvicorn.Server(uvicorn.Config(chatting.product.app(), port=chosen.port, log_level="warning")).serve()
    await graph.close()


if __name__ == "__main__":
    asyncio.run(main())
