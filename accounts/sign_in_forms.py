"""The forms of signing in as this portal shows them: a label above each box and nothing written inside it."""

from allauth.account import forms as account


class NoPlaceholders:
    """What stands inside a box disappears when one begins to type; the label stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(NoPlaceholders, account.LoginForm):
    pass


class SignupForm(NoPlaceholders, account.SignupForm):
    pass


class AddEmailForm(NoPlaceholders, account.AddEmailForm):
    pass


class ChangePasswordForm(NoPlaceholders, account.ChangePasswordForm):
    pass


class SetPasswordForm(NoPlaceholders, account.SetPasswordForm):
    pass


class ResetPasswordForm(NoPlaceholders, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(NoPlaceholders, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(NoPlaceholders, account.ReauthenticateForm):
    pass
