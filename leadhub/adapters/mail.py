"""Mail in the reader's language, and the server that takes it: smtp://user:password@host:587, smtps://host:465."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from leadhub.settings import get_settings
from leadhub.texts import text

TIMEOUT_SECONDS = 20


def compose_notification(locale: str, kind: str, params: dict[str, Any], url: str) -> tuple[str, str]:
    """Return subject and body of a notification."""
    message = text(locale, f"notifications.{kind}", **params)
    return message, text(locale, "notifications.mail_body", message=message, link=link_to(url))


def compose_access_link(locale: str, purpose: str, *, name: str, path: str) -> tuple[str, str]:
    """Return subject and body of an invitation or a password reset."""
    subject = text(locale, f"people.mail_{purpose}_subject")
    return subject, text(locale, f"people.mail_{purpose}_body", name=name, link=link_to(path))


def link_to(path: str) -> str:
    """The full address of a page."""
    settings = get_settings()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base = settings.public_url.rstrip("/") or f"http://{host}:{settings.port}"
    return f"{base}{path}"


def deliver_mail(to_address: str, subject: str, body: str) -> None:
    """Give one mail to the mail server. Raises OSError or smtplib.SMTPException."""
    settings = get_settings()
    server = urlsplit(settings.smtp_url)
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, to_address
    message["Subject"] = " ".join(subject.split())
    message.set_content(body)
    secure = server.scheme == "smtps"
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if secure:
        connection = smtplib.SMTP_SSL(
            server.hostname or "", server.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.hostname or "", server.port or 25, timeout=TIMEOUT_SECONDS)
    with connection:
        if not secure and connection.has_extn("starttls"):
            connection.starttls(context=context)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)
