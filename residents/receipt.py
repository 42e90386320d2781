"""The receipt: a code to write down, and a private link, that open a record without an account."""

from django.shortcuts import render

from assetmap.areas.receipts import issue, may_hold

from .links import code_link, qr

AGAIN_WITHIN = 10 * 60  # seconds in which a form sent twice gets its receipt once more


class ReceiptMixin:
    """A page that ends with a receipt. The code is shown once and kept nowhere but as a digest.

    The page itself must be one that is never cached.
    """

    def receipt(self, resident, **more):
        """Show a new receipt; an older one of hers opens nothing any more.

        Whoever is more than a resident signs in by a mailed code alone, and gets none.
        """
        context = {**self.frame(), "resident": resident, **more}
        if may_hold(resident.owner):
            code = issue(resident.owner)
            link = code_link(self.request, self.area, "me:open", code)
            context |= {"code": code, "link": link, "qr": qr(link)}
        return render(self.request, "residents/receipt.html", context)
