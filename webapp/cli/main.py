"""The commands of `clause8`."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from engine import (
    SYSTEM,
    AccountChoices,
    AddAlertSource,
    AddUser,
    DefinitionInvalid,
    Deploy,
    Engine,
    EngineError,
    Finding,
    ResourceFile,
    StoreUnavailable,
    User,
    VerifyHistory,
)
from engine.content import check_paths, holds_procedures
from engine.testing import FreshDatabases, find_scenarios, play_file
from webapp.cli.environment import Environment, read_environment
from webapp.cli.link_keys import LinkKeys
from webapp.cli.serving import serve as serve_forever

log = logging.getLogger(__name__)

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))

#: Groups that the product itself knows; all others come with content.
_PRODUCT_ROLES = {"administrator", "auditor", "process_owner"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run procedures that are drawn as BPMN diagrams."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Every ring of the alarm and every step of every token are of no interest.
    for name in ("alembic", "apscheduler", "spiff", "waitress.queue"):
        logging.getLogger(name).setLevel(logging.WARNING)


@main.command()
def serve() -> None:
    """Migrate the database, deploy new content and serve until Ctrl-C."""
    with _errors_in_words():
        serve_forever(read_environment())


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--comment", default="", help="Why; kept with the deployment.")
def deploy(files: tuple[Path, ...], comment: str) -> None:
    """Deploy diagrams, decisions, forms and documents together, or none of them."""
    resources = tuple(ResourceFile(file.name, file.read_bytes()) for file in files)
    with _errors_in_words(), _engine(read_environment()) as engine:
        deployment = engine.execute(Deploy(files=resources, actor=SYSTEM, comment=comment))
    for warning in deployment.warnings:
        click.echo(in_words(warning))
    for definition in deployment.definitions:
        click.echo(f"{definition.process_id} version {definition.version}")
    state = (
        "unchanged, nothing was stored" if deployment.is_unchanged else f"{len(deployment.resources)} file(s) deployed"
    )
    click.echo(state)


@main.command()
@_PATHS
def test(paths: tuple[Path, ...]) -> None:
    """Play scenario files, or those of folders; a folder of procedures has its content checked too."""
    passed = failed = 0
    for path in paths:
        if not holds_procedures(path):
            continue
        findings = [finding for finding in check_paths([path]) if finding.is_error]
        for finding in findings:
            click.echo(in_words(finding))
        click.echo(f"{'FAILED' if findings else 'passed'} the content check of {path}")
        passed, failed = passed + (not findings), failed + bool(findings)
    played = False
    with tempfile.TemporaryDirectory(prefix="clause8-test-") as folder, _errors_in_words():
        databases = FreshDatabases(Path(folder))
        for path in find_scenarios(paths):
            problems = _play(path, databases.url())
            click.echo(f"{'FAILED' if problems else 'passed'} {path}")
            for problem in problems:
                click.echo(f"    {problem}")
            passed, failed = passed + (not problems), failed + bool(problems)
            played = True
    if not played:
        click.echo("there is no scenario to play")
    click.echo(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed or not played else 0)


@main.command()
@_PATHS
def check(paths: tuple[Path, ...]) -> None:
    """Validate content without deploying it: files, or folders such as processes/<key>."""
    findings = list(check_paths(paths))
    for finding in findings:
        click.echo(in_words(finding))
    errors = sum(finding.is_error for finding in findings)
    click.echo(f"{errors} error(s), {len(findings) - errors} warning(s)")
    raise SystemExit(1 if errors else 0)


@main.group("link-keys")
def link_keys() -> None:
    """The keys that sign links of notifications."""


@link_keys.command("rotate")
def rotate_link_keys() -> None:
    """Sign new links with a new key; links of the keys before the last one stop working. Restart the server after."""
    with _errors_in_words():
        environment = read_environment()
        environment.engine_settings()
        kept = LinkKeys(environment.data_dir / "link_keys").rotate(environment.given_link_keys)
    click.echo(f"a new key signs; {kept - 1} older key(s) are still accepted")


@main.group()
def audit() -> None:
    """The history and its proof."""


@audit.command("verify")
def verify() -> None:
    """Prove that no history was altered, removed or put in another order."""
    environment = read_environment()

    def progress(entries: int) -> None:
        click.echo(f"{entries} entries checked ...", err=True)

    with _errors_in_words(), _engine(environment) as engine:
        found = engine.ask(VerifyHistory(actor=SYSTEM, anchors_folder=environment.anchors, progress=progress))
    for broken in found.breaks:
        click.echo(f"BROKEN {broken.place}: {broken.reason.en} / {broken.reason.id}")
    if found.days_without_file:
        click.echo(f"{len(found.days_without_file)} day(s) have no file in {environment.anchors} to compare with.")
    click.echo(f"{found.entries} entries in {found.streams} streams and {found.days} daily roots checked.")
    click.echo("The history is whole." if found.is_clean else f"The history is broken in {len(found.breaks)} place(s).")
    raise SystemExit(0 if found.is_clean else 1)


@main.group()
def source() -> None:
    """Programs that report alerts and bring mails."""


@source.command("add")
@click.argument("name")
@click.option("--signs", is_flag=True, help="It must also sign each call.")
def add_source(name: str, *, signs: bool) -> None:
    """Let a program call /intake/alerts and /intake/mail; its token is shown once."""
    with _errors_in_words(), _engine(read_environment()) as engine:
        new = engine.execute(AddAlertSource(name=name, signs=signs, actor=SYSTEM))
    click.echo(f"token: {new.token}")
    if new.source.secret:
        click.echo(f"secret: {new.source.secret}")


@main.group()
def user() -> None:
    """People who may log in."""


@user.command("add")
@click.argument("name")
@click.option("--display-name", default="", help="As pages show it; the login name when absent.")
@click.option("--email", default="")
@click.option("--unit", default="", help="Name of the organisational unit.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True)
@click.option("--group", "groups", multiple=True, help="Role; can be given several times.")
@click.password_option(help="Asked for when absent.")
def add(name: str, password: str, groups: tuple[str, ...], **profile: str) -> None:
    """Add a person, e.g. `clause8 user add budi.santoso --group administrator`."""
    person = User(
        name=name,
        display_name=profile["display_name"] or name,
        email=profile["email"],
        language=profile["language"],
        unit=profile["unit"],
        is_active=True,
        groups=groups,
    )
    with _errors_in_words(), _engine(read_environment()) as engine:
        engine.execute(AddUser(user=person, actor=SYSTEM, password=password))
        known = {one.group.name for one in engine.ask(AccountChoices(actor=SYSTEM)).groups}
    click.echo(f"{name} may log in now.")
    if unknown := set(groups) - known - _PRODUCT_ROLES:
        click.echo(f"Nothing that is deployed names the group {', '.join(sorted(unknown))}; is it spelt right?")


def _play(path: Path, database_url: str) -> list[str]:
    """Return what did not hold; an error of our own must not hide the scenarios after it."""
    try:
        return play_file(path, database_url)
    except Exception as error:
        log.exception("scenario crashed", extra={"action": "scenario_crashed", "scenario": str(path)})
        return [f"crashed: {error!r}"]


def in_words(finding: Finding) -> str:
    """Return a finding in one line of English and one of Bahasa Indonesia: place, reason, cure."""
    kind = "error" if finding.is_error else "warning"
    place = f"{finding.file}:{finding.line or 1}{f' {finding.element_id}' if finding.element_id else ''}"
    english = f"{place}: {kind}: {finding.reason.en} {finding.cure.en}"
    return f"{english}\n    {finding.reason.id} {finding.cure.id}"


@contextlib.contextmanager
def _engine(environment: Environment) -> Iterator[Engine]:
    engine = Engine(environment.engine_settings())
    try:
        engine.migrate()
        yield engine
    finally:
        engine.close()


@contextlib.contextmanager
def _errors_in_words() -> Iterator[None]:
    try:
        yield
    except DefinitionInvalid as error:
        for finding in error.findings:
            click.echo(in_words(finding), err=True)
        raise click.ClickException("Nothing was deployed. / Tidak ada yang diterapkan.") from error
    except StoreUnavailable as error:
        cause = str(getattr(error.__cause__, "orig", "")).partition("\n")[0]
        raise click.ClickException(
            f"The database cannot be used ({cause}). Is it running, and does CLAUSE8_DATABASE_URL name it?"
            " / Basis data tidak dapat dipakai; periksa CLAUSE8_DATABASE_URL."
        ) from error
    except EngineError as error:
        raise click.ClickException(f"{error.text('en')} / {error.text('id')}") from error
