"""Addresses of surveys; each part of the work keeps its own list."""

from yanapay.web.surveys.answers.urls import urlpatterns as answers
from yanapay.web.surveys.coding.urls import urlpatterns as coding
from yanapay.web.surveys.filling.urls import urlpatterns as filling
from yanapay.web.surveys.instruments.urls import urlpatterns as instruments

app_name = "surveys"
urlpatterns = [*answers, *instruments, *filling, *coding]
