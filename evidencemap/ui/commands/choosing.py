"""The questions about exhibits: to which item a file belongs, who took it and why, which exhibit is meant."""

from collections.abc import Callable

from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk
from evidencemap.ui.commands.offers import entities_found, entity_row
from evidencemap.ui.panels.exhibits import size_said
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row
from evidencemap.ui.wording import name_shown


class Choosing:
    """Asks with the picker, each answer by number, by words or by Enter alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def chosen_item(self) -> Id | None:
        """Return the item of evidence that is selected; None where none is, or several are."""
        held = self._desk.editor.case.get(Evidence, self._desk.editor.chosen)
        return None if held is None else held.id

    def ask_item(self, name: str, then: Callable[[Id | None], None]) -> None:
        """Ask to which item a file belongs, the selected one offered first; None is the case alone."""
        editor = self._desk.editor
        alone = Row(text=_("No item: the case alone"), mark="dot", value="")

        def offers(typed: str) -> list[Row]:
            first = self.chosen_item()
            rows = entities_found(editor.case, editor.verdicts, typed, (Evidence,))
            if first is not None and not typed.strip():
                rows = [entity_row(editor.case, editor.verdicts, first)] + [
                    each for each in rows if each.value != first
                ]
            wanted = alone.text.casefold()
            return [*rows, alone] if all(word in wanted for word in typed.casefold().split()) else rows

        def answer(row: Row) -> None:
            then(Id(str(row.value)) if row.value else None)

        prompt = _("To which item of evidence does {name} belong?").format(name=name_shown(name))
        self._desk.picker.ask(Question(prompt=prompt, offers=offers, answer=answer))

    def ask_why(self, prompt: str, then: Callable[[str, str], None]) -> None:
        """Ask for `who: why`, both of which may be left open."""
        settings = self._desk.settings

        def offers(typed: str) -> list[Row]:
            return [] if typed.strip() else [Row(text=_("Leave it open"), mark="dot", value="open")]

        def answer(row: Row) -> None:
            typed = "" if row.value else row.text
            who, colon, why = typed.partition(":")
            if colon and who.strip():
                settings.author = who.strip()
            then(settings.author, why.strip() if colon else typed.strip())

        hint = _("“Ada: asked for by the court” names both; without a colon it is why.")
        self._desk.picker.ask(Question(prompt=prompt, offers=offers, answer=answer, hint=hint, free=True))

    def with_exhibit(self, then: Callable[[Id], None]) -> None:
        """Hand over the exhibit that is meant: the selected one or the only one, else ask which."""
        editor = self._desk.editor
        case = editor.case
        chosen = case.get(Exhibit, editor.chosen)
        item = case.get(Evidence, editor.chosen)
        few = [chosen.id] if chosen is not None else list(item.exhibits) if item is not None else []
        every = [each.id for each in case.sorted(Exhibit)]
        if not every:
            editor.told.emit(_("There is no exhibit in this case."))
        elif len(few) == 1 or len(every) == 1:
            then((few if len(few) == 1 else every)[0])
        else:
            first = [*few, *(each for each in every if each not in few)]
            rows = [_row(held) for each in first if (held := case.get(Exhibit, each)) is not None]

            def offers(typed: str) -> list[Row]:
                words = typed.casefold().split()
                return [
                    row for row in rows if all(word in f"{row.lead} {row.text}".casefold() for word in words)
                ]

            self._desk.picker.ask(
                Question(
                    prompt=_("Which exhibit?"), offers=offers, answer=lambda row: then(Id(str(row.value)))
                )
            )


def _row(held: Exhibit) -> Row:
    return Row(
        text=name_shown(held.name),
        lead=held.number,
        right=size_said(held.size),
        right_ink="muted",
        mark="sheet",
        value=held.id,
    )
