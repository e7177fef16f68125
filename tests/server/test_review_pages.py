"""The review in pages: whose forms are heeded, who may read, and that the terminal would say the same."""

import json
import re
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from command_lines import run
from reviews import ARTICLE, PAGE, SENTENCES, desk_for
from simpul.graph_builder.extraction import correctable
from simpul.visualizations.site import wording

EVIL = "Koperasi <script>document.title='ran'</script> Ukir"
EVIL_ARTICLE = f"Koperasi Ukir Lestari didanai oleh Bank Jateng. {EVIL} & 'lain' tidak."
PATIENCE_S = 60


@contextmanager
def reviewing(folder: Path, *more: str) -> Generator[str]:
    """`simpul serve --review` in a folder; its address."""
    with reviewing_program(folder, *more) as (address, _):
        yield address


@contextmanager
def reviewing_program(
    folder: Path, *more: str
) -> Generator[tuple[str, subprocess.Popen[bytes]]]:
    """`simpul serve --review` in a folder; its address, and the program."""
    line = [sys.executable, "-c", "from simpul.cli import main; main()", "serve"]
    line += ["--ecosystem", "ukir", "--by", "Sari", "--port", "0", "--workers", "1"]
    with (
        (folder / "said.txt").open("wb") as said,
        subprocess.Popen(
            [*line, *more], cwd=folder, stdout=subprocess.PIPE, stderr=said
        ) as program,
    ):
        try:
            assert program.stdout
            address = program.stdout.readline().decode().strip()
            assert address, (folder / "said.txt").read_text("utf-8")
            yield address, program
        finally:
            program.terminate()


def ecosystem_in(folder: Path, **articles: str) -> Path:
    """A folder with the ecosystem `ukir` in it, and articles beside it."""
    assert run("init", folder / "ukir").exit_code == 0
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def verdicts(folder: Path) -> list[str]:
    """What the log of decisions holds."""
    log = folder / "ukir" / "decisions.jsonl"
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return [json.loads(line)["verdict"] for line in lines]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of the tests without a browser stands."""
    return ecosystem_in(tmp_path_factory.mktemp("web"), kabar=EVIL_ARTICLE)


@pytest.fixture(scope="module")
def client(place: Path) -> Iterator[httpx.Client]:
    """A client of that server."""
    with (
        reviewing(place, "--review", "kabar.txt") as address,
        httpx.Client(base_url=address, timeout=PATIENCE_S) as made,
    ):
        yield made


def form(client: httpx.Client) -> dict[str, str]:
    """The hidden fields of the form that accepts."""
    page = client.get("/review/1").text
    fields = ("token", "ident", "seen", "all")
    found = {name: re.search(f'name="{name}" value="([^"]+)"', page) for name in fields}
    given = {name: match[1] for name, match in found.items() if match}
    assert set(given) == set(fields)
    return {**given, "do": "accept"}


@pytest.mark.parametrize(
    ("headers", "change"),
    [
        ({}, {"token": ""}),
        ({}, {"token": "x" * 32}),
        ({"origin": "https://evil.example"}, {}),
        ({"sec-fetch-site": "cross-site"}, {}),
        ({"sec-fetch-site": "same-site"}, {}),
    ],
    ids=["no token", "wrong token", "another origin", "another site", "a neighbour"],
)
def test_a_form_of_another_site_decides_nothing(
    client: httpx.Client, place: Path, headers: dict[str, str], change: dict[str, str]
) -> None:
    before = verdicts(place)
    sent = client.post("/review/1", data={**form(client), **change}, headers=headers)
    assert sent.status_code == 403
    assert verdicts(place) == before


def test_no_other_site_may_read_the_article(client: httpx.Client) -> None:
    reply = client.get("/review/1", headers={"origin": "https://evil.example"})
    own = str(client.base_url).rstrip("/")
    assert reply.headers["access-control-allow-origin"].rstrip("/") == own
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert client.get("/review/1", headers={"host": "evil.example"}).status_code == 400


def test_the_words_of_an_article_are_no_part_of_the_page(client: httpx.Client) -> None:
    page = client.get("/review/1").text
    assert "<script>document.title" not in page
    assert "&lt;script&gt;document.title" in page


def test_a_form_of_the_page_decides_and_leads_to_what_is_open_next(
    client: httpx.Client, place: Path
) -> None:
    given = form(client)
    own = {"origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    sent = client.post("/review/1?lang=en", data=given, headers=own)
    assert sent.status_code == 303
    assert "lang=en" in sent.headers["location"]
    assert given["ident"] not in sent.headers["location"]
    assert verdicts(place)[-1] == "accept"
    again = client.post("/review/1?lang=en", data={**given, "do": "reject"})
    assert again.status_code == 422
    assert "already decided elsewhere" in again.text
    assert "accepted" in again.text
    stale = client.post("/review/1?lang=id", data={**given, "do": "undo"})
    assert stale.status_code == 422
    assert "sudah diputuskan di tempat lain" in stale.text
    assert verdicts(place)[-1] == "accept"
    undone = client.post("/review/1", data={**form(client), "do": "undo"})
    assert given["ident"] in undone.headers["location"]
    assert verdicts(place)[-1] == "reopen"


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"do": "merge", "into": "nobody"}, "nobody"),
        ({"do": "edit"}, "nothing is edited"),
        ({"do": "edit", "f-type": "no-type"}, "no-type"),
        ({"do": "edit", "f-colour": "red"}, "colour"),
        ({"do": "accept", "ident": "tie-none"}, "tie-none"),
        ({"do": "finish"}, "still open"),
    ],
)
def test_what_cannot_be_decided_is_said_and_not_taken(
    client: httpx.Client, place: Path, given: dict[str, str], word: str
) -> None:
    before = verdicts(place)
    data = {**form(client), **given}
    page = client.post("/review/1?lang=en", data=data)
    assert page.status_code == 422
    assert word in page.text
    assert verdicts(place) == before


def test_an_unlike_merge_is_asked_about_and_taken_once_it_is_sure(
    client: httpx.Client, place: Path
) -> None:
    given = {**form(client), "do": "merge", "into": "bank-jateng"}
    assert 'name="sure"' not in client.get("/review/1").text
    asked = client.post("/review/1?lang=en", data=given)
    assert asked.status_code == 422
    assert "is unlike" in asked.text
    assert 'name="sure"' in asked.text
    sent = client.post("/review/1", data={**given, "sure": "on"})
    assert sent.status_code == 303
    assert verdicts(place)[-1] == "merge"
    assert client.post("/review/1", data={**form(client), "do": "undo"}).is_redirect


@pytest.mark.parametrize("path", ["/review/2", "/review/0", "/review/99999999999"])
def test_there_is_no_page_of_an_article_that_was_not_given(
    client: httpx.Client, path: str
) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("lang", "word"), [("id", "Tinjauan artikel"), ("en", "Review of the article")]
)
def test_the_page_speaks_both_languages(
    client: httpx.Client, lang: str, word: str
) -> None:
    reply = client.get("/review", params={"lang": lang}, follow_redirects=True)
    assert reply.status_code == 200
    assert word in reply.text


def test_the_terminal_is_refused_while_the_page_is_open(
    client: httpx.Client, place: Path
) -> None:
    assert client.get("/review/1").status_code == 200
    line = ("review", place / "kabar.txt", "--to", place / "ukir", "--by", "Budi")
    done = run(*line, given="a\n")
    assert done.exit_code == 2
    assert "under review elsewhere" in done.stderr


def test_a_kill_loses_no_decision_and_keeps_nobody_out(tmp_path: Path) -> None:
    folder = ecosystem_in(tmp_path, kabar=ARTICLE)
    given = ("--review", "kabar.txt")
    with (
        reviewing_program(folder, *given) as (address, program),
        httpx.Client(base_url=address, timeout=PATIENCE_S) as client,
    ):
        assert client.post("/review/1", data=form(client)).status_code == 303
        program.kill()
        program.wait()
    with reviewing(folder, *given) as address:
        page = httpx.get(f"{address}review/1?lang=en", timeout=PATIENCE_S)
        assert "1 of " in page.text
    assert verdicts(folder) == ["accept"]


def test_a_review_is_for_this_machine_alone(place: Path) -> None:
    line = ("serve", "--ecosystem", place / "ukir", "--review", place / "kabar.txt")
    done = run(*line, "--host", "0.0.0.0")
    assert done.exit_code == 2
    assert "this machine alone" in done.stderr


def test_a_server_without_a_review_has_no_page_of_it(
    tmp_path: Path,
) -> None:
    with reviewing(ecosystem_in(tmp_path)) as address:
        assert httpx.get(f"{address}review").status_code == 404


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def opened(browser: Browser, address: str, width: int = 1280) -> tuple[Page, list[str]]:
    """The page of a review, and what it complains of."""
    page = browser.new_page(
        viewport={"width": width, "height": 800}, locale="en-GB", color_scheme="dark"
    )
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text) if "Content Security" in said.text else None
        ),
    )
    page.goto(f"{address}review")
    return page, complaints


@pytest.mark.browser
def test_by_keys_alone_three_ties_come_into_the_graph(
    browser: Browser, tmp_path: Path
) -> None:
    folder = ecosystem_in(tmp_path, kabar=ARTICLE)
    with reviewing(folder, "--review", "kabar.txt") as address:
        page, complaints = opened(browser, address)
        progress = page.locator("#progress")
        expect(page.locator("mark")).to_have_text("Pemerintah Kabupaten Jepara")
        page.keyboard.press("r")
        expect(progress).to_contain_text("1 of")
        page.keyboard.press("u")
        expect(progress).to_contain_text("0 of")
        page.keyboard.press("e")
        page.keyboard.type("Pemkab Jepara")
        expect(page.locator("#f-name")).to_have_value(re.compile("Pemkab Jepara"))
        page.locator("#f-name").fill("Pemkab Jepara")
        page.locator("#why").fill("Its short name.")
        page.locator("#f-name").press("Enter")
        expect(progress).to_contain_text("1 of")
        page.keyboard.press("s")
        expect(page.locator(".kicker")).to_contain_text("3/")
        page.keyboard.press("m")
        page.keyboard.type("nobody")
        page.keyboard.press("Enter")
        expect(page.locator(".fault")).to_contain_text("nobody")
        page.keyboard.press("Escape")
        _accept_all(page)
        expect(page.locator("#a-publisher")).to_have_value("")
        page.locator("#a-publisher").fill("Harian Ukir")
        page.locator("#a-title").fill("Pelatihan ukir")
        page.keyboard.press("Enter")
        expect(page.locator("#done")).to_contain_text(
            "pelatihan-ukir", timeout=PATIENCE_S * 1000
        )
        assert not complaints
    assert verdicts(folder)[:3] == ["reject", "reopen", "edit"]
    log = (folder / "ukir" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert json.loads(log[2])["why"] == "Its short name."
    place = folder / "ukir"
    assert run("check", place).exit_code == 0
    ties = (place / "added" / "pelatihan-ukir" / "ties.yaml").read_text("utf-8")
    keys = re.findall(r"^- id: (\S+)", ties, re.MULTILINE)
    assert len(keys) >= len(SENTENCES)
    version = folder / "simpul-out" / "ukir"
    for key in keys:
        told = run("explain", key, "--ecosystem", place, "--version-dir", version)
        assert told.exit_code == 0, told.output
        assert "Pelatihan ukir" in told.stdout


@pytest.mark.browser
def test_a_folder_of_articles_is_reviewed_one_after_the_other(
    browser: Browser, tmp_path: Path
) -> None:
    other = "Bank Jateng mendanai Koperasi Ukir Lestari dan Yayasan Rotan Hijau."
    folder = ecosystem_in(tmp_path, dua=other)
    (folder / "satu.html").write_text(PAGE, encoding="utf-8")
    (folder / "salinan.txt").write_text(ARTICLE + "Selesai.", encoding="utf-8")
    given = [f"--review={name}" for name in ("satu.html", "salinan.txt", "dua.txt")]
    with reviewing(folder, *given) as address:
        page, complaints = opened(browser, address)
        expect(page.locator(".desk")).to_contain_text("same release")
        assert page.locator(".articles li").count() == 2
        expect(page.locator("blockquote")).not_to_contain_text("<b>")
        _accept_all(page)
        page.locator("#a-publisher").fill("Harian Ukir")
        page.locator("[name=keep]").check()
        page.locator("#finish form.asked button").click()
        expect(page.locator("#done")).to_be_visible(timeout=PATIENCE_S * 1000)
        page.locator(".articles a", has_text="dua").click()
        _accept_all(page)
        told = page.locator("#finish .unmade")
        expect(told).to_contain_text("bank-jateng already")  # known by now
        page.locator("#a-publisher").fill("Harian Ukir")
        page.locator("#finish form.asked button").click()
        expect(page.locator("#done")).to_be_visible(timeout=PATIENCE_S * 1000)
        assert not complaints
    added = sorted(each.name for each in (folder / "ukir" / "added").iterdir())
    assert len(added) == 2
    kept = {each.name for each in (folder / "ukir" / "articles").iterdir()}
    assert kept == {"satu.html", "salinan.txt"}
    done = run("verify", folder / "ukir")
    assert done.exit_code == 0, done.output
    assert "orphaned 0" in done.stderr


def _accept_all(page: Page) -> None:
    progress = page.locator("#progress")
    while page.locator("#suggestion").count():
        before = progress.inner_text()
        page.keyboard.press("a")
        expect(progress).not_to_have_text(before)


@pytest.mark.browser
def test_a_phone_shows_the_passage_and_the_buttons_without_scrolling_aside(
    browser: Browser, tmp_path: Path
) -> None:
    folder = ecosystem_in(tmp_path, kabar=ARTICLE)
    with reviewing(folder, "--review", "kabar.txt") as address:
        page, complaints = opened(browser, address, width=360)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        box = page.locator("button[value=accept]").bounding_box()
        assert box
        assert box["height"] >= 44
        page.locator("details[data-key=e] summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator("button[value=accept]").click()
        expect(page.locator("#progress")).to_contain_text("1 of")
        assert not complaints


@pytest.mark.browser
def test_the_page_works_without_its_scripts(browser: Browser, tmp_path: Path) -> None:
    folder = ecosystem_in(tmp_path, kabar=ARTICLE)
    with reviewing(folder, "--review", "kabar.txt") as address:
        context = browser.new_context(java_script_enabled=False, locale="id-ID")
        page = context.new_page()
        page.goto(f"{address}review")
        page.locator("button[value=accept]").click()
        expect(page.locator("#progress")).to_contain_text("1 dari")
        context.close()
    assert verdicts(folder) == ["accept"]


def test_every_field_that_may_be_corrected_has_a_word(tmp_path: Path) -> None:
    folder = ecosystem_in(tmp_path)
    desk = desk_for(folder / "ukir")
    fields = {
        one.name.partition("-")[0]
        for each in desk.article.found
        for one in correctable(each)
    }
    assert {"party", "role", "unit", "post", "sector"} <= fields
    sentences = wording().sentences
    assert not [name for name in fields if f"review-field-{name}" not in sentences]
