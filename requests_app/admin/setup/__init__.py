"""Set-up tables on stock admin pages, for administrators. No case, no applicant, no letter here."""

from requests_app.admin.setup import archive, history, office, register, staff

__all__ = ["archive", "history", "office", "register", "staff"]
