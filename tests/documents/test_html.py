"""A page is read as a browser shows it; what it does not show is kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.documents import parse
from shortlist.errors import DocumentError
from shortlist.records import Document

SECRET = "Kubernetes expert since 1999"


def read(markup: str | bytes, suffix: str = ".html") -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return parse(data, suffix, "cv" + suffix)


def test_blocks_lists_tables_and_breaks_are_lines() -> None:
    page = """<title>Not shown</title><h1>Mira  Okafor</h1><p>Leeds<br>England</p>
      <ul><li>one<li><p>two</p></ul><ol><li>first<li>second</ol>
      <table><tr><th>Python<td><p>ten years</p></table>
      <table><tr><td>Skills<br>Go<td>Experience</table><pre>a
   b</pre>"""
    assert list(filter(None, read(page).text.split("\n"))) == [
        *("Mira Okafor", "Leeds", "England", "• one", "• two", "1. first", "2. second"),
        *("Python\tten years", "Skills", "Go", "Experience", "a", "b"),
    ]


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("display:none", "left out by its style"),
        ("DISPLAY: NONE !important", "left out by its style"),
        ("visibility:hidden", "made invisible by its style"),
        ("opacity:0", "transparent"),
        ("opacity:1%", "transparent"),
        ("filter:opacity(0)", "transparent"),
        ("color:transparent", "transparent"),
        ("color:rgba(0,0,0,0.01)", "transparent"),
        ("font-size:0", "too small to read"),
        ("font:1px/1 serif", "too small to read"),
        ("font-size:0.01em", "too small to read"),
        ("position:absolute;left:-9999px", "outside the page"),
        ("position:fixed;top:-200vh", "outside the page"),
        ("text-indent:-999px", "outside the page"),
        ("margin-left:-5000px", "outside the page"),
        ("transform:translateX(-3000px)", "outside the page"),
        ("transform:scale(0)", "cut away by its style"),
        ("clip-path:inset(100%)", "cut away by its style"),
        ("position:absolute;clip:rect(0,0,0,0)", "cut away by its style"),
        ("height:0;overflow:hidden", "cut away by its style"),
        ("width:1px;overflow-x:clip", "cut away by its style"),
        ("color:#fff", "in the colour of its background"),
        ("color:rgb(250 250 250)", "in the colour of its background"),
        ("color:hsl(0,0%,99%)", "in the colour of its background"),
        ("background:#123;color:#112131", "in the colour of its background"),
        ("--ink:#fefefe;color:var(--ink)", "in the colour of its background"),
        ("color:var(--none,white)", "in the colour of its background"),
        ("color:oklch(100% 0 0)", "in the colour of its background"),
        ("color:lab(99% 0 0)", "in the colour of its background"),
        ("-webkit-text-fill-color:#fff", "in the colour of its background"),
        ("-webkit-text-fill-color:transparent", "transparent"),
        ("color:#fff;background:#fff url(x.png)", "in the colour of its background"),
        ("color:#fff;background:linear-gradient(#fff,white)", "in the colour of its background"),
        ("position:absolute;inset:-9999px auto auto -9999px", "outside the page"),
        ("position:absolute;left:-300%", "outside the page"),
        ("text-indent:-200%", "outside the page"),
        ("translate:-9999px", "outside the page"),
        ("transform:scale(0.001)", "cut away by its style"),
        ("scale:0", "cut away by its style"),
        ("zoom:0.01", "too small to read"),
        ("letter-spacing:-1em", "too narrow to read"),
    ],
)
@pytest.mark.parametrize("by_rule", [True, False])
def test_unseen_text_is_told_and_not_read(style: str, reason: str, by_rule: bool) -> None:
    rule = f"<style>div .x{{{style}}}</style>" if by_rule else ""
    attribute = "" if by_rule else f'style="{style}"'
    page = f"{rule}<p>Mira Okafor</p><div><span class=x {attribute}>{SECRET}</span></div>"
    document = read(page)
    assert document.text == "Mira Okafor"
    (finding,) = document.findings
    assert (finding.kind, finding.reason, finding.text) == ("hidden text", reason, SECRET)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (f"<p hidden>{SECRET}</p>", "left out by its style"),
        (f"<dialog>{SECRET}</dialog>", "left out by its style"),
        (f"<font color=white>{SECRET}</font>", "in the colour of its background"),
        (f"<template>{SECRET}</template>", "in a template"),
        (f"<noscript>{SECRET}</noscript>", "shown only where scripts do not run"),
        (f"<details><summary></summary>{SECRET}</details>", "in a part that is folded up"),
        (f"<details><p>{SECRET}</p></details>", "in a part that is folded up"),
        (f"<svg><text fill=white>{SECRET}</text></svg>", "in the colour of its background"),
        (
            f"<style>.a{{color:#000; & .b{{display:none}}}}</style><p class=a><i class=b>{SECRET}",
            "left out by its style",
        ),
        (
            "<style>@media screen{.a{ .b{display:none} }}</style>"
            f"<p class=a><i class=b>{SECRET}",
            "left out by its style",
        ),
        (f"<!-- {SECRET} and much more -->", "in a comment"),
        (f"<div style='display:none'><p><b>{SECRET}</b></p></div>", "left out by its style"),
    ],
)
def test_unseen_elements_are_told_and_not_read(markup: str, reason: str) -> None:
    document = read(f"<p>Mira Okafor</p>{markup}")
    assert document.text == "Mira Okafor"
    (finding,) = document.findings
    assert finding.reason == reason
    assert SECRET in finding.text


@pytest.mark.parametrize(
    "markup",
    [
        "<div style='background:#123'><p style='color:white'>seen</p></div>",
        "<div style='background:linear-gradient(red,blue);color:#fff'>seen</div>",
        "<table bgcolor=black><tr><td><font color=white>seen</font></table>",
        "<p aria-hidden=true>seen</p>",
        "<p style='color:#999'>seen</p>",
        "<p style='color:transparent;-webkit-background-clip:text'>seen</p>",
        "<style>@media print{p{display:none}}</style><p>seen</p>",
        "<style>@media (max-width:600px){p{display:none}}</style><p>seen</p>",
        "<style>p:hover{display:none} p::before{color:#fff}</style><p>seen</p>",
        "<style>.a{display:none} p.a{display:block}</style><p class=a>seen</p>",
        "<style>p{display:none} p{display:block}</style><p>seen</p>",
        "<style>p{display:none}</style><p style='display:block'>seen</p>",
        "<p style='visibility:hidden'><b style='visibility:visible'>seen</b></p>",
        "<p style='font-size:0'><b style='font-size:12px'>seen</b></p>",
        "<p style='left:-9999px'>seen</p>",
        "<style>]]{{nonsense</style><p>seen</p>",
        "<!-- header --><!--[if IE]><p>old browsers only, not seen at all</p><![endif]--><p>seen",
        "<script>var unseen = 'text'</script><p>seen",
        "<dialog open>seen</dialog>",
        "<details open>seen</details>",
        "<iframe>nothing</iframe><canvas>nothing</canvas><p>seen</p>",
        "<div style='position:relative'><b style='position:absolute;inset:0;background:#123'></b>"
        "<p style='color:#fff'>seen</p></div>",
        "<style>p{color:#fff} p::before{position:absolute;background:#123}</style><p>seen</p>",
        "<p style='color:color(display-p3 0.2 0.2 0.2);letter-spacing:-0.02em'>seen</p>",
        "<p style='transform:scale(0.95) translate(-50%)'>seen</p>",
        "<details><summary>seen</summary></details>",
    ],
)
def test_text_that_is_seen_is_kept(markup: str) -> None:
    document = read(markup)
    assert document.text == "seen"
    assert document.findings == ()


def test_hidden_text_within_a_word_leaves_the_word() -> None:
    assert read("<p>Py<i style='display:none'>x y</i>thon</p>").text == "Python"


def test_space_around_hidden_text_stays_a_space() -> None:
    assert read("<p>Mira<i style='display:none'> secret </i>Okafor</p>").text == "Mira Okafor"


def test_a_style_sheet_of_its_own_is_told() -> None:
    document = read("<link rel=stylesheet href=x.css><p>seen</p>")
    assert [finding.kind for finding in document.findings] == ["style sheet"]


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="iso-8859-1"><p>Zoë Müller</p>'.encode("iso-8859-1"),
        '<meta charset="nonsense"><p>Zoë Müller</p>'.encode(),
        "<p>Zoë Müller</p>".encode("utf-16"),
        b"<p>Zo&euml; M&#252;ller</p>",
    ],
)
def test_pages_are_read_in_their_encoding(data: bytes) -> None:
    assert read(data).text == "Zoë Müller"


@pytest.mark.parametrize("markup", ["<!-- -->", "<p></p>", "<script>x</script>"])
def test_a_page_without_text_is_an_error(markup: str) -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(markup)


def test_nesting_without_end_is_an_error() -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        read("<div>" * 100_000 + "x")


def test_markdown_is_read_as_it_is_set() -> None:
    source = """# Backend developer

We *need* **Python** and
[Go](https://example.org).

- must
- nice

| a | b |
|---|---|
| 1 | 2 |
"""
    expected = "Backend developer\n\nWe need Python and Go.\n\n• must\n• nice\n\na\tb\n1\t2"
    assert read(source, ".md").text == expected


def test_what_markdown_hides_is_told() -> None:
    source = f"# Job\n\n<!-- {SECRET} since ever -->\n\n<b style='display:none'>{SECRET}</b>\n"
    document = read(source, ".md")
    assert document.text == "Job"
    assert sorted(finding.reason for finding in document.findings) == [
        "in a comment",
        "left out by its style",
    ]


@given(st.text("ab <>/='\"-!{}:;p#.&", max_size=80))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    try:
        document = read(f"<p>x</p>{markup}")
    except DocumentError:
        return
    assert document.text
