"""Configurations of forks, as translators would write them."""

from __future__ import annotations

FORK = """\
# How our fork is kept in step
version: 1
source: ../english
lang: zh-TW
follow: release   # we wait for releases
include: [index.md, chapter_x]
exclude: [chapter_x/draft.md]
new-chapters: draft
deleted-chapters: remove
renames:
  chapter_old/a.md: chapter_new/a.md
order: [read, stale, cheap]
most-read:
  - index.md
keep-english: always
engine: echo
amazon: {region: eu-west-1, bucket: my-book, max-usd-run: 2.50}
max-characters: 200000
keep:
  - chapter_preface/index.md
  - {path: chapter_x/y.md, digest: 5698ed5fd0e95251}
profile: myst
toc: contents.md
bibliography: [refs.bib]
terminology: TERMINOLOGY.md
"""
"""One with every key."""

INI = """\
[project]

# The name
name = book-tr
title = Kitap %%s
lang = tr

[translation]
origin_repo = example/book-en
origin_lang = en
translator = aws

[build]
notebooks = *.md */*.md
sphinx_configs = numfig_format = {'figure': 'x%%s'}
    latex_elements = {
    'utf8extra' : '',
    }

[pdf]
bibfile = refs.bib more.bib
"""
"""What d2lbook reads in a fork."""
