"""Files made to do harm, or broken, each with the reasons for which it may be refused.

Nothing here is a file that was found: each is the least that shows one idea, made by code, the same bytes
every time.
"""

from tests.documents.hostile import cuts, images, offices, pdfs, types, xmls


def all_cases():
    modules = (types, cuts, pdfs, images, offices, xmls)
    return [case for module in modules for kind in module.KINDS for case in kind()]
