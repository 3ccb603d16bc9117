"""Numbers written by the digits of a format: 0221 1234567, 1,5 Mio., 2 3/4, 1,23E+05."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from babel.numbers import get_decimal_symbol, get_group_symbol

from ingest.partition.format_sections import Piece

_CONTEXT = Context(prec=400)  # the largest number of a workbook has 309 digits
_GROUP = 3


def digits_shown(number: Decimal, pieces: Sequence[Piece], language: str) -> str:
    """A number without its sign, with the texts around and between its digits.

    Args:
        number: not below 0.
        pieces: of a section that has digits.
        language: of the workbook.
    """
    number = _CONTEXT.multiply(number, Decimal(100) ** sum(piece == ("sign", "%") for piece in pieces))
    exponent = next((at for at, piece in enumerate(pieces) if piece.kind == "exponent"), None)
    if exponent is not None:
        return _scientific(number, pieces, exponent, language)
    slash = next((at for at, piece in enumerate(pieces) if _is_fraction(pieces, at)), None)
    if slash is not None:
        return _fraction(number, pieces, slash)
    return _fixed(number, pieces, language)


def _fixed(number: Decimal, pieces: Sequence[Piece], language: str) -> str:
    digits = [at for at, piece in enumerate(pieces) if piece.kind == "digit"]
    point = next((at for at in range(len(pieces)) if pieces[at] == ("sign", ".") and _is_point(digits, at)), None)
    commas = [at for at in range(len(pieces)) if pieces[at] == ("sign", ",") and _is_comma(pieces, at)]
    grouping = [at for at in commas if digits[0] < at < digits[-1] and at + 1 in digits and (not point or at < point)]
    scaled = number.scaleb(-_GROUP * (len(commas) - len(grouping)), context=_CONTEXT)
    end = len(pieces) if point is None else point
    behind = [at for at in digits if at > end]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP, context=_CONTEXT)
    whole, _, places = f"{rounded:f}".partition(".")
    written = _whole(whole.lstrip("0"), [at for at in digits if at < end], pieces, language if grouping else "")
    written |= _places(places, behind, pieces)
    if point is not None:
        text = get_decimal_symbol(language) if any(written[at] for at in behind) else ""
        written[point] = text if any(at < end for at in digits) else f"{whole.lstrip('0')}{text}"
    written |= dict.fromkeys(commas, "")
    return "".join(written.get(at, piece.text) for at, piece in enumerate(pieces))


def _whole(figures: str, places: Sequence[int], pieces: Sequence[Piece], language: str) -> dict[int, str]:
    """What stands at the digits before the point; the first takes all figures that are over."""
    written: dict[int, str] = {}
    count = 0
    for at in reversed(places):
        taken = figures if at == places[0] else figures[-1:]
        figures = figures[: len(figures) - len(taken)]
        text = ""
        for figure in reversed(taken or ("0" if pieces[at].text == "0" else "")):
            text = figure + (get_group_symbol(language) if language and count and count % _GROUP == 0 else "") + text
            count += 1
        written[at] = text
    return written


def _places(figures: str, places: Sequence[int], pieces: Sequence[Piece]) -> dict[int, str]:
    """What stands at the digits behind the point: zeros at the end only where the format asks for them."""
    last = max((n for n, at in enumerate(places) if figures[n] != "0" or pieces[at].text == "0"), default=-1)
    return {at: figures[n] if n <= last else "" for n, at in enumerate(places)}


def _scientific(number: Decimal, pieces: Sequence[Piece], exponent: int, language: str) -> str:
    before, behind = pieces[:exponent], pieces[exponent + 1 :]
    point = next((at for at, piece in enumerate(before) if piece.text == "."), len(before))
    step = max(1, sum(piece.kind == "digit" for piece in before[:point]))
    places = sum(piece.kind == "digit" for piece in before[point:])
    power = number.adjusted() if number else 0
    power -= power % step
    digits = step + places - (step - 1 - (number.adjusted() - power if number else 0))
    rounded = Context(prec=max(1, digits), rounding=ROUND_HALF_UP).plus(number)
    if rounded and rounded.adjusted() - power >= step:
        power += step
    mantissa = _fixed(rounded.scaleb(-power, context=_CONTEXT), before, language)
    sign = "-" if power < 0 else "+" if pieces[exponent].text.endswith("+") else ""
    return f"{mantissa}E{sign}{_fixed(Decimal(abs(power)), behind, language)}"


def _is_fraction(pieces: Sequence[Piece], slash: int) -> bool:
    """Whether a slash stands between a numerator and a denominator."""
    if pieces[slash] != ("sign", "/") or slash == 0:
        return False
    return next((piece.kind for piece in reversed(pieces[:slash]) if piece.text != " "), "") == "digit" and bool(
        "".join(_denominator(pieces[slash + 1 :]))
    )


def _denominator(pieces: Sequence[Piece]) -> Iterator[str]:
    started = False
    for piece in pieces:
        if piece.kind != "digit" and not (piece.kind == "sign" and piece.text.isdecimal()):
            if started or piece.text != " ":
                return
            continue
        started = True
        yield piece.text


def _fraction(number: Decimal, pieces: Sequence[Piece], slash: int) -> str:
    """A number with a fraction: 2 3/4, or 11/4 where the format has no whole number."""
    bottom = "".join(_denominator(pieces[slash + 1 :]))
    top = slash
    while top and (pieces[top - 1].kind == "digit" or (pieces[top - 1].text == " " and top == slash)):
        top -= 1
    first = next((at for at, piece in enumerate(pieces) if piece.kind == "digit"), top)
    end = next(
        at for at in range(slash + 1, len(pieces) + 1) if "".join(_denominator(pieces[slash + 1 : at])) == bottom
    )
    exact = Fraction(number)
    if bottom[0] in "0#?":
        near = exact.limit_denominator(10 ** len(bottom) - 1)
        parted = near.numerator, near.denominator
    else:
        parted = round(exact * int(bottom)), int(bottom)
    before, behind = pieces[:first], pieces[end:]
    text = _mixed(*parted) if first < top else _mixed(*parted) if parted[1] == 1 else f"{parted[0]}/{parted[1]}"
    return "".join(piece.text for piece in before) + text + "".join(piece.text for piece in behind)


def _mixed(top: int, bottom: int) -> str:
    whole, rest = divmod(top, bottom)
    shortened = Fraction(rest, bottom)
    pieces = [str(whole)] if whole or not rest else []
    pieces += [f"{shortened.numerator}/{shortened.denominator}"] if rest else []
    return " ".join(pieces)


def _is_point(digits: Sequence[int], at: int) -> bool:
    return at + 1 in digits or at - 1 in digits


def _is_comma(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a comma parts or takes off thousands: it stands behind a digit, or behind another such comma."""
    while at and pieces[at] == ("sign", ","):
        at -= 1
    return pieces[at].kind == "digit"
