"""The lexicon: what it holds, how it merges, what it refuses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.errors import ConfigError
from shortlist.extraction import Lexicon
from shortlist.extraction.lexicon import DECAY
from shortlist.extraction.names import Words, key_of

CATEGORIES = {  # an entry of each of the 24 occupation categories of the development data
    *("accounts payable", "litigation", "irrigation", "pattern making", "sculpture"),
    *("collision repair", "avionics", "teller operations", "call center operations"),
    *("new business development", "sous vide", "masonry", "management consulting"),
    *("typography", "digital media", "finite element analysis", "valuation", "zumba"),
    *("phlebotomy", "onboarding", "active directory", "media relations", "cold calling"),
    "lesson planning",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_holds_many_skills_of_all_occupations(lexicon: Lexicon) -> None:
    skills = [entry for entry in lexicon.entries.values() if entry.kind == "skill"]
    assert len(skills) >= 1500
    assert set(lexicon.entries) >= CATEGORIES
    assert len({entry.field for entry in skills}) >= 24


def test_names_are_lower_case_and_found_by_themselves(lexicon: Lexicon) -> None:
    for name, entry in lexicon.entries.items():
        assert name == name.lower() == entry.name
        assert name in {form.entry.name for form in lexicon.forms[key_of(name)]}


@pytest.mark.parametrize(
    "written, name",
    [
        ("k8s", "kubernetes"),
        ("Postgres", "postgresql"),
        ("NodeJS", "node.js"),
        ("node js", "node.js"),
        ("scikit learn", "scikit-learn"),
        ("A/R", "accounts receivable"),
        ("pivot tables", "pivot tables"),
        ("Dockerfiles", "docker"),
        ("nothing of the kind", None),
    ],
)
def test_canonical(lexicon: Lexicon, written: str, name: str | None) -> None:
    assert lexicon.canonical(written) == name


def test_implications_are_closed_and_fade(lexicon: Lexicon) -> None:
    implied = lexicon.implied("next.js")
    assert implied["react"] == DECAY
    assert implied["javascript"] == DECAY**2
    assert implied["programming"] == DECAY**3


def test_no_entry_implies_itself(lexicon: Lexicon) -> None:
    assert [name for name in lexicon.entries if name in lexicon.implied(name)] == []


def test_what_is_implied_by_the_implied_is_implied(lexicon: Lexicon) -> None:
    for name in lexicon.entries:
        implied = lexicon.implied(name)
        assert all(0 < certainty < 1 for certainty in implied.values())
        assert {b for a in implied for b in lexicon.implied(a)} <= {*implied, name}


def test_a_user_adds_skills_and_names(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        """
        field = "house tools"
        [skills]
        "turbine desk" = { aliases = ["tdesk"], implies = ["python"] }
        kubernetes = { aliases = ["kube ship"] }
        """,
    )
    lexicon = Lexicon.load(own)
    assert lexicon.canonical("TDesk") == "turbine desk"
    assert lexicon.implied("turbine desk")["programming"] == DECAY**2
    assert lexicon.canonical("kube ship") == lexicon.canonical("k8s") == "kubernetes"
    assert Lexicon.load().canonical("tdesk") is None


def test_capitals_in_a_users_names_make_no_other_skill(tmp_path: Path) -> None:
    own = write(tmp_path, 'field = "x"\n[skills]\nKubernetes = { aliases = ["kube ship"] }\n')
    assert Lexicon.load(own).canonical("kube ship") == "kubernetes"


@pytest.mark.parametrize(
    "product, family",
    [
        ("zendesk", "ticketing systems"),
        ("junit", "unit testing"),
        ("workday", "hr information systems"),
        ("cerner", "electronic medical records"),
        ("elisa", "biochemistry"),
        ("vhdl", "fpga design"),
        ("ckad", "kubernetes"),
    ],
)
def test_products_are_apart_from_what_they_are(lexicon: Lexicon, product: str, family: str) -> None:
    assert lexicon.canonical(product) == product
    assert family in lexicon.implied(product)


def test_a_users_name_wins_over_the_built_in(tmp_path: Path) -> None:
    own = write(tmp_path, 'field = "x"\n[skills]\n"key stage tests" = { aliases = ["ks"] }\n')
    again = tmp_path / "again.toml"
    again.write_text('field = "y"\n[skills]\n"kitchen school" = { aliases = ["ks"] }\n', "utf-8")
    assert Lexicon.load(own).canonical("ks") == "key stage tests"
    assert Lexicon.load(own, again).canonical("ks") == "kitchen school"


@pytest.mark.parametrize(
    "text, message",
    [
        ("field = ", "not valid TOML"),
        ("[skills]\n", "`field` is missing"),
        ('field = "x"\n', "`skills` is missing"),
        ('field = "x"\nfeild = 1\n[skills]\n', "unknown key 'feild'"),
        ('field = "x"\nkind = "sport"\n[skills]\n', "kind is"),
        ('field = "x"\n[skills]\na = 3\n', "expected a table"),
        ('field = "x"\n[skills]\nabc = { alias = ["b"] }\n', "unknown key 'alias'"),
        ('field = "x"\n[skills]\nabc = { aliases = "b" }\n', "list of strings"),
        ('field = "x"\n[skills]\nabc = { implies = ["no such thing"] }\n', "which is no entry"),
        ('field = "x"\n[skills]\nabc = { aliases = ["d"] }\nbcd = { aliases = ["d"] }\n', "both"),
        ('field = "x"\n[skills]\nabc = { aliases = ["--"] }\n', "no letter or digit"),
        ('field = "x"\n[skills]\nabc = { implies = ["k8s"] }\n', "write 'kubernetes'"),
        ('field = "x"\n[skills]\nabc = { listed = "yes" }\n', "true or false"),
        ("field = 3\n[skills]\n", "`field` is a string"),
        ('field = "x"\nskills = ["abc"]\n', "`skills` is a table"),
    ],
)
def test_a_faulty_lexicon_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Lexicon.load(write(tmp_path, text))


def test_a_missing_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Lexicon.load(tmp_path / "none.toml")


@given(st.text())
def test_words_are_where_they_say(text: str) -> None:
    words = Words(text)
    assert len(words.words) == len(words.spans)
    for word, (start, end) in zip(words.words, words.spans, strict=True):
        assert len(word) == end - start
        assert len(text[start:end].lower()) != end - start or word == text[start:end].lower()
