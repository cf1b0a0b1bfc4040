"""The widgets of the lines around the rows: tabs, status, keys, and the filter that is being typed."""

from collections.abc import Iterable, Mapping

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widgets import Input, Static

from netstat_parse.formats import styles
from netstat_parse.formats.text_layout import GAP
from netstat_parse.screen.commands import COMMANDS
from netstat_parse.screen.lines import choose_tabs, fit_words, label_table
from netstat_parse.screen.tracker import TableRound

_MORE = " >"
"""Mark behind the last name if there are more tables; its mirror image is before the first one."""


class TabsLine(Static):
    """The names of the tables. A click chooses one."""

    def draw(self, tables: Mapping[str, TableRound], active_name: str) -> None:
        """Draw as many names as fit, that of the active table among them."""
        names = [*tables]
        if not names:
            self.update(Text("netstat-parse watch", styles.TITLE))
            return
        labels = [label_table(table) for table in tables.values()]
        active = names.index(active_name)
        width = self.app.size.width
        visible = choose_tabs(labels, active, width)
        if len(visible) < len(labels):
            visible = choose_tabs(labels, active, width - 2 * len(_MORE))
        text = Text("< " if visible.start else "", no_wrap=True)
        for place in visible:
            style = Style.parse("bold reverse" if place == active else "none")
            text.append(labels[place], style + Style.from_meta({"@click": f"app.choose_table({place})"}))
            text.append(" " * GAP)
        if visible.stop < len(labels):
            text.right_crop(len(_MORE))
            text.append(_MORE)
        self.update(text)


class StatusLine(Static):
    """Facts about the rounds and the rows."""

    def draw(self, phrases: Iterable[str]) -> None:
        """Draw the phrases that fit, the most important first."""
        self.update(Text(" · ".join(fit_words(phrases, self.app.size.width, " · ")), no_wrap=True))


class KeysLine(Static):
    """The keys of the most important commands. A click is as good as the key."""

    def draw(self) -> None:
        """Draw the commands that fit."""
        labelled = {command.label: command for command in COMMANDS if command.label}
        text = Text(no_wrap=True)
        for label in fit_words(labelled, self.app.size.width):
            key, _, word = label.partition(" ")
            link = Style.from_meta({"@click": f"app.{next(iter(labelled[label].actions.values()))}"})
            text.append(key, Style(bold=True) + link)
            text.append(f" {word}", link)
            text.append(" " * GAP)
        self.update(text)


EDITING_KEYS = {
    key: binding.action for binding in Input.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")
}
"""The action of each key that edits a line."""


class FilterInput(Input):
    """The filter, while it is typed."""

    async def _on_key(self, event: events.Key) -> None:
        """Edit at once: textual inserts a letter here, but runs the action of a backspace after further letters."""
        action = EDITING_KEYS.get(event.key)
        if action is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        await self.run_action(action)
