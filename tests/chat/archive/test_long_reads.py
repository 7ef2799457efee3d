from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.archive.long_reads import LONG, ids_of, off_the_loop
from chat.models import Message


def test_every_read_says_that_it_is_long_and_no_other_does(talk):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        with off_the_loop():
            Message.objects.count()
            Message.objects.filter(seq=0).update(deleted=True)
        Message.objects.count()
    assert [LONG in query["sql"] for query in asked] == [True, False, False]


def test_a_page_keeps_its_order_and_its_end(talk, archiver):
    talk.say(5)
    archiver.turn()
    newest = list(Message.objects.order_by("-seq").values_list("pk", flat=True))
    assert ids_of(Message.objects.order_by("-seq"), 3) == newest[:3]
    assert ids_of(Message.objects.order_by("-seq")[1:3], 50) == newest[1:3]
    assert ids_of(Message.objects.filter(seq=0), 50) == []
