"""`manage.py clean_texts`: every stored text by today's pipeline, as often as one likes."""

from io import StringIO

import pytest
from django.core.management import call_command

from forum import text
from forum.models import Post, Revision


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("clean_texts", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def post(thread_in, open_house, author) -> Post:
    thread = thread_in(open_house)
    Post.objects.filter(thread=thread).delete()
    post = Post.objects.create(
        thread=thread, number=1, author=author, source="a **b**\n\n>>7", format="markdown", revision=2,
        html='<p>a <b onclick="x">b</b></p><blockquote data-quote="7.3"></blockquote>', text_version=0,
        language="en", audience="anyone",
    )  # fmt: skip
    Revision.objects.create(
        post=post, number=1, source="<p>x<script>", format="html", html="<p>x<script></p>", by=author
    )
    return post


def test_stored_texts_are_cleaned_once(post: Post) -> None:
    assert "1 posts cleaned" in run()
    post.refresh_from_db()
    assert post.html == '<p>a <strong>b</strong></p><blockquote data-quote="7.3"></blockquote>'
    assert post.text_version == text.VERSION
    assert Revision.objects.get(post=post).html == "<p>x</p>"
    assert "0 posts cleaned" in run()
    assert "1 posts cleaned" in run("--all")
    assert ", 0 texts changed" in run("--all")


def test_what_is_too_much_today_keeps_its_form_and_is_named(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(source="x" * 30_001, html="<p>x<script></script> <b>y</b></p>")
    assert f"kept as it was shown: post {post.pk}" in run()
    post.refresh_from_db()
    assert post.html == "<p>x <strong>y</strong></p>"
    assert post.source == "x" * 30_001


def test_what_cannot_be_taken_at_all_keeps_its_words(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(source="", html="<blockquote>" * 50 + "words &lt;b&gt;")
    run()
    post.refresh_from_db()
    assert post.html == "<p>words &lt;b&gt;</p>"
