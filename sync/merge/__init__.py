"""The three-way merge of a chapter: old English, new English and translation, from blocks down to words."""
