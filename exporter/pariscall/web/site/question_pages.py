"""The pages of the questions: the answer in a sentence, a table, the query, and where to take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...io.numbers import format_number
from ...project import current, in_language
from .locale import format_date, typeset
from .messages import words
from .page import Content, Page
from .question_messages import ANSWERS, QUESTIONS
from .questions import Answer, Value, number_of
from .resources import Resource, Text
from .sentences import sentence

LIST = "questions"


def question_pages(content: Content, lang: str) -> Iterator[Page]:
    """Yield the list of the questions, and a page for each."""
    if content.answers:
        yield Page(LIST, "questions.html", values={"asked": answered(content, lang)})
    for answer in content.answers:
        values = {"answer": answer, "asked": ask(answer, lang), "told": tell(answer, lang)}
        yield Page(answer.path, "question.html", values=values)


def answered(content: Content, lang: str) -> list[tuple[Answer, str, str]]:
    """Return the answers, each with its question and what it tells."""
    return [(each, ask(each, lang), tell(each, lang)) for each in content.answers]


def ask(answer: Answer, lang: str) -> str:
    """Return the question in a language."""
    return _filled(QUESTIONS[answer.question.slug][lang], {}, lang)


def tell(answer: Answer, lang: str) -> str:
    """Return the answer in a sentence or two."""
    return _filled(ANSWERS[answer.question.slug][lang], _facts(answer, lang), lang)


def _filled(text: str, facts: Mapping[str, str], lang: str) -> str:
    call = in_language(current().short, lang)
    return typeset(text.format(call=call, **facts), lang)


def _facts(answer: Answer, lang: str) -> dict[str, str]:
    """Return what a sentence can say: numbers, the first row, the largest, the span of the dates."""
    numbers = [number_of(row[-1]) for row in answer.rows]
    largest = max(range(len(numbers)), key=lambda at: (numbers[at], -at))
    days = sorted(
        cell.value
        for row in answer.rows
        for cell in row
        if isinstance(cell, Text) and cell.datatype == "xsd:date"
    )
    facts = {
        "count": format_number(len(answer.rows), lang),
        "total": format_number(sum(numbers), lang),
        "largest": _name(answer.rows[largest][answer.shown[0]], lang),
        "largest_number": format_number(numbers[largest], lang),
        "last": format_date(days[-1], lang) if days else "",
        "first": format_date(days[0], lang) if days else "",
        "span": _span(days, lang),
        "sentence": _sentence(answer, lang),
        **_answers(answer, lang),
        "least": format_number(number_of(answer.rows[0][0]), lang),
        "most": format_number(numbers[0], lang),
        "asked_of": format_number(len(answer.question.values.get("country", ())), lang),
    }
    if "country" in answer.columns:
        at = answer.columns.index("country")
        [(place, number)] = Counter(_name(row[at], lang) for row in answer.rows).most_common(1)
        facts |= {"place": place, "place_number": format_number(number, lang)}
    return facts


def _span(days: Sequence[str], lang: str) -> str:
    if not days:
        return ""
    text = words(lang)["span" if days[0] < days[-1] else "span_of_a_day"]
    return text.format(first=format_date(days[0], lang), last=format_date(days[-1], lang))


def _sentence(answer: Answer, lang: str) -> str:
    """Return what is known of the party that a question is about."""
    return sentence(answer.about, lang) if answer.about else ""


def _answers(answer: Answer, lang: str) -> dict[str, str]:
    """Return the numbers of a table whose rows are yes and no."""
    numbers = {_name(row[0], lang): number_of(row[-1]) for row in answer.rows}
    return {
        key: format_number(numbers.get(words(lang)[f"is_{truth}"], 0), lang)
        for key, truth in (("known", "true"), ("unknown", "false"))
    }


def _name(value: Value, lang: str) -> str:
    if isinstance(value, Resource):
        return value.name(lang).value
    if value and value.datatype == "xsd:boolean":
        return words(lang)[f"is_{value.value}"]
    return value.value if value else ""
