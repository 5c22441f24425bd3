from django.urls import include, path

from forum.threads.views import choosing, concluding, managing, reading, undoing, writing

urlpatterns = [
    path("c/<slug:slug>/", reading.community_page, name="community"),
    path("c/<slug:slug>/threads/new/", writing.new_thread, name="new_thread"),
    path("c/<slug:slug>/threads/chosen/", choosing.chosen, name="chosen_threads"),
    path("threads/<int:pk>/", reading.thread_address, name="thread_address"),
    path("threads/<int:pk>/posts/", writing.reply, name="reply"),
    path("threads/<int:pk>/read-marks/", writing.read_marks, name="read_marks"),
    path("threads/<int:pk>/title/", managing.title, name="thread_title"),
    path("threads/<int:pk>/lock/", managing.lock, name="thread_lock"),
    path("threads/<int:pk>/lock/removal/", managing.unlock, name="thread_unlock"),
    path("threads/<int:pk>/pin/", managing.pin, name="thread_pin"),
    path("threads/<int:pk>/pin/removal/", managing.unpin, name="thread_unpin"),
    path("threads/<int:pk>/pace/", managing.pace, name="thread_pace"),
    path("threads/<int:pk>/pace/removal/", managing.unslow, name="thread_unslow"),
    path("threads/<int:pk>/conclusion/", concluding.conclusion, name="thread_conclusion"),
    path("threads/<int:pk>/conclusion/removal/", concluding.take_away, name="thread_unconclude"),
    path("", include("forum.threads.moving.urls")),
    path("threads/<int:pk>/<str:slug>/", reading.thread_page, name="thread"),
    path("posts/<int:pk>/", reading.post_address, name="post"),
    path("posts/<int:pk>/edit/", writing.edit_post, name="edit_post"),
    path("posts/<int:pk>/deletion/", writing.delete_post, name="delete_post"),
    path("posts/<int:pk>/revisions/", reading.revisions_page, name="revisions"),
    path("posts/<int:pk>/options/", reading.options_page, name="post_options"),
    path("posts/<int:pk>/reply/", reading.composer_at, {"how": "reply"}, name="post_reply"),
    path("posts/<int:pk>/quote/", reading.composer_at, {"how": "quote"}, name="post_quote"),
    path("posts/<int:pk>/conclusion/", concluding.choose, name="choose_conclusion"),
    path("posts/<int:pk>/reactions/", writing.reactions, name="reactions"),
    path("log/<int:pk>/undo/", undoing.undo, name="undo"),
]
