from django.urls import path

from forum.methods.translations import views as translations
from forum.methods.views import citing, hiding, library, printing, questions, reading, sharing, trying, writing

urlpatterns = [
    path("methods/", library.library_page, name="library"),
    path("methods/names/", citing.method_names, name="method_names"),
    path("methods/comparison/", sharing.comparison, name="comparison"),
    path("methods/methods.csv", sharing.sheet, name="methods_sheet"),
    path("c/<slug:slug>/methods/new/", writing.new_method, name="new_method"),
    path("methods/<int:pk>/", reading.method_address, name="method_address"),
    path("methods/<int:pk>/edit/", writing.edit_method, name="edit_method"),
    path("methods/<int:pk>/versions/", reading.versions_page, name="method_versions"),
    path("methods/<int:pk>/discussions/", citing.method_discussions, name="method_discussions"),
    path("methods/<int:pk>/record.json", reading.record, name="method_record"),
    path("methods/<int:pk>/card.md", sharing.markdown, name="method_markdown"),
    path("methods/<int:pk>/card.pdf", printing.card_pdf, name="method_pdf"),
    path("methods/<int:pk>/code.svg", printing.code, name="method_code"),
    path("m/<int:pk>/", printing.short_address, name="method_short"),
    path("methods/<int:pk>/redactions/new/", writing.redact_method, name="redact_method"),
    path("methods/<int:pk>/adaptations/new/", writing.adapt_method, name="adapt_method"),
    path("methods/<int:pk>/questions/<str:key>/", questions.question_page, name="question"),
    path("questions/", questions.mail_choice, name="question_mail"),
    path("questions/<str:token>/", questions.mailed_page, name="mailed_question"),
    path("questions/<str:token>/stop/", questions.mail_stop, name="question_mail_stop"),
    path("methods/<int:pk>/tries/new/", trying.new_try, name="new_try"),
    path("methods/<int:pk>/in/<str:language>/", translations.method_in, name="method_in"),
    path("methods/<int:pk>/in/<str:language>/edit/", translations.translate, name="translate_method"),
    path("methods/<int:pk>/in/<str:language>/check/", translations.check, name="check_translation"),
    path("methods/<int:pk>/in/<str:language>/removal/", translations.remove, name="remove_translation"),
    path("methods/<int:pk>/<str:slug>/", reading.method_page, name="method"),
    path("tries/<int:pk>/", trying.try_address, name="try"),
    path("tries/<int:pk>/edit/", trying.edit_try, name="edit_try"),
    path("tries/<int:pk>/hiding/", hiding.hide_try, name="hide_try"),
    path("tries/<int:pk>/hiding/removal/", hiding.show_try, name="show_try"),
    path("tries/<int:pk>/withdrawal/", trying.withdraw_try, name="withdraw_try"),
]
