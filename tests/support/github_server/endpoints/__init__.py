"""Every operation that is emulated, one function each."""

from __future__ import annotations

from importlib import import_module

MODULES = ("accounts", "actions", "branches", "checks", "comments", "commits", "contents", "issues", "labels", "pulls")
MORE = ("reactions", "releases", "repositories", "reviews")

for _name in (*MODULES, *MORE):
    import_module(f"{__name__}.{_name}")
