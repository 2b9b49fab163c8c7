"""Opening what was received, each kind in a module of its own that imports only what that kind needs.

These modules run in a process apart (``documents.bounded``) and know neither Django nor words: ``answer``
gives what the file is, or the short name of why it is refused. ``documents.inspection`` puts it in words.
"""
