"""The harness itself: what it must refuse, it refuses."""

import socket

import pytest

from tests.harness.network import NoNetwork
from tests.harness.pages import faults_of


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<button onclick="x()">',
        '<a href="javascript:x()">',
        "<p>{{ name }}</p>",
        "<p>{% if x %}</p>",
        '<p title="{{ name }}">',
        '<p id="a"></p><p id="a"></p>',
    ],
)
def test_a_page_with_something_inline_or_left_over_is_refused(html):
    assert len(faults_of(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/js/a.js" type="module"></script>',
        '<script type="application/json" id="data">{"a": {"b": 1}}</script>',
        '<p id="a">Once { and } and 100 %</p>',
        '<textarea>{{ typed by a person }}</textarea><input value="{{ typed too }}">',
    ],
)
def test_an_honest_page_passes(html):
    assert faults_of(html) == []


def test_no_test_reaches_another_machine():
    with socket.socket() as way_out, pytest.raises(NoNetwork):
        way_out.connect(("192.0.2.1", 80))
