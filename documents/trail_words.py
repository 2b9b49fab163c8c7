"""The acts on files, as people say them."""

from django.utils.translation import gettext_lazy as _

from accounts.words import say

say({"file.infected": _("The antivirus found something in a file")})
