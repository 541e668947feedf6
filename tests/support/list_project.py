"""A project that has one list of signatories in place of many tables."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "mscall.toml": """\
slug = "harbour-charter"
base = "https://charter.example/data/"
licence = "CC-BY-4.0"

[publisher]
iri = "https://charter.example/#secretariat"
name = "Secretariat of the Charter"

[name]
en = "Harbour Charter Linked Data"
fr = "La Charte des ports en données liées"

[short]
en = "the Harbour Charter"
fr = "la Charte des ports"
""",
    "calls.csv": """\
call,label_en,label_fr,launched,launched_at,initiator,registry,website,source
harbour-charter,Harbour Charter,Charte des ports,2026-03-01,,,,https://charter.example/,list-2026-03-05
""",
    "principles.csv": """\
call,principle,title_en,title_fr,wording_en,source
harbour-charter,1,Report incidents,Signaler les incidents,Ports tell each other.,list-2026-03-05
""",
    "sources.csv": """\
source,title,publisher,type,issued,url,registry,commit
list-2026-03-05,List on 2026-03-05,Secretariat,official-statement,2026-03-05,https://charter.example/list,,
list-2026-06-01,List on 2026-06-01,Secretariat,official-statement,2026-06-01,https://charter.example/list,,
""",
    "signatories.csv": """\
name,country,category,kind,signed,left,source,website,alternative names
Port of Koper,Slovenia,private-sector,company,2026-03-01,,,https://koper.example/,Luka Koper;Port Koper
Port of Genoa,IT,,,2026-03,2026-03-05/2026-06-01,list-2026-03-05;list-2026-06-01,,
Kenya,KEN,state,,,,,,
Late Lines,Pays-Bas,private-sector,,,,list-2026-06-01,,
""",
}


def make_project(folder: Path, **changed: str) -> Path:
    """Write the files of the project to a folder; ``signatories="..."`` is another text of one."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        content = changed.get(name.partition(".")[0], text)
        (folder / name).write_text(content, encoding="utf-8")
    return folder
