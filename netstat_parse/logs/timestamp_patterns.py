"""What time stamps look like in a log: those of loggers, of ``date`` on Linux and on Windows."""

import re

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\ ?[AaPp]\.?[Mm]\b\.?)?"


_ISO = r"\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\ ?(?:Z|UTC|GMT)\b|\ ?[+-]\d\d:?\d\d\b)?"


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"


_SYSLOG = rf"{_MONTH}\ [\ \d]\d\ \d\d:\d\d:\d\d(?:\.\d+)?"


_DATES = rf"{_DAY}\ {_MONTH}\ [\ \d]\d\ {_CLOCK}(?:\ [A-Z]{{2,5}}|\ [+-]\d{{2,4}})?\ \d{{4}}"
"""What ``date`` prints in the C locale, with its zone, as ctime does without; en_US has AM and PM."""


_SLASHED = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?"


_WEEKDAY = rf"(?:{_DAY}\w*,?\ |\w{{1,3}}\.?,?\ )?"


_PLAIN = rf"(?:{_ISO}|{_DATES}|{_SYSLOG}|(?:{_DAY}\w*,?\ )?{_SLASHED},?\ +{_CLOCK})"


STAMP = re.compile(rf"(?<![\w.:/-]){_PLAIN}(?![\w:])")


DATE = re.compile(rf"\s*{_WEEKDAY}(?P<date>{_SLASHED})\s*$")


TIME = re.compile(rf"\s*(?P<time>{_CLOCK})\s*$")


ASKED = re.compile(r"The current (?P<what>date|time) is: *(?P<stamp>\S.*?)\s*$")


BEFORE = re.compile(rf"\[?(?P<stamp>{_ISO}|{_SYSLOG})\]?(?:\ [\w.:-]+\ [^\s:\[]+(?:\[\d+\])?:)?[\ \t]")
"""What a logger writes before each line: the time, and as syslog does the host and the program."""
