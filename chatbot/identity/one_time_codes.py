"""One-time codes of an app by time (RFC 6238): six digits, new every thirty seconds."""

import hmac
from datetime import datetime

_STEP_S = 30
_BESIDE = 1  # steps that a clock may go wrong (RFC 6238, section 5.2)


def new_secret() -> str:
    """A random secret of 160 bits (RFC 4226, section 4), in Base32."""
    import pyotp

    return pyotp.random_base32()


def set_up_address(secret: str, account: str, issuer: str) -> str:
    """What an app scans to make the codes.

    Args:
        secret: in Base32.
        account: name of the person.
        issuer: as the app shows where the code is for.
    """
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Which step of time a code is of, of those that count now; None where it is of none.

    Args:
        secret: in Base32.
        code: six digits.
        now: the time.
    """
    import pyotp

    codes = pyotp.TOTP(secret)
    present = int(now.timestamp()) // _STEP_S
    found = None
    for step in range(present - _BESIDE, present + _BESIDE + 1):
        if hmac.compare_digest(codes.generate_otp(step).encode(), code.encode()):  # each one, whichever fits
            found = step
    return found


def plain_code(typed: str) -> str:
    """A code as it is compared: people type what parts the digits, and large letters."""
    return "".join(typed.split()).replace("-", "").lower()


def picture(address: str) -> str:
    """A QR code as an SVG element, drawn here.

    Args:
        address: that it holds.
    """
    import segno

    # Its ground is white in dark pages, too: not every camera reads it the other way round.
    return segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000", svgclass="qr")
