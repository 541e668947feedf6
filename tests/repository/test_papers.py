"""Figures that papers, agencies and reports print, each beside the answer of a named question.

Not answered: the states of the group of governmental experts, which has no source here; what is counted by
region (Latin America, Africa, Asia, Europe), as regions are in the tables only; the launch by alliance,
which nobody recorded by party; and votes in the First Committee.
"""

from __future__ import annotations

from collections import Counter

import pytest

import pariscall

pytestmark = pytest.mark.slow
CATEGORIES = ("state", "public-authority", "civil-society", "private-sector")


def counts(day: str) -> dict[str, int]:
    """Answer how many the registry listed on a day, by category."""
    found = pariscall.query("supporters-by-category", as_of=day)
    return {category.rpartition("#")[2]: int(number) for category, number in found}


def states(day: str | None = None) -> set[str]:
    return {row[1] for row in pariscall.query("states", as_of=day)}


@pytest.mark.parametrize(
    ("paper", "day", "printed", "total"),
    [
        ("Working Groups 3, 4 and 6, November 2021", "2021-11-10", (79, 35, 391, 706), 1216),
        # "1000+"; the registry had 1,208 files of 1,206 parties.
        ("Survey of KPMG and Microsoft", "2021-05-15", None, 1206),
        ("AFP, 12 November 2019", "2019-11-11", None, 1038),
        ("Digital Peace Now, first anniversary", "2020-04-06", (78, 29, 347, 642), None),
        ("Ministry and Paris Peace Forum", "2021-11-11", None, 1218),
    ],
)
def test_the_registry_had_what_papers_print(
    paper: str, day: str, printed: tuple[int, ...] | None, total: int | None
) -> None:
    found = counts(day)
    if printed:
        assert tuple(found[category] for category in CATEGORIES) == printed, paper
    if total:
        assert sum(found.values()) == total, paper


def test_afp_counted_the_states_one_commit_before_the_last_of_the_day() -> None:
    assert counts("2019-11-11")["state"] == 73 + 1


def test_the_ministry_counts_80_states_and_the_forum_706_companies() -> None:
    found = counts("2021-11-11")
    assert (found["state"], found["private-sector"], found["civil-society"]) == (80, 706, 391)


def test_the_four_that_digital_peace_now_names_were_not_listed_that_day() -> None:
    named = {"United States", "India", "Brazil", "South Africa"}
    assert not named & states("2021-09-21")
    assert named & states() == {"United States"}
    said = pariscall.query("claims-about-a-party", party="actor:india")
    assert any("not-listed" in str(row) for row in said)


def test_those_that_telecompaper_misses_at_the_launch_signed_later_or_never() -> None:
    missed = {"Australia", "United States", "China", "North Korea", "Russia", "Iran", "Israel"}
    assert {*missed, "Saudi Arabia"} & states() == {"Australia", "United States"}


def test_three_american_states_and_huawei_were_listed_by_the_first_anniversary() -> None:
    for party in ("commonwealth-of-virginia", "state-of-colorado", "washington-state", "huawei"):
        happened = pariscall.query("history-of-a-party", party=f"actor:{party}", as_of="2019-11-12")
        assert any("listing" in str(row) for row in happened), party


def test_the_figures_of_the_launch_are_claims() -> None:
    claimed = pariscall.query("counts-of-states-claimed")
    assert any("51" in map(str, row) for row in claimed)


def test_india_is_no_supporter_and_63_indian_bodies_are() -> None:
    assert "India" not in states()
    assert len(list(pariscall.query("supporters-of-a-country", country="country:IND"))) == 63


def test_the_overlap_of_processes() -> None:
    both = Counter(
        str(row[1]).rpartition("/")[2] for row in pariscall.query("supporters-of-two-calls")
    )
    assert both["cybersecurity-tech-accord"] == 34
    members = states()
    for call, number in (
        ("counter-ransomware-initiative", 43),
        ("declaration-future-internet", 45),
    ):
        there = {row[1] for row in pariscall.query("states", call=f"call:{call}")}
        assert len(members & there) == number


def test_seventy_bodies_took_part_in_group_3() -> None:
    found = pariscall.query("working-group-participants")
    assert sum(str(row[0]) == "3" and str(row[2]).endswith("#participant") for row in found) == 70
