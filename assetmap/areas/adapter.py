from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, so that nobody gets in by asking."""

    def is_open_for_signup(self, request):
        return False
