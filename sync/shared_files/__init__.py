"""Files that chapters share: the bibliography, tables of contents, pictures. Pure: texts and paths, no bytes."""
