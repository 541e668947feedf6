"""What each column of the table of signatories holds, in words."""

from __future__ import annotations

DESCRIPTIONS = {
    "signatory": "The IRI of the party.",
    "name": "The name of the party; of states and unions, in English.",
    "name_fr": "The name in French, where there is one.",
    "category": "The category in which the party supports the call, a code.",
    "nature": "The kind of organisation, a code.",
    "country": "The country of the party, a code of the EU Publications Office.",
    "country_name": "The name of the country in English.",
    "status": "Whether the endorsement is active, or how it ended, a code.",
    "since": "The first date on which the support is known. It is a date of signature only if declared.",
    "since_basis": "How that date is known: declared, reported, or first seen in the registry.",
    "until": "The date by which the endorsement had ended.",
    "signed_earliest": "The first date on which the party may have signed.",
    "signed_latest": "The last date on which the party may have signed.",
    "website": "The website of the party.",
    "country_alpha3": "The country in ISO 3166-1 alpha-3.",
    "region": "The region of the country, a code of UN M49.",
    "call": "The call that is endorsed.",
    "region_name": "The name of the region in English.",
    "eu_member": "Whether the country was a member of the European Union on the date in since.",
    "sources": "The IRIs of the sources of the endorsement and its events, with a space between.",
}
