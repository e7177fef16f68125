"""What click finds wrong with a line, said in the language of the line."""

import re

import click

from .session import Session

_CLICK_SAYS = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (r"Missing command\.", "missing-command"),
        (r"Got unexpected extra arguments? \((?P<words>.*)\)", "words-too-many"),
        (r"Option '(?P<name>.*)' requires an argument\.", "value-wanted"),
        (r"Option '(?P<name>.*)' does not take a value\.", "no-value-wanted"),
        (r"(?P<value>.*) is not (?:one of )?(?P<known>'.*')\.", "not-among"),
        (r"(?P<value>.*) is not in the range (?P<range>.*)\.", "out-of-range"),
        (r"(?P<value>.*) is not a valid int\w*(?: range)?\.", "no-whole-number"),
        (r"(?P<value>.*) is not a valid float(?: range)?\.", "no-number"),
        (r"\w+ (?P<path>['\"].*['\"]) does not exist\.", "path-absent"),
        (r"\w+ (?P<path>['\"].*['\"]) is a file\.", "path-is-file"),
        (r"\w+ (?P<path>['\"].*['\"]) is a directory\.", "path-is-folder"),
        (r"\w+ (?P<path>['\"].*['\"]) is not readable\.", "path-unreadable"),
        (r"\w+ (?P<path>['\"].*['\"]) is not writable\.", "path-unwritable"),
    )
)
"""Most of what click finds it tells in English sentences only, without the facts in them."""


def usage_message(error: click.ClickException, session: Session) -> str:
    """Say what is wrong with a line; what click may say besides stays English."""
    match error:
        case click.NoSuchOption():
            text = session.say("no-such-option", name=error.option_name)
        case click.exceptions.NoSuchCommand():
            text = session.say("no-such-command", name=error.command_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            name = _hint(parameter.get_error_hint(error.ctx))
            return session.say("missing-parameter", name=name)
        case click.BadParameter(param=click.Parameter() as parameter):
            name = _hint(parameter.get_error_hint(error.ctx))
            reason = _reason(error.message, session)
            return session.say("bad-parameter", name=name, reason=reason)
        case click.BadParameter(param_hint=str(hint)):
            reason = _reason(error.message, session)
            return session.say("bad-parameter", name=_hint(hint), reason=reason)
        case _:
            return _reason(error.format_message(), session)
    near = " / ".join(error.possibilities or ())
    return f"{text}; {session.say('did-you-mean', near=near)}" if near else text


def _hint(hint: str) -> str:
    return hint.replace("'", "")


def _reason(message: str, session: Session) -> str:
    """What click said, or one of our own sentences as it stands."""
    for pattern, code in _CLICK_SAYS:
        if found := pattern.fullmatch(message):
            facts = found.groupdict()
            if "known" in facts:
                facts["known"] = facts["known"].replace("'", "")
            return session.say(code, **facts)
    return message
