"""`stories pull`: what was filled in on a server comes in once, through the same gate as a file."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from evaluation.design import load_study
from evaluation.errors import SettingsError
from evaluation.intake import Sender
from evaluation.language import Language, languages
from evaluation.servers.sources import FormAt
from evaluation.store.engine import open_store
from flows import pulling
from flows.cli import main
from tests.evaluation.servers import kobo_server, odk_server
from tests.evaluation.servers.kobo_server import KoboServer
from tests.evaluation.servers.local import Reply, no_wait
from tests.evaluation.servers.odk_server import OdkServer
from tests.flows.conftest import home_in
from tests.flows.filled_in import AUTUMN, DATASET, ELSEWHERE, SPRING, UID, fill_kobo, fill_odk
from tests.flows.given import fetched, locked_away

SECRETS = {
    "STORIES_KOBO_TOKEN": kobo_server.TOKEN,
    "STORIES_ODK_TOKEN": odk_server.TOKEN,
}
ENGLISH = Language("en")
NOTHING = ENGLISH("cli.pull.nothing")


@pytest.fixture
def here(tmp_path):
    with home_in(tmp_path, **SECRETS) as settings:
        yield settings


def pull(server, *words):
    if isinstance(server, KoboServer):
        return main(["pull", "kobo", "--server", server.url, "--form", UID, *words])
    return main(["pull", "odk", "--server", server.url, "--project", "1", *words])


def stored(settings):
    """Batch by batch what counts: (region, wave, status, rows, accepted, set aside)."""
    return fetched(
        settings,
        """SELECT b.region, b.wave, s.status, t.rows, t.accepted, t.set_aside FROM batches b
        JOIN batch_statuses s ON s.batch = b.id AND s.step = 1 JOIN tallies t ON t.batch = b.id
        ORDER BY b.received_at, b.region, b.wave""",
    )


def children(settings):
    """Code, wave and group of every row that counts."""
    return fetched(
        settings,
        f"""SELECT r.respondent, r.wave, r.region FROM responses_{DATASET}_v1 r
        LEFT JOIN replaced_rows p ON p.batch = r.batch AND p.source_row = r.source_row
        WHERE p."by" IS NULL ORDER BY 1, 2""",
    )


KINDS = {"kobo": (KoboServer, fill_kobo), "odk": (OdkServer, fill_odk)}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


@pytest.mark.usefixtures("prefect")
def test_everything_comes_in_by_region_and_wave_and_only_once(here, sendings, capsys, kind):
    make, fill = kind
    with make() as server:
        fill(server, sendings, SPRING, AUTUMN, ELSEWHERE)
        assert pull(server) == 0
        assert ENGLISH("cli.pull.fetched", n=9) in capsys.readouterr().out
        assert [row[:2] for row in stored(here)] == [("15", 0), ("15", 1), ("55", 0)]
        there = children(here)
        assert len(there) == sum(row[4] for row in stored(here)) > 5
        sent = next(iter(server.submissions.values()))[0]
        kept = b"".join(p.read_bytes() for p in here.data.parent.rglob("*") if p.is_file())
        for secret in (kobo_server.TOKEN, odk_server.TOKEN, sent.get("_uuid") or sent["__id"]):
            assert secret.encode() not in kept
        assert pull(server) == 0
        assert NOTHING in capsys.readouterr().out
    assert children(here) == there
    assert len(stored(here)) == 3


@pytest.mark.usefixtures("prefect")
def test_what_is_sent_and_edited_later_comes_alone(here, sendings, capsys, kind):
    make, fill = kind
    with make() as server:
        fill(server, sendings, SPRING)
        assert pull(server) == 0
        before = children(here)
        if make is KoboServer:
            server.edit(UID, 1, duration_min="21")
        else:
            server.edit(DATASET, 1, at="2022-06-01T08:00:00.000Z", answers={"duration_min": "21"})
        fill(server, sendings, AUTUMN, first=50)
        capsys.readouterr()
        assert pull(server) == 0
        assert ENGLISH("cli.pull.fetched", n=4) in capsys.readouterr().out
    assert set(children(here)) > set(before)
    assert fetched(here, "SELECT count(*) FROM replaced_rows") == [(1,)]
    assert len({(code, wave) for code, wave, _ in children(here)}) == len(children(here))


@pytest.mark.usefixtures("prefect")
def test_all_is_fetched_and_judged_again_when_somebody_says_so_and_counts_once(
    here, sendings, capsys, kind
):
    make, fill = kind
    with make() as server:
        fill(server, sendings, SPRING)
        assert pull(server) == 0
        there = children(here)
        assert pull(server, "--all") == 0
        assert ENGLISH("rule.already_there", n=3) in capsys.readouterr().out
    assert children(here) == there
    assert [row[3:] for row in stored(here)] == [(3, 3, 0), (3, 0, 3)]


@pytest.mark.usefixtures("prefect")
def test_a_row_that_was_held_counts_when_it_was_mended_on_the_server(here, sendings, capsys):
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING)
        day = server.submissions[UID][1]["interview_date"]
        server.edit(UID, 2, interview_date="2022-13-01")
        assert pull(server) == 0
        assert ENGLISH("cli.pull.number", row=3, number="2") in capsys.readouterr().out
        assert len(children(here)) == 2
        server.edit(UID, 2, interview_date=day)
        assert pull(server) == 0
    assert len(children(here)) == 3


@pytest.mark.usefixtures("prefect")
def test_what_was_refused_is_mended_on_the_server_and_comes_with_all_the_rest(
    here, sendings, capsys
):
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING)
        wrong = server.submissions[UID][1]
        kept = wrong["region_code"]
        server.submissions[UID][1]["site_code"] = "S99999"
        assert pull(server) == 3
        said = capsys.readouterr().out
        assert ENGLISH("cli.pull.number", row=3, number="2") in said
        assert [row[2] for row in stored(here)] == ["refused"]
        assert pull(server) == 3
        assert ENGLISH("cli.known", n=1) in capsys.readouterr().out
        assert len(stored(here)) == 1
        server.edit(UID, 2, site_code="S15001")
        assert pull(server) == 0
        assert ENGLISH("cli.pull.fetched", n=3) in capsys.readouterr().out
    assert [row[:2] for row in children(here)] != []
    assert {row[2] for row in children(here)} == {kept}
    assert len(children(here)) == 3


@pytest.mark.usefixtures("prefect")
def test_what_arrived_before_the_programme_was_stopped_is_judged_by_the_next_pull(
    here, sendings, capsys
):
    study, engine = load_study(here.study), open_store(here.database_url)
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING)
        asked = FormAt("kobo", server.url, UID)
        with pulling.source_of(asked, DATASET, here, no_wait()) as source:
            sender = Sender(DATASET)
            (arrived,) = pulling.pull(engine, here, study, source, sender, now=datetime.now(UTC))
        assert locked_away(here)["quarantine"] == {arrived.batch}
        assert pull(server) == 0
        said = capsys.readouterr().out
        assert NOTHING not in said
        assert pull(server) == 0
    assert NOTHING in capsys.readouterr().out
    assert [row[2] for row in stored(here)] != []


@pytest.mark.usefixtures("prefect")
def test_a_form_without_submissions_is_nothing_new(here, sendings, capsys, kind):
    make, fill = kind
    with make() as server:
        fill(server, sendings)
        assert pull(server) == 0
    assert NOTHING in capsys.readouterr().out


@pytest.mark.usefixtures("prefect")
def test_a_form_of_another_dataset_is_fetched_for_nothing(here, sendings, capsys, kind):
    make, fill = kind
    with make() as server:
        fill(server, sendings, SPRING)
        words = ("--form", DATASET) if make is OdkServer else ()
        assert pull(server, "--dataset", "session_log", *words) == 3
        assert not any("ubmissions" in q.path or "/data/" in q.path for q in server.asked)
    assert ENGLISH("error.server_other_form", dataset="session_log") in capsys.readouterr().err
    assert not here.deliveries.exists()


@pytest.mark.usefixtures("prefect")
def test_a_region_that_is_said_and_not_the_answered_one_refuses(here, sendings):
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING)
        assert pull(server, "--region", "55") == 3
    assert [row[2] for row in stored(here)] == ["refused"]


def test_a_check_says_what_would_become_of_it_and_stores_nothing(here, sendings, capsys, kind):
    make, fill = kind
    with make() as server:
        fill(server, sendings, SPRING, ELSEWHERE)
        assert pull(server, "--check") == 0
        said = capsys.readouterr().out
        assert said.count(ENGLISH("cli.pull.only_checked")) == 1
        assert ENGLISH("cli.pull.batch", region="55", wave="0") in said
        assert fetched(here, "SELECT count(*) FROM batches") == [(0,)]
        assert not here.deliveries.exists()
        fill(server, sendings)
        server.submissions = {name: [] for name in server.submissions}
        assert pull(server, "--check", "--all") == 0
    assert NOTHING in capsys.readouterr().out


def test_a_check_says_what_would_be_refused(here, sendings):
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING)
        server.edit(UID, 1, site_code="S99999")
        assert pull(server, "--check") == 3


WRONG = {
    "no kind of server": (
        ["pull", "surveycto", "--server", "https://x.invalid"],
        2,
        "unknown_tool",
    ),
    "no form": (["pull", "kobo", "--server", "https://x.invalid"], 2, "server_form_unsaid"),
    "no project": (["pull", "odk", "--server", "https://x.invalid"], 2, "server_project_unsaid"),
    "no encryption": (
        ["pull", "kobo", "--server", "http://x.invalid", "--form", "a"],
        2,
        "server_unencrypted",
    ),
    "no kind of server at all": (["pull", "--server", "https://x.invalid"], 2, "unknown_tool"),
    "no address": (["pull", "kobo", "--server", "x", "--form", "a"], 2, "server_address"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_said_wrongly_is_said_before_anything_is_sent(here, capsys, case):
    words, code, rule = WRONG[case]
    assert main(words) == code
    name = words[1] if words[1] == "surveycto" else ""
    known = {"name": name, "known": "kobo, odk", "host": "x.invalid"}
    assert ENGLISH(f"error.{rule}", **known) in capsys.readouterr().err


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize(
    ("reply", "rule", "exit_code"),
    [
        (Reply(401), "server_token_refused", 2),
        (Reply(404), "server_form_missing", 2),
        (Reply(200, b"<html>sign in</html>"), "server_web_page", 3),
        (Reply(503, b"", {"Retry-After": "4000"}), "server_asks_to_wait", 3),
    ],
)
def test_a_server_that_answers_badly_is_explained_without_the_token(
    here, capsys, code, reply, rule, exit_code
):
    with KoboServer(reply) as server:
        assert pull(server, "--language", code) == exit_code
    said = capsys.readouterr()
    assert Language(code)(f"error.{rule}", host="127.0.0.1", minutes=67) in said.err
    assert kobo_server.TOKEN not in said.out + said.err


def test_without_a_token_nothing_is_asked(tmp_path, capsys):
    with home_in(tmp_path, STORIES_KOBO_TOKEN="", STORIES_ODK_TOKEN=""):
        for make in (KoboServer, OdkServer):
            with make() as server:
                assert pull(server) == 2
                assert server.asked == []
    assert "STORIES_KOBO_TOKEN" in capsys.readouterr().err


LIST = "tool,server,project,form,dataset,region,wave\n"


def listed(tmp_path, *lines):
    path = tmp_path / "sources.csv"
    path.write_text(LIST + "".join(f"{line}\n" for line in lines), "utf-8")
    return str(path)


@pytest.mark.usefixtures("prefect")
def test_a_list_of_forms_is_pulled_with_one_word_and_a_dead_server_keeps_nobody_waiting(
    tmp_path, sendings, capsys
):
    with KoboServer() as kobo, OdkServer() as odk, KoboServer() as dead:
        fill_kobo(kobo, sendings, SPRING)
        fill_odk(odk, sendings, ELSEWHERE)
        dead.answer = lambda _: Reply(404)
        sources = listed(
            tmp_path,
            f"kobo,{dead.url},,{UID},,,",
            f"kobo,{kobo.url},,{UID},{DATASET},,",
            f"odk,{odk.url},1,,,,",
        )
        with home_in(tmp_path, STORIES_SOURCES=sources, **SECRETS) as settings:
            assert main(["pull"]) == 2
            said = capsys.readouterr()
            assert ENGLISH("error.server_form_missing", host="127.0.0.1") in said.err
            assert ENGLISH("cli.pull.fetched", n=6) in said.out
            assert [row[0] for row in stored(settings)] == ["15", "55"]
            assert main(["pull"]) == 2
            assert NOTHING not in capsys.readouterr().out


@pytest.mark.usefixtures("prefect")
def test_the_flow_brings_what_is_listed_and_leaves_it_to_ingest(tmp_path, sendings):
    from flows.pull import pull as flow  # not at the top: it begins with Prefect

    with KoboServer() as kobo, OdkServer() as odk:
        fill_kobo(kobo, sendings, SPRING, AUTUMN)
        fill_odk(odk, sendings, ELSEWHERE)
        sources = listed(tmp_path, f"kobo,{kobo.url},,{UID},,,", f"odk,{odk.url},1,,,,")
        with home_in(tmp_path, STORIES_SOURCES=sources, **SECRETS) as settings:
            assert flow() == {"1": 2, "2": 1}
            assert len(locked_away(settings)["quarantine"]) == 3
            assert flow() == {"1": 0, "2": 0}
            kobo.answer = lambda _: Reply(403)
            with pytest.raises(SettingsError, match="server_token_refused"):
                flow()
        with home_in(tmp_path, STORIES_SOURCES=""):
            assert flow() == {}


def test_the_dataset_is_the_one_said_else_the_plans_else_the_only_one(study):
    at = FormAt("kobo", "https://x.invalid", "a")
    assert pulling.sender_of(at, study).instrument == "pupil"
    planless = replace(study, plan=None)
    assert pulling.sender_of(at, planless).instrument == "pupil"
    two = replace(planless, instruments={**study.instruments, "other": study.instruments["pupil"]})
    assert pulling.sender_of(replace(at, dataset="other"), two).instrument == "other"
    for form, known in ((at, two), (replace(at, dataset="poetry"), study)):
        with pytest.raises(SettingsError, match="unknown_dataset"):
            pulling.sender_of(form, known)


def test_pull_alone_needs_a_list(here, capsys):
    assert main(["pull"]) == 2
    assert "STORIES_SOURCES" in capsys.readouterr().err
