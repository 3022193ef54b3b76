"""Numbers and lines as the texts show them."""

from __future__ import annotations

from genretagger.training.report.formats import bullet, change, percent, share, wrap


def test_what_has_no_value_is_a_dash():
    assert (share(None), change(None)) == ("-", "-")
    assert (share(0.25), change(0.25)) == ("0.250", "+0.250")


def test_no_line_ends_before_a_percent_sign():
    text = wrap(f"{'word ' * 19}\n {percent(0.84)} of the clips")
    assert text == f"{'word ' * 19}84\N{NO-BREAK SPACE}%\nof the clips"


def test_an_item_of_a_list_is_indented():
    assert bullet(f"first\n{'word ' * 20}").splitlines() == [
        f"- first{' word' * 18}",
        "  word word",
    ]
