"""Which countries were members of the European Union on a date.

The dates of accession are those of
https://european-union.europa.eu/principles-countries-history/eu-countries_en; the United Kingdom
left at the end of 31 January 2020, Brussels time (Article 126 of the Withdrawal Agreement, OJ L 29, 31.1.2020).
"""

from __future__ import annotations

# The first date as a member of each country, by its code in the EU Publications Office's list.
_JOINED = {
    "1958-01-01": ("BEL", "DEU", "FRA", "ITA", "LUX", "NLD"),
    "1973-01-01": ("DNK", "GBR", "IRL"),
    "1981-01-01": ("GRC",),
    "1986-01-01": ("ESP", "PRT"),
    "1995-01-01": ("AUT", "FIN", "SWE"),
    "2004-05-01": ("CYP", "CZE", "EST", "HUN", "LTU", "LVA", "MLT", "POL", "SVK", "SVN"),
    "2007-01-01": ("BGR", "ROU"),
    "2013-07-01": ("HRV",),
}
_FIRST_DATE = {country: day for day, countries in _JOINED.items() for country in countries}
_LAST_DATE = {"GBR": "2020-01-31"}

# The members today.
MEMBERS = tuple(sorted(_FIRST_DATE.keys() - _LAST_DATE))


def is_member(country: str, day: str) -> bool:
    """Return whether a country was a member on a date (ISO 8601)."""
    joined = _FIRST_DATE.get(country)
    return joined is not None and joined <= day <= _LAST_DATE.get(country, day)
