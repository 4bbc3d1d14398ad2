from leadhub.domain.actor import system_actor
from leadhub.jobs.registry import task
from leadhub.services.mail.send import send_outbox_mail


@task("send_mail", attempts=5)
def send_mail(mail_id: int) -> None:
    """Give one mail of the outbox to the mail server."""
    send_outbox_mail(mail_id, actor=system_actor("Mail"))
