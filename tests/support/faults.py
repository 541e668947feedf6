"""A change to the example for each shape that reports, which makes it fire."""

from __future__ import annotations

from pariscall.rdf.namespaces import BASE

# Short names for the nodes of the example and for the ways to change it.
ACME = "endorsement:paris-call\\/acme\\/1"
INSTITUTE = "endorsement:paris-call\\/acme-institute\\/1"
SIGNATURE = ACME + "\\/event\\/signature"
MOVE = ACME + "\\/event\\/reclassification"
RENAME = ACME + "\\/event\\/name-change"
COUNTRY_CHANGE = ACME + "\\/event\\/country-change"
ENTRY = "registry:example\\/entry\\/acme"
CLAIM = "claim:gazette\\/acme-institute"
COUNTRY_CLAIM = "claim:gazette\\/acme-country"
STATE = "source:example-registry\\/0000001"
COUNT = "claim:gazette\\/states"
ATTRIBUTE = "claim:gazette\\/principle-1"

GROUP = f"<{BASE}group/first>"
PARTICIPATION = f"<{BASE}group/first/participant/1>"
ACTIVITY = f"<{BASE}activity/paris-call/1>"
LEAGUE = f"<{BASE}grouping/league>"
MEMBERSHIP = f"<{BASE}grouping/league/member/SVN/1>"
MAPPING = f"<{BASE}mapping/acme/ror:05b7fdx35>"
DATASET = f"<{BASE}dataset/example>"
ONTOLOGY = f"<{BASE}ns>"


def drop(subject: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?value }}"


def delete(subject: str, predicate: str, value: str) -> str:
    return f"DELETE DATA {{ {subject} {predicate} {value} }}"


def add(subject: str, predicate: str, *values: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {', '.join(values)} }}"


def put(subject: str, predicate: str, *values: str) -> str:
    return f"{drop(subject, predicate)} ; {add(subject, predicate, *values)}"


def day(text: str) -> str:
    return f'"{text}"^^xsd:date'


# What to change in the example so that a shape fires.
FAULTS = {
    # of the gate, on calls, principles and public events
    "call-label": put("call:paris-call", "skos:prefLabel", '"Paris Call"'),
    "call-launch-date": add("call:paris-call", "msc:launchDate", day("2018-11-13")),
    "call-launched-at": put("call:paris-call", "msc:launchedAt", "actor:acme"),
    "call-initiator": put("call:paris-call", "msc:initiator", "actor:nobody"),
    "call-registry": add("call:paris-call", "msc:officialRegistry", "source:gazette"),
    "call-principles": drop("call:other", "msc:hasPrinciple"),
    "call-source": put("call:other", "dcterms:source", "actor:acme"),
    "call-official-launch": drop("call:paris-call", "msc:launchDate"),
    "call-launched-on-the-day": put("event:opening", "schema:startDate", day("2018-11-13")),
    "principle-position": put("call:paris-call\\/principle\\/1", "schema:position", "0"),
    "principle-title": drop("call:paris-call\\/principle\\/1", "skos:prefLabel"),
    "principle-wording": put("call:paris-call\\/principle\\/1", "skos:definition", '"No tag"'),
    "principle-call": drop("call:paris-call\\/principle\\/1", "msc:principleOf"),
    "principle-of-its-call": drop("call:paris-call", "msc:hasPrinciple"),
    "principle-source": drop("call:paris-call\\/principle\\/1", "dcterms:source"),
    "public-event-label": put("event:opening", "skos:prefLabel", '"Opening"@en', '"Start"@en'),
    "public-event-start": put("event:opening", "schema:startDate", day("2018-11-15")),
    "public-event-end": add("event:opening", "schema:endDate", day("2018-11-15")),
    "public-event-dated": drop("event:opening", "schema:endDate"),
    "public-event-place": add("event:meeting", "schema:location", '"Lille"'),
    "public-event-source": drop("event:meeting", "dcterms:source"),
    "public-event-typed": drop("event:meeting", "a"),
    # on parties
    "party-name": put("actor:acme", "skos:prefLabel", '"Acme "'),
    "party-country": put("actor:acme", "msc:country", "country:ROM"),
    "party-country-in-use": put("actor:acme", "msc:country", "country:SCG"),
    "signatory-country-known": drop("actor:acme", "msc:country"),
    "party-nature": put("actor:acme", "org:classification", "category:state"),
    "party-member-of": put("actor:freedonia", "org:memberOf", "actor:nobody"),
    "party-homepage": put("actor:acme", "foaf:homepage", "<ftp://acme.example/>"),
    "party-names": add("actor:freedonia", "skos:prefLabel", '"Freedonia"'),
    "party-typed": drop("actor:icann", "a"),
    "homepage": put("actor:acme", "foaf:homepage", "<https://https://acme.example/>"),
    "signatory-endorsement": drop("actor:acme", "msc:hasEndorsement"),
    "signatory-endorses": add("actor:acme", "msc:endorses", "call:paris-call"),
    # on endorsements
    "endorsement-signatory": drop(ACME, "msc:signatory"),
    "endorsement-call": add(ACME, "msc:call", "call:other"),
    "endorsement-status": put(ACME, "msc:status", "status:gone"),
    "endorsement-category": put(ACME, "msc:category", "status:active"),
    "endorsement-since": put(ACME, "msc:since", day("2020-06-01")),
    "endorsement-since-basis": drop(ACME, "msc:sinceBasis"),
    "endorsement-until": add(ACME, "msc:until", day("2020-05-02")),
    "endorsement-until-basis": put(ACME, "msc:untilBasis", "category:state"),
    "endorsement-ended": drop(ACME, "msc:until"),
    "endorsement-after-launch": put(ACME, "msc:since", day("2018-11-11")),
    "endorsement-event": drop(ACME, "msc:hasEvent"),
    "endorsement-claim": drop(ACME, "msc:supportedBy"),
    "endorsement-superseded-by": put(ACME, "msc:supersededBy", "actor:acme-institute"),
    "endorsement-closed": add(ACME, "msc:sine", day("2020-01-01")),
    "endorsement-stated": drop("actor:acme-institute", "msc:endorses"),
    "endorsement-once": put(ACME, "msc:signatory", "actor:acme-institute")
    + f" ; {put(ACME, 'msc:status', 'status:active')}",
    "endorsement-of-its-signatory": drop("actor:acme", "msc:hasEndorsement"),
    "endorsement-concluded": add(ACME, "msc:supportedBy", CLAIM),
    "endorsement-end-basis": drop(ACME, "msc:untilBasis"),
    "endorsement-successor": drop(ACME, "msc:supersededBy"),
    # on events and dates
    "event-endorsement": drop(SIGNATURE, "msc:ofEndorsement"),
    "event-of-its-endorsement": drop(ACME, "msc:hasEvent"),
    "event-type": put(SIGNATURE, "msc:eventType", "status:active"),
    "event-basis": drop(SIGNATURE, "msc:dateBasis"),
    "event-evidence": drop(SIGNATURE, "msc:evidence"),
    "event-categories": put(MOVE, "msc:fromCategory", "category:civil-society"),
    "event-to-category": put(MOVE, "msc:toCategory", "status:active"),
    "event-reclassification": drop(MOVE, "msc:toCategory"),
    "event-name-change": drop(RENAME, "msc:fromName"),
    "event-from-country": put(COUNTRY_CHANGE, "msc:fromCountry", "country:SVN"),
    "event-to-country": put(COUNTRY_CHANGE, "msc:toCountry", "status:active"),
    "event-country-change": drop(COUNTRY_CHANGE, "msc:fromCountry"),
    "dated-day": put(MOVE, "msc:date", day("2020-01-02")),
    "dated-earliest": put(SIGNATURE, "msc:earliest", day("2019-09-17")),
    "dated-latest": put(MOVE, "msc:latest", day("2020-01-02")),
    # on working groups and activities
    "group-label": drop(GROUP, "skos:prefLabel"),
    "group-call": drop(GROUP, "msc:workingGroupOf"),
    "group-source": drop(GROUP, "dcterms:source"),
    "participation-name": drop(PARTICIPATION, "foaf:name"),
    "participation-group": drop(PARTICIPATION, "org:organization"),
    "participation-member": put(PARTICIPATION, "org:member", "actor:nobody"),
    "participation-role": put(PARTICIPATION, "org:role", "status:active"),
    "participation-source": drop(PARTICIPATION, "dcterms:source"),
    "activity-label": drop(ACTIVITY, "skos:prefLabel"),
    "activity-subject": put(ACTIVITY, "dcterms:subject", "actor:acme"),
    "activity-source": drop(ACTIVITY, "dcterms:source"),
    # on groupings
    "grouping-label": drop(LEAGUE, "skos:prefLabel"),
    "grouping-definition": drop(LEAGUE, "skos:definition"),
    "grouping-source": drop(LEAGUE, "dcterms:source"),
    "grouping-members": drop(MEMBERSHIP, "msc:grouping"),
    "membership-grouping": put(MEMBERSHIP, "msc:grouping", "actor:acme"),
    "membership-country": drop(MEMBERSHIP, "msc:memberCountry"),
    "membership-until": put(MEMBERSHIP, "msc:memberUntil", '"2020"'),
    "membership-source": drop(MEMBERSHIP, "dcterms:source"),
    # on mappings
    "mapping-subject": put(MAPPING, "owl:annotatedSource", "actor:nobody"),
    "mapping-predicate": put(MAPPING, "owl:annotatedProperty", "owl:sameAs"),
    "mapping-object": add(MAPPING, "owl:annotatedTarget", "<https://ror.org/019w4f821>"),
    "mapping-justification": put(MAPPING, "sssom:mapping_justification", "actor:acme"),
    "mapping-confidence": put(MAPPING, "sssom:confidence", "1.5"),
    "mapping-date": drop(MAPPING, "sssom:mapping_date"),
    "mapping-evidence": drop(MAPPING, "sssom:curation_rule_text"),
    "mapping-source": drop(MAPPING, "dcterms:source"),
    "mapping-licence": drop(MAPPING, "dcterms:license"),
    "mapping-of-the-gone": drop(MAPPING, "rdfs:comment"),
    "one-corporate-body": add(
        "actor:acme", "skos:exactMatch", "corporatebody:COM", "corporatebody:EURUN"
    ),
    "one-isni": add(
        "actor:acme", "skos:exactMatch", *(f"<https://isni.org/isni/{n:016}>" for n in (1, 2))
    ),
    "one-lei": add(
        "actor:acme", "skos:exactMatch", *(f"<https://identifiers.org/lei:{n:020}>" for n in (1, 2))
    ),
    "one-ror": add("actor:acme", "skos:exactMatch", "<https://ror.org/019w4f821>"),
    "one-wikidata-item": add("actor:acme", "skos:exactMatch", "wd:Q1", "wd:Q2"),
    "identifier-form": put(MAPPING, "owl:annotatedTarget", "<https://ror.org/05b7fdx3>"),
    "identifier-of-one-party": add("actor:icann", "skos:exactMatch", "<https://ror.org/05b7fdx35>"),
    # on sources and claims
    "source-title": drop("source:gazette", "dcterms:title"),
    "source-type": put("source:gazette", "msc:sourceType", "status:active"),
    "source-issued": put("source:gazette", "dcterms:issued", day("2018-02-30")),
    "source-publisher": add(STATE, "schema:publisher", '"Another"'),
    "source-page": put(STATE, "foaf:page", "<https://https://registry.example/>"),
    "source-identifier": add(STATE, "dcterms:identifier", '"0000002"'),
    "source-registry": put(STATE, "prov:specializationOf", "registry:none"),
    "source-published": add("source:gazette", "foaf:page", "<https://gazette.example/>"),
    "source-findable": drop(STATE, "foaf:page"),
    "source-state-issued": drop(STATE, "dcterms:issued"),
    "source-state-type": put(STATE, "msc:sourceType", "source-type:news"),
    "source-of-registry": drop(STATE, "prov:specializationOf"),
    "registry-title": drop("registry:example", "dcterms:title"),
    "registry-license": drop("registry:example", "dcterms:license"),
    "registry-call": drop("call:paris-call", "msc:officialRegistry"),
    "claim-source": drop(CLAIM, "msc:claimSource"),
    "claim-call": put(CLAIM, "msc:aboutCall", "actor:acme"),
    "claim-assessment": put(CLAIM, "msc:assessment", "status:active"),
    "claim-quote": put(CLAIM, "msc:quote", '"No tag"'),
    "claim-confidence": put(CLAIM, "msc:confidence", "status:active"),
    "claim-note": add(CLAIM, "msc:assessmentNote", '"Twice."@en'),
    "claim-note-languages": delete(CLAIM, "msc:assessmentNote", '"Comme prévu."@fr'),
    "endorsement-claim-confidence": drop("claim:gazette\\/northwave", "msc:confidence"),
    "endorsement-claim-typed": drop(CLAIM, "a"),
    "endorsement-claim-agent": put(CLAIM, "msc:aboutAgent", "actor:nobody"),
    "endorsement-claim-polarity": drop(CLAIM, "msc:polarity"),
    "endorsement-claim-date": put(CLAIM, "msc:claimedDate", '"May 2020"'),
    "endorsement-claim-occasion": put(CLAIM, "msc:occasion", "actor:acme"),
    "count-claim-value": put(COUNT, "msc:countValue", "-1"),
    "count-claim-comparator": drop(COUNT, "msc:comparator"),
    "count-claim-confidence": drop(COUNT, "msc:confidence"),
    "count-claim-typed": drop(COUNT, "a"),
    "count-claim-category": add(COUNT, "msc:countedCategory", "status:active"),
    "attribute-claim-about": drop(ATTRIBUTE, "msc:aboutResource"),
    "attribute-claim-defined": put(COUNTRY_CLAIM, "msc:claimedProperty", "msc:county"),
    "attribute-claim-property": put(ATTRIBUTE, "msc:claimedProperty", '"definition"'),
    "attribute-claim-typed": drop(ATTRIBUTE, "a"),
    "attribute-claim-known": put(ATTRIBUTE, "msc:aboutResource", "call:nothing"),
    "attribute-claim-resource": put(COUNTRY_CLAIM, "msc:claimedResource", '"Slovenia"'),
    "attribute-claim-resource-known": put(COUNTRY_CLAIM, "msc:claimedResource", "country:ROM"),
    "attribute-claim-text": put(ATTRIBUTE, "msc:claimedLiteral", "actor:acme"),
    "attribute-claim-value": add(ATTRIBUTE, "msc:claimedResource", "actor:acme"),
    # on registry entries
    "entry-registry": drop(ENTRY, "msc:inRegistry"),
    "entry-path": drop(ENTRY, "msc:registryPath"),
    "entry-first-seen": put(ENTRY, "msc:firstSeen", day("2020-06-02")),
    "entry-last-seen": drop(ENTRY, "msc:lastSeen"),
    "entry-date": put(ENTRY, "msc:date", day("2020-06-02")),
    "entry-name": drop(ENTRY, "msc:rawName"),
    "entry-category": add(ENTRY, "msc:rawCategory", '"state"'),
    "entry-nature": add(ENTRY, "msc:rawNature", '"ONG"'),
    "entry-country": put(ENTRY, "msc:rawCountry", "country:SVN"),
    "entry-website": add(ENTRY, "msc:rawWebsite", '"https://other.example/"'),
    "entry-website-kept": drop("actor:acme", "foaf:homepage"),
    "entry-nature-kept": drop("actor:acme", "org:classification"),
    # on codes, countries and properties
    "concept-label": put("country:SVN", "skos:prefLabel", '"Slovenia"@en'),
    "concept-notation": add("country:SVN", "skos:notation", '"SI"'),
    "concept-scheme": add("country:SVN", "skos:inScheme", f"<{BASE}code/status>"),
    "concept-typed": drop("country:SVN", "a"),
    "country-end": put(
        "country:SCG", "<http://publications.europa.eu/ontology/authority/end.use>", '"2006"'
    ),
    "known-property": add(ACME, "msc:sine", day("2020-01-01")),
    # of the registry report
    "raw-category-given": drop(ENTRY, "msc:rawCategory"),
    "raw-category-known": put(ENTRY, "msc:rawCategory", '"private_sector"'),
    "raw-category-as-filed": put(ENTRY, "msc:rawCategory", '"state"'),
    "raw-company-category": put(ENTRY, "msc:rawCategory", '"civil-society"'),
    "raw-country-given": drop(ENTRY, "msc:rawCountry"),
    "raw-country-known": put(ENTRY, "msc:rawCountry", '"ROM"'),
    "raw-country-as-filed": put(ENTRY, "msc:rawCountry", '"FRA"'),
    "raw-nature-given": drop(ENTRY, "msc:rawNature"),
    "raw-nature-spaces": put(ENTRY, "msc:rawNature", '"Fondation "'),
    "raw-nature-membership": put(ENTRY, "msc:rawNature", '"UE"'),
    "raw-nature-known": put(ENTRY, "msc:rawNature", '"université"'),
    "raw-name-spaces": put(ENTRY, "msc:rawName", '"Ac\\u00A0me"'),
    "raw-name-capitals": put(ENTRY, "msc:rawName", '"ACME INCORPORATED"'),
    "raw-website": put(ENTRY, "msc:rawWebsite", '"https://HTTPS ://acme.example"'),
    "website-once": add("actor:icann", "foaf:homepage", "<https://acme.example/>"),
    "signature-given": drop(ENTRY, "msc:claimedDate"),
    "signature-before-listing": put(ENTRY, "msc:claimedDate", day("2019-09-17")),
    "signature-after-launch": put(ENTRY, "msc:claimedDate", day("2018-11-11")),
    "file-name-form": put(ENTRY, "msc:registryPath", '"acme.md"'),
    "file-name-undefined": put(ENTRY, "msc:registryPath", '"acme-undefined-SVN.md"'),
    # of privacy
    "no-profile": put("actor:acme", "foaf:homepage", "<https://www.linkedin.com/in/someone>"),
    "no-mail-address": add("actor:acme", "skos:altLabel", '"write to acme@acme.example"'),
    "no-contact": add("actor:acme", "schema:telephone", '"1234"'),
    "same-as-in-a-registry": add("actor:acme", "schema:sameAs", "<https://social.example/acme>"),
    "no-account": add("actor:acme", "foaf:account", "<https://social.example/acme>"),
    # of the dataset description
    "dataset-title": drop(DATASET, "dcterms:title"),
    "dataset-description": drop(DATASET, "dcterms:description"),
    "dataset-license": drop(DATASET, "dcterms:license"),
    "dataset-rights": drop(DATASET, "dcterms:rights"),
    "dataset-publisher": put(DATASET, "dcterms:publisher", '"us"'),
    "dataset-publisher-name": drop("<https://w3id.org/mscall/agent/example>", "foaf:name"),
    "dataset-publisher-typed": drop("<https://w3id.org/mscall/agent/example>", "a"),
    "dataset-listed": delete(DATASET, "a", "dcat:Dataset"),
    "dataset-linked": delete(DATASET, "a", "void:Dataset"),
    "dataset-source": put(DATASET, "dcterms:source", "source:gazette"),
    "dataset-derivation": drop(DATASET, "prov:wasDerivedFrom"),
    "dataset-modified": put(DATASET, "dcterms:modified", '"yesterday"'),
    "dataset-conforms": drop(DATASET, "dcterms:conformsTo"),
    "dataset-vocabulary": drop(DATASET, "void:vocabulary"),
    # of the ontology
    "term-label": drop("msc:since", "rdfs:label"),
    "term-definition": put("msc:since", "skos:definition", '"Since."@en'),
    "term-origin": put("msc:since", "rdfs:isDefinedBy", "msc:"),
    "class-name": add("msc:lowerCase", "a", "owl:Class"),
    "property-name": add("msc:UpperCase", "a", "owl:ObjectProperty"),
    "property-domain": add("msc:since", "rdfs:domain", "msc:Call"),
    "property-range": drop("msc:since", "rdfs:range"),
    "code-label": drop("status:active", "skos:prefLabel"),
    "code-definition": drop("status:active", "skos:definition"),
    "code-notation": put("status:active", "skos:notation", '"Active"'),
    "code-scheme": add("status:active", "skos:inScheme", f"<{BASE}code/category>"),
    "code-list-title": drop(f"<{BASE}code/status>", "dcterms:title"),
    "code-list-definition": drop(f"<{BASE}code/status>", "skos:definition"),
    "code-list-codes": delete(f"<{BASE}code/status>", "skos:hasTopConcept", "status:active"),
    "ontology-title": drop(ONTOLOGY, "dcterms:title"),
    "ontology-abstract": drop(ONTOLOGY, "dcterms:abstract"),
    "ontology-description": drop(ONTOLOGY, "dcterms:description"),
    "ontology-creator": drop(ONTOLOGY, "dcterms:creator"),
    "ontology-publisher": drop(ONTOLOGY, "dcterms:publisher"),
    "ontology-created": put(ONTOLOGY, "dcterms:created", '"2026"'),
    "ontology-issued": drop(ONTOLOGY, "dcterms:issued"),
    "ontology-modified": drop(ONTOLOGY, "dcterms:modified"),
    "ontology-license": drop(ONTOLOGY, "dcterms:license"),
    "ontology-source": drop(ONTOLOGY, "dcterms:source"),
    "ontology-citation": drop(ONTOLOGY, "dcterms:bibliographicCitation"),
    "ontology-version-iri": drop(ONTOLOGY, "owl:versionIRI"),
    "ontology-version": put(ONTOLOGY, "owl:versionInfo", '"one"'),
    "ontology-prefix": drop(ONTOLOGY, "<http://purl.org/vocab/vann/preferredNamespacePrefix>"),
    "ontology-namespace": drop(ONTOLOGY, "<http://purl.org/vocab/vann/preferredNamespaceUri>"),
}
