"""The page of messages that nobody took."""

from __future__ import annotations

from datetime import timedelta

from engine import SYSTEM, PublishMessage, UndeliveredMessages
from tests.webapp.operations.conftest import SARI, Site

NUMBER = "ORD-2030-000404"


def lose_a_message(site: Site) -> int:
    message = PublishMessage(
        name="Paid", correlation_key=NUMBER, time_to_live=timedelta(days=1), variables={"amount": 7}, actor=SYSTEM
    )
    site.engine.execute(message)
    return site.engine.ask(UndeliveredMessages(actor=SARI)).lines[0].letter.key


def test_an_empty_list_says_that_every_message_arrived(site: Site) -> None:
    site.log_in("sari")
    assert "Every message arrived" in site.get("/dead-letters")


def test_the_page_says_in_both_languages_why_nobody_took_a_message(site: Site) -> None:
    lose_a_message(site)
    site.log_in("sari")
    page = site.get("/dead-letters")
    assert NUMBER in page
    assert "There is no record of that number." in page
    assert "&#34;amount&#34;: 7" in page
    site.language("id")
    assert "Tidak ada rekaman dengan nomor itu." in site.get("/dead-letters")


def test_a_message_is_given_up_with_a_reason(site: Site) -> None:
    key = lose_a_message(site)
    site.log_in("sari")
    refused = site.post(f"/dead-letters/{key}/discard", reason=" ")
    assert refused.status_code == 400
    assert "Say why" in refused.text
    assert site.post(f"/dead-letters/{key}/discard", reason="A test of the shop").status_code == 302
    assert "A test of the shop" in site.get("/dead-letters", tab="settled")
    assert site.post(f"/dead-letters/{key}/discard", reason="Again").status_code == 409


def test_what_would_die_again_keeps_the_words_that_were_typed(site: Site) -> None:
    key = lose_a_message(site)
    site.log_in("sari")
    refused = site.post(f"/dead-letters/{key}/publish", reason="Mistyped", correlation_key="ORD-2030-000405")
    assert refused.status_code == 400
    assert "Mistyped" in refused.text
    assert "ORD-2030-000405" in refused.text


def test_a_corrected_message_is_published_again(site: Site) -> None:
    key = lose_a_message(site)
    site.log_in("sari")
    assert site.post(f"/dead-letters/{key}/publish", reason="Mistyped", correlation_key="PO-1").status_code == 302


def test_a_process_owner_sees_that_and_why_but_not_what_it_says(site: Site) -> None:
    lose_a_message(site)
    site.log_in("ana")
    page = site.get("/dead-letters")
    assert NUMBER in page
    assert "amount" not in page
    assert "Give up" not in page


def test_others_do_not_open_the_page(site: Site) -> None:
    site.log_in("budi")
    assert site.client.get("/dead-letters").status_code == 403
