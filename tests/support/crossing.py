"""Faults that cross documents: shapes, data by subject, and how many results there are."""

from __future__ import annotations

PERSON = "ex:S a sh:NodeShape ; sh:targetClass ex:T ;"

CROSSING = [
    (  # a reference to a document that is missing, and to one that is not
        f"{PERSON} sh:property [ sh:path ex:of ; sh:class ex:Call ] .",
        "ex:a a ex:T ; ex:of ex:gone . ex:b a ex:T ; ex:of ex:call . ex:call a ex:Call .",
        1,
    ),
    (  # what another document says backwards
        f"{PERSON} sh:property [ sh:path [ sh:inversePath ex:has ] ; sh:minCount 1 ] .",
        "ex:a a ex:T . ex:b ex:has ex:a . ex:c a ex:T .",
        1,
    ),
    (  # two parties with one identifier
        (
            "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:id ;"
            " sh:path [ sh:inversePath ex:id ] ; sh:maxCount 1 ."
        ),
        "ex:a ex:id ex:x . ex:b ex:id ex:x . ex:c ex:id ex:y .",
        1,
    ),
    (  # one identifier, named by another predicate elsewhere
        (
            "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:same ;"
            " sh:path [ sh:inversePath ex:id ] ; sh:minCount 1 ."
        ),
        "ex:a ex:id ex:x . ex:b ex:same ex:x . ex:c ex:same ex:z .",
        1,
    ),
    (  # two steps away
        f"{PERSON} sh:property [ sh:path ( ex:of ex:by ex:name ) ; sh:minCount 1 ] .",
        "ex:a a ex:T ; ex:of ex:b . ex:b ex:by ex:c . ex:c ex:name 'c' . ex:d a ex:T .",
        1,
    ),
    (  # classes that another document orders
        "ex:S a sh:NodeShape ; sh:targetClass ex:Top ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        (
            "ex:a a ex:Low . ex:b a ex:Top ; ex:p 1 . ex:Low rdfs:subClassOf ex:Mid ."
            " ex:Mid rdfs:subClassOf ex:Top ."
        ),
        1,
    ),
    (  # a node that two documents describe is given by its name
        "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] .",
        "ex:a ex:q ex:n . ex:n ex:p 1 .",
        1,
    ),
    (  # a node that is given by its name, and that nothing describes
        (
            "ex:S a sh:NodeShape ; sh:targetNode ex:n ;"
            " sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:maxCount 0 ] ."
        ),
        "ex:a ex:q ex:n . ex:b ex:q ex:other .",
        1,
    ),
    (  # a query that compares two documents
        (
            f"{PERSON} sh:sparql [ sh:select '''SELECT $this ?value WHERE {{"
            " ?other <http://example.org/p> ?value . $this <http://example.org/q> ?other }''' ] ."
        ),
        "ex:a a ex:T ; ex:q ex:b . ex:b ex:p 1 . ex:c a ex:T ; ex:q ex:gone .",
        1,
    ),
    (  # a query about any node, which begins in a document and ends in another
        (
            "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value WHERE {"
            " ?value <http://example.org/q> ?o . FILTER NOT EXISTS { ?o a <http://example.org/T> } }''' ] ."
        ),
        "ex:a ex:q ex:b . ex:b a ex:T . ex:c ex:q ex:d . ex:d a ex:U .",
        1,
    ),
    (  # what two documents lead to, which is a result of each
        (
            f"{PERSON} sh:property [ sh:path ex:of ; sh:property [ sh:path ex:by ;"
            " sh:property [ sh:path ex:name ; sh:minCount 1 ] ] ] ."
        ),
        "ex:a a ex:T ; ex:of ex:o . ex:b a ex:T ; ex:of ex:o . ex:o ex:by ex:c . ex:c ex:q 1 .",
        2,
    ),
    (  # two documents with one text
        (
            "ex:S a sh:PropertyShape ; sh:targetObjectsOf ex:id ;"
            " sh:path [ sh:inversePath ex:id ] ; sh:maxCount 1 ."
        ),
        "ex:a ex:id 'x' . ex:b ex:id 'x' . ex:c ex:id 'y' .",
        1,
    ),
    (  # a query that joins documents by a text, and by values that are written differently
        (
            "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value {"
            " ?value <http://example.org/p> ?o . ?other <http://example.org/q> ?o }''' ] ."
        ),
        "ex:a ex:p 'x' . ex:b ex:q 'x' . ex:c ex:p 'y' . ex:d ex:p 01 . ex:e ex:q 1 .",
        2,
    ),
    (  # a code that must be in a list elsewhere
        (
            "ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql [ sh:select '''SELECT $this ?value {"
            " ?value <http://example.org/p> ?o . FILTER NOT EXISTS { ?c <http://example.org/q> ?o } }''' ] ."
        ),
        "ex:a ex:p 'x' . ex:b ex:q 'x' . ex:c ex:p 'y' .",
        1,
    ),
    (  # what another document says backwards, and a third one on from there
        (
            f"{PERSON} sh:property [ sh:path ( [ sh:inversePath ex:has ] ex:by ex:name ) ;"
            " sh:minCount 1 ] ."
        ),
        "ex:a a ex:T . ex:b ex:has ex:a ; ex:by ex:c . ex:c ex:name 'c' . ex:d a ex:T .",
        1,
    ),
    (  # a query that begins anew at a node that it names
        (
            f"{PERSON} sh:sparql [ sh:select '''SELECT $this ?value WHERE {{"
            " $this <http://example.org/p> ?value ."
            " ?x <http://example.org/q> <http://example.org/k> }''' ] ."
        ),
        "ex:a a ex:T ; ex:p 'v' . ex:b ex:q ex:k .",
        1,
    ),
    (  # a query that goes on from there
        (
            f"{PERSON} sh:sparql [ sh:select '''SELECT $this ?value WHERE {{"
            " $this <http://example.org/p> ?value ."
            " ?x <http://example.org/q> <http://example.org/k> ; <http://example.org/s> ?y ."
            " ?y <http://example.org/r> ?z }''' ] ."
        ),
        "ex:a a ex:T ; ex:p 'v' . ex:b ex:q ex:k ; ex:s ex:c . ex:c ex:r 'z' .",
        1,
    ),
    (  # a query that asks what is said of a predicate
        (
            f"{PERSON} sh:sparql [ sh:select '''SELECT $this ?value WHERE {{ $this ?path ?value ."
            " FILTER NOT EXISTS { ?path a <http://example.org/U> } }''' ] ."
        ),
        "rdf:type a ex:U . ex:p a ex:U . ex:a a ex:T ; ex:p 'a' . ex:b a ex:T ; ex:r 'b' .",
        1,
    ),
]
