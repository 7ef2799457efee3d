from django.db import connection

from chat.archive.long_reads import LONG, ids_of, off_the_loop
from chat.models import Message, Room


def test_every_read_says_that_it_is_long_and_no_other_does(talk):
    said = []

    def listen(execute, sql, *rest):
        said.append(sql)
        return execute(sql, *rest)

    with off_the_loop(), connection.execute_wrapper(listen):
        Message.objects.count()
        Message.objects.filter(seq=0).update(deleted=True)
    with connection.execute_wrapper(listen):
        Message.objects.count()
    assert [LONG in sql for sql in said if "chat_message" in sql] == [True, False, False]


def test_a_page_keeps_its_order_and_its_end(database):
    room = Room.objects.create(name="hall", slug="hall")
    for n in range(1, 6):
        Message.objects.create(room=room, seq=n, epoch="e", sent_at=n, rest="{}", text="hello")
    newest = list(Message.objects.order_by("-seq").values_list("pk", flat=True))
    assert ids_of(Message.objects.order_by("-seq"), 3) == newest[:3]
    assert ids_of(Message.objects.order_by("-seq")[1:3], 50) == newest[1:3]
    assert ids_of(Message.objects.filter(seq=0), 50) == []
