"""Hostile markup, and the characters that no output may pass on."""

import re

EVIL = "http://evil.example/?q=1"
TAGS = "".join(chr(0xE0000 + ord(char)) for char in "evil")
PAYLOADS = [
    f"![x]({EVIL})", f"[x]({EVIL})", f"<{EVIL}>", EVIL, "www.evil.example", f"[x][1]\n\n[1]: {EVIL}", f"[x]: {EVIL}",
    "<img src=x onerror=window.pwned=1>", f'"><img src="{EVIL}">', "<script>window.pwned=1</script>",
    f"<iframe src={EVIL}></iframe>", "<svg onload=window.pwned=1></svg>", f"<style>@import url({EVIL});</style>",
    "[x](javascript:window.pwned=1)", "<a href=javascript:window.pwned=1>x</a>", "[x](data:text/html,<script>)",
    "[x](vbscript:x)", "&lt;img src=x onerror=window.pwned=1&gt;", "&#60;script&#62;window.pwned=1&#60;/script&#62;",
    f"\\href{{{EVIL}}}{{x}}", f"$$\\includegraphics{{{EVIL}}}$$", f'<meta http-equiv=refresh content="0;url={EVIL}">',
    "<base href=http://evil.example/>", f"<form action={EVIL}><input name=p><button>x</button></form>", "[[evil]]",
    f'<a href="{EVIL}" ping="{EVIL}">x</a>', f"<link rel=stylesheet href={EVIL}>",
    f"<object data={EVIL}></object>",
    f"<video src={EVIL} autoplay></video>", f'<p style="background:url({EVIL})">x</p>',
    "</p></div></main></script>",
    "\u202eevil\u202c", f"x\u200bx{TAGS}", f"\x1b]8;;{EVIL}\x07x\x1b]8;;\x07", "\x1b[2J\x1b[1;1H", "\x9b2J",
    "\x1b]0;x\x07",
    f'=HYPERLINK("{EVIL}")', "+cmd|' /C calc'!A1", "-1+1|x", "@SUM(1)", "x,=cmd|' /C calc'!A1", "x;=1+1", "\t=1", "＝1",
    f"[link={EVIL}]x[/link]", "[bold]x", "[/x]", ":smile:", f'<font color="red"><a href="{EVIL}">x</a></font>',
    f'<img src="{EVIL}" width="1" height="1"/>', "{{ 7*7 }}{% raw %}", "*/}</style>", "```\n<script>", "`x`",
    "# x\n\n> y",
    "| a | b |\n|---|---|\n| c | d |", "<!--", "<![CDATA[", "]]>", "\x00<img src=x onerror=window.pwned=1>",
]  # fmt: skip
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
