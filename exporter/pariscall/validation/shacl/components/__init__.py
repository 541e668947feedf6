"""The constraint components of SHACL Core, 1.0 and some of 1.2, each as what makes its checks.

https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from ..check import Maker
from . import cardinality, lists, logical, other, pairs, ranges, strings, value_type

# The SHACL properties whose values are constraints, and how each is checked.
COMPONENTS: dict[str, Maker] = {
    **value_type.MAKERS,
    **cardinality.MAKERS,
    **ranges.MAKERS,
    **strings.MAKERS,
    **pairs.MAKERS,
    **logical.MAKERS,
    **other.MAKERS,
    **lists.MAKERS,
}
