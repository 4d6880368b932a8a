"""The URLs of conversations. Their pages are never kept by a cache, but for the conversation itself."""

from django.urls import path

from comments import views
from comments.leads import views as leads

urlpatterns = [
    path("<int:article_id>/", views.comment_thread, name="comment_thread"),
    path("<int:article_id>/new/", views.comment_new, name="comment_new"),
    path("<int:article_id>/reply/<int:comment_id>/", views.comment_reply, name="comment_reply"),
    path("<int:article_id>/error/", leads.lead_new, name="lead_new"),
    path("<int:article_id>/error/received/", leads.lead_received, name="lead_received"),
    path("<int:article_id>/received/", views.comment_received, name="comment_received"),
]
