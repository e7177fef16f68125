"""Which language the line speaks."""

import pytest

from simpul.cli import spoken_language


@pytest.mark.parametrize(
    ("arguments", "environment", "system", "language"),
    [
        pytest.param([], {}, None, "en", id="nothing-known"),
        pytest.param([], {}, "id_ID", "id", id="system"),
        pytest.param([], {}, "Indonesian_Indonesia", "id", id="windows"),
        pytest.param([], {"LANG": "id_ID.UTF-8"}, "en_US", "id", id="lang"),
        pytest.param([], {"LANG": "id", "LC_ALL": "C"}, "id_ID", "en", id="lc-all"),
        pytest.param([], {"LANG": "fr_FR.UTF-8"}, "id_ID", "en", id="not-ours"),
        pytest.param([], {"SIMPUL_LANG": "id", "LANG": "en"}, None, "id", id="simpul"),
        pytest.param([], {"SIMPUL_LANG": "xx", "LANG": "id"}, None, "id", id="unknown"),
        pytest.param(["--lang", "en"], {"SIMPUL_LANG": "id"}, None, "en", id="asked"),
        pytest.param(["demo", "--lang=id"], {}, None, "id", id="asked-late"),
        pytest.param(["--lang", "id", "--lang", "en"], {}, None, "en", id="last-wins"),
        pytest.param(
            ["query", "--", "--lang", "id"], {}, None, "en", id="after-dashes"
        ),
        pytest.param(["--lang"], {}, None, "en", id="cut-short"),
    ],
)
def test_the_language_is_the_nearest_wish_that_we_can_meet(
    arguments: list[str],
    environment: dict[str, str],
    system: str | None,
    language: str,
) -> None:
    assert spoken_language(arguments, environment, system) == language
