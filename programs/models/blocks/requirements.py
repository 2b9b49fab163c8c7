"""Requirements: what a CSO must hand over, when, in which form, to whom, and by which norm."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.columns import Together


class Requirement(Block):
    """One document, described so that nobody has to ask how it is wanted (GP-05, GP-06, GP-07)."""

    class Stage(models.TextChoices):
        APPLICATION = "application", _("Application")
        PAYMENT = "payment", _("Payment request")
        VERIFICATION = "verification", _("Verification")

    class Delivery(models.TextChoices):
        ELECTRONIC = "electronic", _("Electronic")
        PHYSICAL = "physical", _("Physical")
        BOTH = "both", _("Both")

    class Form(models.TextChoices):
        ORIGINAL = "original", _("Original")
        COPY = "copy", _("Copy")
        BOTH = "both", _("Original and copy")

    class Signature(models.TextChoices):
        NONE = "none", _("No signature")
        SIGNATURE = "signature", _("Signed")
        INITIALS = "initials", _("Signed and initialled")

    class DocumentKind(models.TextChoices):
        """What an organization keeps in its vault, so that no agency asks for it twice (row E2)."""

        ARTICLES = "articles", _("Articles of incorporation")
        AMENDMENTS = "amendments", _("Amendments to the articles")
        POWER = "power", _("Notarial power of the representative")
        REPRESENTATIVE_ID = "representative-id", _("Official identification of the representative")
        REPRESENTATIVE_CURP = "representative-curp", _("CURP of the representative")
        TAX_STATUS = "tax-status", _("Certificate of tax status")
        TAX_OPINION = "tax-opinion", _("Federal tax compliance opinion")
        STATE_TAX = "state-tax", _("State certificate of no tax debt")
        ADDRESS = "address", _("Proof of address")
        CLUNI = "cluni", _("CLUNI certificate")
        STATE_DIRECTORY = "state-directory", _("Certificate of the state directory")
        BANK_STATEMENT = "bank-statement", _("Bank statement with the CLABE")
        CURRICULUM = "curriculum", _("Curriculum of the organization")

    stage = models.CharField(_("stage"), max_length=15, choices=Stage)
    name = models.CharField(_("document"), max_length=200)
    detail = models.TextField(_("how it must be"), blank=True)
    document_kind = models.CharField(
        _("which document of the organization's vault it is"),
        max_length=20,
        choices=DocumentKind,
        blank=True,
        help_text=_("Whoever keeps it there, valid, is not asked for it again."),
    )
    modality_key = models.SlugField(_("only for the modality"), max_length=60, blank=True)
    is_obligatory = models.BooleanField(_("obligatory"), default=True)
    delivery = models.CharField(_("delivery"), max_length=12, choices=Delivery, blank=True)
    form = models.CharField(_("original or copy"), max_length=10, choices=Form, blank=True)
    signature = models.CharField(_("signature"), max_length=12, choices=Signature, blank=True)
    quantity = models.PositiveSmallIntegerField(_("quantity"), null=True, blank=True)
    file_format = models.CharField(_("format"), max_length=60, blank=True, help_text=_("for example: PDF"))
    annex_key = models.SlugField(_("on the form of this annex"), max_length=60, blank=True)
    valid_days = models.PositiveSmallIntegerField(_("issued at most so many days ago"), null=True, blank=True)
    deadline = models.CharField(_("deadline"), max_length=150, blank=True)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    trips = models.PositiveSmallIntegerField(_("visits to offices to obtain it"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours to prepare it, estimated"), null=True, blank=True)
    identifies = models.BooleanField(
        _("names the organization or its people (hidden from evaluators)"), default=True
    )

    columns = (
        "name", "stage", "modality_key", "delivery", "form", "signature", "quantity", "file_format",
        "deadline", "received_by", "legal_basis", "trips", "hours",
    )  # fmt: skip

    reading_columns = (
        Together(_("document"), ("name", "modality_key", "document_kind")),
        "stage",
        Together(
            _("how it is handed over"),
            ("delivery", "form", "signature", "quantity", "file_format", "annex_key"),
        ),
        Together(
            _("when and to whom"),
            ("deadline", "received_by", "valid_days"),
            said=("received_by",),
            short=(("valid_days", _("validity in days")),),
        ),
        "legal_basis",
        Together(
            _("effort"), ("hours", "trips"), short=(("hours", _("hours of work")), ("trips", _("visits")))
        ),
    )

    class Meta(Block.Meta):
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
