"""Answering one question about one's own method: on its page, and from the link of a mail without signing in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forum.methods import queries
from forum.methods.questions import answering
from forum.methods.questions.asking import rest
from forum.methods.questions.catalogue import BY_KEY
from forum.methods.questions.models import MailedQuestion, QuestionMailStop
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


def words_of(request: HttpRequest) -> str:
    """A number, words, or the numbers of several boxes."""
    return ", ".join(request.POST.getlist("answer"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question_page(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    method, question = queries.load_method(request.user, pk), BY_KEY.get(key)
    if method.author_id != request.user.pk or question is None:
        raise Http404
    refusal, words = None, words_of(request)
    if request.method == "POST":
        try:
            if "skip" in request.POST:
                answering.skip_question(member=request.user, method=method, question=question)
            elif "later" not in request.POST:
                answering.answer_question(member=request.user, method=method, question=question, words=words)
            rest(request)
            return redirect(method)
        except Refusal as refused:
            refusal = refused
    context = {"method": method, "community": method.community, "question": question}
    return _answer(request, "methods/questions/page.html", context, words, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def mailed_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link: one field and a button, and nothing else of anybody's."""
    mailed = _mailed(token)
    question, refusal, words = BY_KEY[mailed.question], None, words_of(request)
    if request.method == "POST":
        try:
            if "skip" in request.POST:
                answering.skip_question(member=mailed.member, method=mailed.method, question=question)
                return _answer(request, "methods/questions/mailed.html", {"mailed": mailed, "skipped": True}, "", None)
            answering.answer_mailed(mailed=mailed, words=words)
            return redirect("mailed_question", token=token)
        except Refusal as refused:
            refusal = refused
    card = queries.load_version(mailed.method).card
    said = question.note(card) if question.is_stated(card) else ""
    context = {"mailed": mailed, "method": mailed.method, "question": question, "said": said}
    return _answer(request, "methods/questions/mailed.html", context, words, refusal)


@csrf_exempt  # RFC 8058: the mail program posts on its own; the token is what lets it
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Whose mails they are, and a button. A look changes nothing: mail programs look at every link."""
    if (mailed := answering.mail_of(token)) is None:
        raise Http404
    if request.method == "POST":
        answering.stop_question_mail(member=mailed.member)
    stopped = QuestionMailStop.objects.filter(member=mailed.member_id).exists()
    return render(request, "methods/questions/stop.html", {"mailed": mailed, "stopped": stopped})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_choice(request: MemberRequest) -> HttpResponse:
    """One's own choice about the weekly mail."""
    if request.method == "POST":
        wanted = request.POST.get("mail") == "yes"
        (answering.resume_question_mail if wanted else answering.stop_question_mail)(member=request.user)
        return redirect("question_mail")
    stopped = QuestionMailStop.objects.filter(member=request.user).exists()
    return render(request, "methods/questions/choice.html", {"stopped": stopped})


def _mailed(token: str) -> MailedQuestion:
    if (mailed := answering.mailed_as(token)) is None:
        raise Http404
    return mailed


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], words: str, refusal: Refusal | None
) -> HttpResponse:
    said = {"answer": words, "wrong": refusal.message if refusal else "", "chosen": set(words.split(", "))}
    response = render(request, template, {**context, **said})
    return refusal.answered(response) if refusal else response
