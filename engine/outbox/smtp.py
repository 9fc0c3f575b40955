"""Hands mails to a mail server by SMTP."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage

from engine.outbox.settings import SmtpSecurity, SmtpSettings

_TIMEOUT_SECONDS = 20.0


class SendFailed(Exception):
    """It was not sent. `is_final`: trying again cannot help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


class MailServer:
    """One connection for several mails; opened with the first of them, and again when the server closed it."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    @property
    def sender(self) -> str:
        """Return from whom mails are."""
        return self._settings.sender

    def close(self) -> None:
        """Say good-bye, if there was a connection."""
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._drop()

    def send(self, mail: EmailMessage) -> None:
        """Return when the server has taken the mail; raises SendFailed."""
        try:
            self._connected().send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise SendFailed(_words(code, reason), is_final=code >= 500) from error
        except smtplib.SMTPAuthenticationError as error:
            raise SendFailed(_words(error.smtp_code, error.smtp_error)) from error  # somebody will mend the setting
        except smtplib.SMTPResponseException as error:
            self._drop()
            raise SendFailed(_words(error.smtp_code, error.smtp_error), is_final=error.smtp_code >= 550) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise SendFailed(f"{type(error).__name__}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if settings.security is SmtpSecurity.TLS:
            connection = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_TIMEOUT_SECONDS, context=context)
        else:
            connection = smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT_SECONDS)
        try:
            if settings.security is SmtpSecurity.STARTTLS:
                connection.starttls(context=context)
            if settings.user:
                connection.login(settings.user, settings.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _words(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {text}"
