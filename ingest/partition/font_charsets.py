"""Encodings of the letters of fonts, by the numbers that Windows has for them ([MS-WMF], 2.1.1.5)."""

SYMBOLS = 2  # of fonts that show signs for letters
_ENCODINGS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def encoding_of(charset: int, usual: str = "cp1252") -> str:
    """The encoding of a font's letters.

    Args:
        charset: its number.
        usual: encoding of all other fonts.
    """
    return _ENCODINGS.get(charset, usual)
