"""SHACL engines of others, in which our shapes must find the same: ``make engines`` brings them."""
