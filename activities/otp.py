"""One-time codes: the auth API sends them and checks them. What somebody typed goes from the vault to it alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from activities.effects import OutsideMisconfigured, OutsideRefused
from activities.partners import Partner
from domain.otp import REQUEST_CODE, VERIFY_CODE, CodeCheck, CodeRequested, CodeWanted, Verified
from store.vault import NotInVault, Vault

USER_TYPE = "MSME"
SOURCE = "whatsapp"
EXPIRED = "expired"
"""the refusal of a code that is not there any more, at the auth API or in the vault"""
REQUESTED = TypeAdapter(CodeRequested)
CHECKED = TypeAdapter(Verified)


class OneTimeCodes:
    """What the auth API does for us. Nothing that it raises tells a code, a phone number or a token."""

    def __init__(self, partner: Partner, vault: Vault) -> None:
        self._partner = partner
        self._vault = vault

    async def request(self, conversation: UUID, key: UUID, wanted: CodeWanted) -> CodeRequested:
        """Have a code sent to this phone."""
        body = {
            "phone_number": wanted.phone_number,
            "user_type": USER_TYPE,
            "metadata": {
                "source": SOURCE,
                "onboarding_data": {"name": wanted.name, "sector": wanted.sector, "pincode": wanted.pincode},
            },
        }
        answer = await self._partner.post("/otp/request", body, key)
        requested: CodeRequested = _read(REQUESTED, answer, REQUEST_CODE.refusals)
        return requested

    async def verify(self, conversation: UUID, key: UUID, check: CodeCheck) -> Verified:
        """Have the code checked that they typed. One that the vault does not have any more has expired."""
        try:
            code = await self._vault.read(conversation, check.code.ref)
        except NotInVault:
            raise OutsideRefused(EXPIRED) from None
        body = {"request_id": check.request_id, "phone_number": check.phone_number, "otp": code}
        answer = await self._partner.post("/otp/verify", body, key)
        verified: Verified = _read(CHECKED, answer, VERIFY_CODE.refusals)
        return verified

    async def forget(self, conversation: UUID, check: CodeCheck) -> None:
        """The code was checked and the answer is written down: nobody needs it any more."""
        await self._vault.forget(conversation, check.code.ref)


def _read(adapter: TypeAdapter[Any], answer: Any, refusals: tuple[str, ...]) -> Any:
    """An answer as its type; a first one that was a refusal (409) is that again."""
    if (code := _refusal(answer)) in refusals:
        raise OutsideRefused(code)
    try:
        read = adapter.validate_python(answer)
    except ValidationError as error:
        # Where it is wrong, and never what is there: it may be a token.
        places = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
        raise OutsideMisconfigured(f"auth API: an answer of another shape, at {', '.join(places)}") from None
    if empty := sorted(name for name, value in vars(read).items() if not value):
        raise OutsideMisconfigured(f"auth API: an answer with nothing at {', '.join(empty)}")
    return read


def _refusal(answer: Any) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    return str(error.get("code", "")) if isinstance(error, dict) else ""
