"""Hostile inputs by class, for ``make hostile``: each is tried in a process of its own.

A class is a function that yields tries, decorated with ``hostile``, in any module of this package.
"""
