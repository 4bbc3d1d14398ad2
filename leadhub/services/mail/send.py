from leadhub.adapters.mail import deliver_mail
from leadhub.db import derived_session, now, read_session
from leadhub.domain.actor import Actor
from leadhub.models import OutboxMail


def send_outbox_mail(mail_id: int, *, actor: Actor) -> None:
    """Give one waiting mail to the mail server; what was sent before is not sent again. Raises OSError."""
    with read_session() as session:
        mail = session.get(OutboxMail, mail_id)
    if mail is None or mail.status == "sent":
        return
    error = ""
    try:
        deliver_mail(mail.to_address, mail.subject, mail.body)
    except OSError as fault:  # smtplib's errors are OSErrors
        error = f"{type(fault).__name__}: {fault}"[:500]
        raise
    finally:
        with derived_session(actor, "send mail") as session:
            found = session.get_one(OutboxMail, mail_id)
            found.attempts += 1
            found.error = error
            found.status = "failed" if error else "sent"
            found.sent_at = None if error else now()
