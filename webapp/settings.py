"""What the web server is told at start; `clause8 serve` reads it from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Settings of the web application alone; the engine has its own."""

    secret_key: str  #: signs the cookie that holds the CSRF seed and one-time notices
    time_zone: str = "Asia/Jakarta"  #: in which dates are shown and typed
    is_secure: bool = False  #: served over HTTPS: cookies are `Secure`, HSTS is sent
    session_lifetime: timedelta = timedelta(hours=12)
    max_request_bytes: int = 32 * 1024 * 1024
    anchors_folder: Path = Path("var/anchors")  #: daily roots of the audit chain, outside the database
    content_folder: Path | None = None  #: holds processes/ and forms/; its scenarios can be played against drafts
    proxies: int = 0  #: reverse proxies in front, whose X-Forwarded-* headers are believed
    metrics_token: str = ""  #: who knows it reads /metrics; without one only this machine does
    has_test_clock: bool = False  #: tests may move the clock over HTTP (decision 19)
