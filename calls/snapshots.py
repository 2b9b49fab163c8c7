"""The application as it was received, as canonical text: same content, same bytes (RFC 8785)."""

import hashlib

import rfc8785

from calls import tabular, typed

SCHEMA = 1


def of(contents, *, received_at):
    """What was received, before it has its folio. Amounts and moments are texts, in one fixed form."""
    application = contents.application
    entered = application.entered_for
    return {
        **({"entered_by_agency": _entered(entered)} if entered else {}),
        "schema": SCHEMA,
        "received_at": received_at.isoformat(timespec="microseconds"),
        "call": application.call.folio,
        "rules_sha256": application.call.publication.sha256,
        "organization": _organization(application.organization),
        "project": _project(application, contents),
        "eligibility": [_eligibility(rule) for rule in contents.eligibility_rules],
        "answers": [_answer(question, contents.answer_to(question)) for question in contents.questions],
        "documents": [
            _file(r, contents.document_for(r)) for r in contents.requirements if contents.document_for(r)
        ],
        "budget": [_line(line) for line in contents.lines],
    }


def sealed(document, folio):
    """Its canonical text under its folio, and the SHA-256 of it."""
    text = rfc8785.dumps(document | {"folio": folio}).decode()
    return text, sha256(text)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _entered(assistance):
    """That staff entered it, because who asked and how; the signed papers by their hash."""
    declaration = assistance.declaration
    return {
        "asked_by": assistance.asked_by,
        "channel": assistance.channel,
        "authorization_sha256": assistance.authorization.sha256,
        "declaration_sha256": declaration.sha256 if declaration else "",
    }


def _organization(organization):
    return {
        "name": organization.body.name_es,
        "rfc": organization.rfc,
        "cluni": organization.cluni,
        "municipality": organization.municipality_id or "",
    }


def _project(application, contents):
    return {
        "title": application.project_title,
        "modality": contents.modality.key if contents.modality else "",
        "municipality": application.municipality_id or "",
        "requested_amount": str(application.requested_amount),
    }


def _eligibility(rule):
    return {"key": rule.key, "question": rule.question, "answer": rule.given.answer if rule.given else None}


def _answer(question, answer):
    said = {
        "key": question.key,
        "section": question.section,
        "question": question.label,
        "kind": question.kind,
        "answer": typed.plain(question, answer) if answer else "",
    }
    if question.is_tabular:
        said["columns"] = [column.name for column in tabular.columns_of(question)]
    if question.is_file and answer:
        said["file"] = _bytes_of(answer.document)
    return said


def _file(requirement, supplied):
    return {"key": requirement.key, "requirement": requirement.name, **_bytes_of(supplied.document)}


def _bytes_of(document):
    return {
        "name": document.name,
        "size": document.size,
        "type": document.media_type,
        "sha256": document.sha256,
    }


def _line(line):
    return {
        "concept": line.rule.concept,
        "key": line.rule_key,
        "description": line.description,
        "from_grant": str(line.from_grant),
        "own_money": str(line.own_money),
        "own_kind": str(line.own_kind),
    }
