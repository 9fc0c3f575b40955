"""Deputies, dates of membership, rosters and accounts that are closed: what each person may do, at each moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine import (
    AccountDetails,
    Actor,
    ChangeUser,
    ClaimUserTask,
    CompleteUserTask,
    CreatePasswordReset,
    EndAbsence,
    EnterAbsence,
    ImportPeople,
    ImportPreview,
    ImportStep,
    InboxPage,
    InboxTab,
    InputInvalid,
    LogIn,
    NotPermitted,
    PlanShifts,
    RecordConflicts,
    ResetNotFound,
    ResetPassword,
    RosterPage,
    SetMembership,
    UnclaimUserTask,
    UserTaskClaimed,
)
from engine.store import read_only
from engine.store.people import People
from engine.store.shifts import Shifts
from engine.store.tables import task_inbox, user_task
from tests.integration.people_at_work.conftest import Office

ADMIN = Actor("adi")


def inbox(office: Office, name: str, tab: InboxTab = InboxTab.GROUPS) -> list[tuple[str, str | None]]:
    lines = office.engine.ask(InboxPage(actor=Actor(name), tab=tab)).lines
    return [(line.name.en, line.for_name) for line in lines]


def claim(office: Office, name: str) -> None:
    office.engine.execute(ClaimUserTask(user_task_key=office.harness.open_task("Work").key, actor=Actor(name)))


def complete(office: Office, name: str) -> None:
    key = office.harness.open_task("Work").key
    office.engine.execute(CompleteUserTask(user_task_key=key, actor=Actor(name), submitted={}))


def test_a_deputy_sees_takes_and_does_the_tasks_of_who_is_away_and_both_are_named(office: Office) -> None:
    number = office.ask_for_a_check()
    assert inbox(office, "eka") == []
    office.be_away("anna", "eka")
    assert inbox(office, "eka") == [("Check", "Anna")]
    assert inbox(office, "budi") == [("Check", None)]
    claim(office, "eka")
    assert inbox(office, "eka", InboxTab.MINE) == [("Check", "Anna")]
    complete(office, "eka")
    done = office.audit("user_task_completed")[-1]
    assert (done["actor"], done["for"]) == ("eka", "anna")
    duties = office.engine.ask(RecordConflicts(number=number, actor=ADMIN)).duties
    assert "check" in duties["eka"]
    assert "check" in duties["anna"]


def test_what_a_deputy_has_goes_no_further_when_the_absence_ends(office: Office) -> None:
    office.ask_for_a_check()
    absence = office.be_away("anna", "eka")
    claim(office, "eka")
    office.engine.execute(EndAbsence(key=absence, actor=Actor("anna")))
    with pytest.raises(NotPermitted):
        complete(office, "eka")
    office.engine.execute(UnclaimUserTask(user_task_key=office.harness.open_task("Work").key, actor=Actor("eka")))
    complete(office, "anna")


@pytest.mark.parametrize("conflicted", ["anna", "budi", "eka"])
def test_a_deputy_inherits_the_conflicts_of_everybody_over_whom_the_work_came(office: Office, conflicted: str) -> None:
    office.engine.execute(SetMembership(user="budi", group="cab", until_at=office.now, actor=ADMIN))
    number = office.ask_for_a_check()
    office.add_duty(number, "request", conflicted)
    office.be_away("anna", "budi")
    office.be_away("budi", "eka")
    for work in (claim, complete):
        with pytest.raises(NotPermitted, match="SoD-1"):
            work(office, "eka")


def test_in_a_circle_of_absences_nobody_stands_in(office: Office) -> None:
    office.ask_for_a_check()
    office.be_away("anna", "eka")
    office.be_away("eka", "anna")
    assert inbox(office, "eka") == []
    with pytest.raises(NotPermitted):
        complete(office, "eka")
    complete(office, "anna")


def test_no_administrator_bypasses_a_rule(office: Office) -> None:
    number = office.ask_for_a_check()
    office.engine.execute(SetMembership(user="adi", group="cab", actor=ADMIN))
    office.add_duty(number, "request", "adi")
    with pytest.raises(NotPermitted, match="SoD-1"):
        complete(office, "adi")


def test_a_membership_begins_and_ends_by_itself(office: Office) -> None:
    office.ask_for_a_check()
    begin, end = office.now + timedelta(hours=1), office.now + timedelta(hours=3)
    office.engine.execute(SetMembership(user="fitri", group="cab", from_at=begin, until_at=end, actor=ADMIN))
    seen = []
    for _hour in range(5):
        seen.append(bool(inbox(office, "fitri")))
        office.harness.clock.move_to(office.now + timedelta(hours=1))
    assert seen == [False, True, True, False, False]
    with pytest.raises(NotPermitted):
        complete(office, "fitri")


def test_changing_a_person_keeps_the_dates_of_groups_that_stay(office: Office) -> None:
    end = office.now + timedelta(days=3)
    office.engine.execute(SetMembership(user="fitri", group="cab", until_at=end, actor=ADMIN))
    with read_only(office.engine.database) as work:
        fitri = People(work, office.now).get("fitri")
    office.engine.execute(ChangeUser(user=replace(fitri, groups=("cab",), unit="hr"), actor=ADMIN))
    details = office.engine.ask(AccountDetails(name="fitri", actor=ADMIN))
    until = {one.group: one.until_at for one in details.memberships}
    assert until == {"cab": end, "requester": office.now}


def test_a_closed_account_gives_its_tasks_back_with_a_note(office: Office) -> None:
    office.ask_for_a_check()
    claim(office, "anna")
    with read_only(office.engine.database) as work:
        anna = People(work, office.now).get("anna")
    office.engine.execute(ChangeUser(user=replace(anna, is_active=False), actor=ADMIN))
    assert inbox(office, "budi") == [("Check", None)]
    assert "account deactivated" in office.audit("user_task_reassigned")[-1]["reason"]


def test_a_vote_of_a_closed_account_goes_to_the_process_owner(office: Office) -> None:
    office.ask_for_a_vote()
    task = office.task_of("anna")
    with read_only(office.engine.database) as work:
        anna = People(work, office.now).get("anna")
    office.engine.execute(ChangeUser(user=replace(anna, is_active=False), actor=ADMIN))
    with read_only(office.engine.database) as work:
        actors = work.execute(task_inbox.select().where(task_inbox.c.task_key == task)).all()
        row = work.execute(user_task.select().where(user_task.c.key == task)).one()
    assert ([one.actor for one in actors], row.assignee) == (["g:process_owner"], None)


def test_only_who_has_it_may_do_what_a_person_of_the_group_took(office: Office) -> None:
    office.ask_for_a_check()
    claim(office, "anna")
    with pytest.raises(UserTaskClaimed):
        complete(office, "budi")


@pytest.mark.parametrize(
    ("deputy", "begins", "ends"), [("anna", 0, 5), ("eka", 5, 5), ("eka", -9, -1), ("eka", 0, 24 * 400)]
)
def test_absences_without_sense_are_refused(office: Office, deputy: str, begins: int, ends: int) -> None:
    at = office.now
    with pytest.raises(InputInvalid):
        office.engine.execute(
            EnterAbsence(
                user="anna",
                deputy=deputy,
                from_at=at + timedelta(hours=begins),
                until_at=at + timedelta(hours=ends),
                actor=Actor("anna"),
            )
        )


def test_heads_enter_absences_for_their_people_and_others_do_not(office: Office) -> None:
    def enter(by: str) -> None:
        until = office.now + timedelta(days=1)
        office.engine.execute(
            EnterAbsence(user="anna", deputy="eka", from_at=office.now, until_at=until, actor=Actor(by))
        )

    with pytest.raises(NotPermitted):
        enter("budi")
    enter("owner")
    with pytest.raises(InputInvalid, match="already"):
        enter("anna")


def test_a_group_with_a_roster_is_who_is_on_duty_now(office: Office) -> None:
    first = date(2030, 6, 17)
    office.engine.execute(
        PlanShifts(group="cab", people=("anna", "budi"), first_day=first, days_each=1, turns=4, actor=Actor("owner"))
    )
    on_duty = []
    for _day in range(5):
        with read_only(office.engine.database) as work:
            on_duty.append(Shifts(work, office.now).on_duty("cab"))
        office.harness.clock.move_to(office.now + timedelta(days=1))
    assert on_duty == [["anna"], ["budi"], ["anna"], ["budi"], []]
    page = office.engine.ask(RosterPage(actor=Actor("eka"), group="cab", day=first))
    assert len(page.shifts) == 4
    assert not page.may_change


def test_who_is_no_member_is_not_planned(office: Office) -> None:
    with pytest.raises(InputInvalid, match="eka"):
        office.engine.execute(
            PlanShifts(group="cab", people=("eka",), first_day=date(2030, 6, 17), days_each=1, turns=1, actor=ADMIN)
        )


def test_a_password_link_works_once_and_ends_every_session(office: Office) -> None:
    token = office.engine.execute(CreatePasswordReset(name="anna", actor=ADMIN))
    office.engine.execute(ResetPassword(token=token, password="a quite new password"))
    office.engine.execute(LogIn(name="anna", password="a quite new password", address="here"))
    with pytest.raises(ResetNotFound):
        office.engine.execute(ResetPassword(token=token, password="another new password"))
    late = office.engine.execute(CreatePasswordReset(name="anna", actor=ADMIN))
    office.harness.clock.move_to(office.now + timedelta(hours=25))
    with pytest.raises(ResetNotFound):
        office.engine.execute(ResetPassword(token=late, password="another new password"))


def test_a_sheet_is_previewed_and_imported_whole_or_not_at_all(office: Office) -> None:
    good = "name;display_name;groups\nanna;Anna B;cab requester\ngita;Gita;cab\nbudi;;\n"
    steps = {one.name: one.step for one in office.engine.ask(ImportPreview(text=good, actor=ADMIN))}
    assert steps == {"anna": ImportStep.CHANGE, "gita": ImportStep.ADD, "budi": ImportStep.KEEP}
    assert office.engine.execute(ImportPeople(text=good, actor=ADMIN)) == (1, 1)
    with pytest.raises(InputInvalid, match="Line 3"):
        office.engine.execute(ImportPeople(text="name,groups\nhani,cab\nivan,nowhere\n", actor=ADMIN))
    with read_only(office.engine.database) as work:
        assert {user.name for user in People(work, office.now).many(["gita", "hani"])} == {"gita"}
