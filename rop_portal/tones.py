"""How a state looks: a tone and an icon beside its word, so that colour is never alone."""

PLAIN, HOUSE, DONE, WATCH, WRONG, INFO = "plain", "house", "done", "watch", "wrong", "info"

TONE_ICONS = {
    PLAIN: "",
    HOUSE: "flag-fill",
    DONE: "check-lg",
    WATCH: "exclamation-triangle-fill",
    WRONG: "x-lg",
    INFO: "info-circle-fill",
}

STATES = {
    # editions
    "recorded": (PLAIN, "clipboard-check"),
    "draft": (HOUSE, "pencil-fill"),
    "signoff": (INFO, "hourglass-split"),
    "approved": (DONE, "check-lg"),
    "published": (DONE, "check-lg"),
    "closed": (PLAIN, "lock-fill"),
    # calls
    "upcoming": (INFO, "calendar3"),
    "open": (DONE, "check-lg"),
    "reception_closed": (PLAIN, "lock-fill"),
    "sealed": (INFO, "lock-fill"),
    "released": (DONE, "award-fill"),
    "finished": (PLAIN, "flag-fill"),
    "cancelled": (WRONG, "x-lg"),
    "void": (WRONG, "x-lg"),
    # conditions to apply
    "met": (DONE, "check-lg"),
    "not_met": (WRONG, "x-lg"),
    "unanswered": (PLAIN, ""),
    # applications
    "submitted": (INFO, "send-fill"),
    "prevented": (WATCH, "exclamation-triangle-fill"),
    "corrected": (INFO, "arrow-repeat"),
    "admitted": (DONE, "check-lg"),
    "discarded": (WRONG, "x-lg"),
    "awarded": (DONE, "award-fill"),
    "reserve": (WATCH, "hourglass-split"),
    "not_awarded": (PLAIN, "dash-lg"),
    "formalized": (DONE, "clipboard-check"),
    "renounced": (PLAIN, "dash-lg"),
    "withdrawn": (PLAIN, "dash-lg"),
    # files and the antivirus
    "waiting": (WATCH, "hourglass-split"),
    "infected": (WRONG, "x-lg"),
    # reviews, sessions and rulings
    "assigned": (HOUSE, "person-fill"),
    "scoring": (HOUSE, "pencil-fill"),
    "handed_in": (DONE, "lock-fill"),
    "recused": (PLAIN, "eye-slash-fill"),
    "convened": (INFO, "calendar3"),
    "in_session": (HOUSE, "people-fill"),
    "issued": (INFO, "lock-fill"),
    "drafted": (HOUSE, "pencil-fill"),
    "award": (DONE, "award-fill"),
    # public questions
    "answered": (DONE, "check-lg"),
    "question_open": (PLAIN, "clock"),
    "declined": (PLAIN, "dash-lg"),
    "merged": (INFO, "arrow-repeat"),
    # feedback and remedies
    "requested": (WATCH, "clock"),
    "remedy_received": (INFO, "send-fill"),
    "remedy_admitted": (DONE, "check-lg"),
    "dismissed": (PLAIN, "dash-lg"),
    "in_study": (HOUSE, "hourglass-split"),
    "resolved": (DONE, "clipboard-check"),
    "report_received": (INFO, "send-fill"),
    "concluded": (DONE, "check-lg"),
    # jobs
    "queued": (PLAIN, "clock"),
    "handed": (PLAIN, "clock"),
    "running": (INFO, "hourglass-split"),
    "done": (DONE, "check-lg"),
    "failed": (WRONG, "x-lg"),
    # dates
    "planned_date": (PLAIN, "calendar3"),
    "due": (WATCH, "clock"),
    "overdue": (WRONG, "clock"),
    "late": (WRONG, "exclamation-triangle-fill"),
    "kept": (DONE, "check-lg"),
    # practices
    "adopted": (DONE, "check-lg"),
    "planned": (HOUSE, "calendar3"),
    "partial": (WATCH, "exclamation-triangle-fill"),
    "limited": (INFO, "info-circle-fill"),
    "not_applicable": (PLAIN, "dash-lg"),
    "not_viable": (WRONG, "x-lg"),
    # files and checks
    "accepted": (DONE, "check-lg"),
    "missing": (WATCH, "exclamation-triangle-fill"),
    "rejected": (WRONG, "x-lg"),
    "expired": (WRONG, "clock"),
    "pending": (PLAIN, "clock"),
    "not_started": (PLAIN, ""),
    "in_progress": (HOUSE, "pencil-fill"),
    "complete": (DONE, "check-lg"),
    "blocked": (WRONG, "lock-fill"),
    "advisory": (WATCH, "info-circle-fill"),
    "validated": (DONE, "shield-check"),
}


def look(code):
    """The tone and icon of a state; a state not listed is plain and has no icon."""
    return STATES.get(str(code), (PLAIN, ""))
