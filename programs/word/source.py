"""A Word file opened without trust: its parts parsed with no document type, no entities, no network. Pure."""

import io
import posixpath
import zipfile

from lxml import etree

from programs.word import ooxml

LARGEST_PART = 40 * 1024 * 1024
TRANSITIONAL = (  # the strict variant of the standard only uses other addresses
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", ooxml.W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", ooxml.R.encode()),
)


class Refused(Exception):
    """Why the file is not read: a short name, put into words for its owner elsewhere."""


class Source:
    """The parts of the document that are read, each parsed once."""

    def __init__(self, content):
        try:
            self.package = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise Refused("damaged") from error
        self.names = set(self.package.namelist())
        self.main = self._main()
        self.relations = self._relations(self.main)
        self.document = self.part(self.main)
        if self.document is None or self.document.find(ooxml.name("w:body")) is None:
            raise Refused("not_word")

    def part(self, name):
        """The XML of a part, or None when the package has none of that name."""
        if not name or name not in self.names:
            return None
        info = self.package.getinfo(name)
        if info.file_size > LARGEST_PART:
            raise Refused("too_large")
        try:
            content = self.package.read(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise Refused("damaged") from error
        return parse(content)

    def related(self, kind):
        """The part that the document names for a purpose: its styles, its numbering, its footnotes."""
        return self.part(next((target for _id, (of, target) in self.relations.items() if of == kind), ""))

    def all_related(self, kind):
        return [self.part(target) for of, target in self.relations.values() if of == kind]

    def address(self, relation):
        """The address outside that a link names."""
        kind, target = self.relations.get(relation, ("", ""))
        return target if kind == "hyperlink" else ""

    def _main(self):
        root = self.part("_rels/.rels")
        found = root if root is not None else ()
        for one in found:
            if one.get("Type", "").endswith("/officeDocument"):
                return one.get("Target", "").lstrip("/")
        raise Refused("not_word")

    def _relations(self, part):
        folder, name = posixpath.split(part)
        root = self.part(f"{folder}/_rels/{name}.rels")
        relations = {}
        for one in root if root is not None else ():
            kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relations[one.get("Id")] = (kind, target)
        return relations


def parse(content):
    """The root of an XML text that declares no document type."""
    for strict, usual in TRANSITIONAL:
        content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise Refused("entities")
    return root
