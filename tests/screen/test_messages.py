"""Messages are collected while the screen is open."""

import io

from netstat_parse.screen.messages import MAX_MESSAGES, Messages


def printed(messages: Messages) -> str:
    file = io.StringIO()
    messages.print_all(file)
    return file.getvalue()


def test_a_message_is_printed_once_with_its_number_of_times() -> None:
    messages = Messages()
    for text in ("a\n", "b\na", "\nc"):
        messages.write(text)
    assert messages.pop_latest() == ["a", "b", "a"]
    assert printed(messages) == "a (2 times)\nb\nc\n"


def test_messages_are_bounded() -> None:
    messages = Messages()
    for number in range(3 * MAX_MESSAGES):
        messages.write(f"{number}\n")
    assert len(messages.pop_latest()) == MAX_MESSAGES
    assert printed(messages).splitlines()[-1] == "netstat-parse: 200 other messages"
    assert messages.pop_latest() == []
