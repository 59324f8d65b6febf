"""Words that pages do not use, and what to write instead: selling, unsafe, unfinished, British."""

from __future__ import annotations

import re

from guidekit.problems import Problem

SELLING = {
    r"revolution(?:ary|ize[sd]?|izing)": "say what was shown, and against what",
    r"break-?throughs?": "say what was shown, and against what",
    r"ground-?breaking": "say what was shown, and against what",
    r"cutting[- ]edge": "say since when it is used",
    r"miracles?|miraculous": "say how many people it helped, and how many it did not",
    r"game[- ]chang(?:er|ers|ing)": "say what changed for how many people",
    r"life-?sav(?:er|ers|ing)": "say what was measured; it is not shown to save lives",
    r"transform(?:s|ed|ing|ative|ation)?": "say what changed, and for how many people",
    r"beacon of hope|new lease on life|new horizons?": "leave the figure of speech out",
    r"safe and effective": "say how often it helped and how often it harmed",
    r"(?:reset|reboot|rewire)(?:s|d|ed|ing|ting)?": "say what was measured; to deny the word, quote it",
    r"cures?|cured": "write 'not a cure', or say how many were well and when",
    r"suffer(?:s|ed|ing|ers?) from|sufferers?": "write 'people with ...'",
    r"addicts?": "write 'people who use ...'",
    r"failed (?:treatments?|medications?|antidepressants?)|(?:patients?|people) (?:who|that) (?:have )?failed": (
        "write 'treatments that have not worked': the treatment failed, not the person"
    ),
}
UNSAFE = {
    r"commit(?:s|ted|ting)? suicide": "write 'died by suicide'",
    r"(?:successful|failed|completed?|unsuccessful) (?:suicides?|suicide attempts?|attempts?)": (
        "write 'suicide attempt' or 'died by suicide'"
    ),
    r"suicide epidemic|epidemic of suicides?": "give the figure and its source",
    r"suicides? (?:is|are|was) inevitable": "say that crises pass and people recover",
}
PLACEHOLDERS = {
    r"lorem ipsum|(?-i:TODO|TBD|FIXME|X{3,})|coming soon|placeholder text": "write the text, or leave the part out"
}
BRITISH = {
    r"anaesth\w+": "anesth...",
    r"behaviours?": "behavior",
    r"randomis\w+": "randomiz...",
    r"judgements?": "judgment",
    r"favour\w*": "favor...",
    r"centres?": "center",
    r"programmes?": "program",
    r"licences?|licenced": "license",
    r"tumours?": "tumor",
    r"recognis\w+": "recogniz...",
    r"hospitalis\w+": "hospitaliz...",
    r"organis\w+": "organiz...",
    r"colou?r(?<=colour)\w*": "color",
}
# (words as they stand, page or "" for all pages): why they may.
EXCEPTIONS = {
    ("not a cure", ""): "that is what is right to say",
    ("no cure", ""): "the same",
    ("TRANSFORM", ""): "the name of trials; matched in capitals only",
    ("Centre", ""): "names of institutions are not translated",
}
KINDS = ((SELLING, "is a selling word"), (UNSAFE, "is not safe to say"), (PLACEHOLDERS, "is unfinished"))


def wrong(text: str, path: str, number: int) -> list[Problem]:
    """Problems of a line that holds what would mislead or hurt a reader. number: of the line in the file `path`."""
    if not ANY_WRONG.search(text):
        return []
    return [
        Problem(path, number, f"'{word}' {what}", mend)
        for kinds, what in KINDS
        for word, mend in _words(text, kinds, path)
    ]


def british(text: str, path: str, number: int) -> list[Problem]:
    """Notes on a line that holds British spelling."""
    if not ANY_BRITISH.search(text):
        return []
    return [
        Problem(path, number, f"'{word}' is British spelling", f"write '{mend}'")
        for word, mend in _words(text, BRITISH, path)
    ]


def _any(*kinds: dict[str, str]) -> re.Pattern[str]:
    """Whether there is any of the words, asked once a line: of a hundred lines one has any."""
    return re.compile(_whole("|".join(pattern for words in kinds for pattern in words)), re.I)


def _whole(pattern: str) -> str:
    return rf"(?<![\w-])(?:{pattern})(?![\w-])"


ANY_WRONG, ANY_BRITISH = _any(*(kinds for kinds, _ in KINDS)), _any(BRITISH)


def _words(text: str, kinds: dict[str, str], path: str) -> list[tuple[str, str]]:
    hits = []
    for pattern, mend in kinds.items():
        for match in re.finditer(_whole(pattern), text, re.I):
            around = text[max(0, match.start() - 12) : match.end() + 12]
            both = around + around.lower()  # exceptions in small letters match in any case
            if not any(words in both and page in ("", path) for words, page in EXCEPTIONS):
                hits.append((match[0], mend))
    return hits
