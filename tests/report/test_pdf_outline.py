from datetime import datetime
from pathlib import Path

import pytest

from tendereval import resources
from tendereval.reports.outline import Cell, Column, Document, HeadGroup, Heading, Row, Table


def test_a_table_refuses_rows_and_groups_that_do_not_fit() -> None:
    columns = (Column("A"), Column("B"))
    with pytest.raises(ValueError, match="3 cells does not fit 2"):
        Table(columns, (Row(("x", Cell("y", 2))),))
    with pytest.raises(ValueError, match="does not fit"):
        Table(columns, (Row((Cell("y", 0),)),))
    with pytest.raises(ValueError, match="span its columns exactly"):
        Table(columns, (), groups=(HeadGroup("x"),))
    with pytest.raises(ValueError, match="at least one column"):
        Table((), ())


def test_a_column_needs_a_width_and_a_heading_a_level() -> None:
    with pytest.raises(ValueError, match="width above nought"):
        Column("A", width=0)
    with pytest.raises(ValueError, match="level 1, 2 or 3"):
        Heading("A", level=4)


def test_a_document_refuses_what_would_not_conform() -> None:
    with pytest.raises(ValueError, match="needs a title"):
        Document("  ")
    with pytest.raises(ValueError, match="time zone"):
        Document("T", created=datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="share a key"):
        Document("T", blocks=(Heading("A", key="k"), Heading("B", key="k")))


def test_every_bundled_file_is_found_and_has_a_licence_line() -> None:
    licences = resources.path("LICENCES.md").read_text("utf-8")
    fonts = [item for item in resources.path("fonts").iterdir() if item.suffix == ".ttf"]
    assert len(fonts) >= 5
    assert all(resources.path(f"fonts/{font.name}") == font for font in fonts)
    assert all(f"fonts/{font.name}" in licences for font in fonts)


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(resources.MissingResourceError, match=r"fonts/none\.ttf"):
        resources.path("fonts/none.ttf")


def test_a_name_outside_the_resources_is_refused() -> None:
    with pytest.raises(resources.MissingResourceError, match=r"pyproject\.toml"):
        resources.path("../pyproject.toml")


def test_an_installed_resource_comes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LICENCES.md").write_text("installed")
    monkeypatch.setattr(resources, "_ROOTS", (tmp_path, *resources._ROOTS))
    assert resources.path("LICENCES.md").read_text() == "installed"
    assert resources.path("fonts").is_dir()
