"""A fork is looked at, set up, and looked after: ``amts setup`` and ``amts doctor``."""
