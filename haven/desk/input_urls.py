"""The addresses of input from people."""

from django.urls import path

from haven.desk.views import input as views

urlpatterns = [
    path("input/", views.inputs, name="inputs"),
    path("input/enter/", views.enter, name="enter_input"),
    path("input/round/", views.open_round, name="open_round"),
    path("input/round/<uuid:part>/end/", views.end_round, name="end_round"),
    path("input/wording/<uuid:part>/take-down/", views.take_wording_down, name="take_wording_down"),
    path("input/<uuid:part>/", views.input_, name="one_input"),
    path("input/<uuid:part>/answer/", views.answer, name="input_answer"),
    path("input/<uuid:part>/decide/", views.decide, name="input_decide"),
    path("input/<uuid:part>/propose/", views.propose, name="input_propose"),
    path("input/<uuid:part>/word/", views.word, name="input_word"),
    path("input/<uuid:part>/publish/", views.publish, name="input_publish"),
]
