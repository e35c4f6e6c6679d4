"""Group files: what is read, and the line that is refused."""

from pathlib import Path

import pytest

from shortlist.dataset.groups import read_groups
from shortlist.errors import DataError


def file(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "groups.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_attributes_are_read_and_unknown_is_no_value(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "resume,attribute,value\na,school,top\na,sex,female\nb,school,Unknown\nc,school,\n",
    )
    assert read_groups(path) == {"school": {"a": "top"}, "sex": {"a": "female"}}


def test_columns_may_stand_in_any_order_and_a_mark_may_precede_them(tmp_path: Path) -> None:
    path = file(tmp_path, "\ufeffvalue,resume,attribute\ntop,a,school\n")
    assert read_groups(path) == {"school": {"a": "top"}}


@pytest.mark.parametrize(
    "content, message",
    [
        ("resume,value\na,top\n", r":1: no column attribute"),
        ("", r":1: the file is empty: the header must name resume,attribute,value"),
        ("resume,attribute,value\na,school\n", r":2: 2 cells where the header has 3"),
        ("resume,attribute,value\n,school,top\n", r":2: the resume is empty"),
        ("resume,attribute,value\na,,top\n", r":2: the attribute is empty"),
        (
            "resume,attribute,value\na,school,top\na,school,other\n",
            r":3: resume 'a' has two values for 'school'",
        ),
        ('resume,attribute,value\na,school,"top\n', r":2: no row of CSV"),
        ("resume,attribute,value,Value\n", r":1: two columns are called 'value'"),
    ],
)
def test_a_malformed_row_is_refused_with_its_line(
    tmp_path: Path, content: str, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        read_groups(file(tmp_path, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file: check the name"):
        read_groups(tmp_path / "none.csv")
