"""H5: an anonymous upload of any size was written to the disk, and held the loop while it came fast."""

import socket

import pytest


def test_a_file_that_no_page_wants_is_refused(browser, server):
    answer = browser.post(f"{server.url}/accounts/login/", files={"file": ("a.bin", b"x" * 1_000)}, timeout=60)
    assert answer.status_code == 400


def test_a_large_upload_is_refused_before_it_is_read(bystander, server):
    def upload():
        with socket.create_connection(("localhost", server.port), 10) as connection:
            head = "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000000\r\n"
            connection.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode())
            connection.sendall(b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n')
            assert send_until_cut(connection, b"x" * 65_536, 4_500) < 4_000

    bystander.is_not_kept_waiting(lambda: upload)


def send_until_cut(connection, piece, most):
    """Return how often a piece could be sent."""
    for sent in range(most):
        try:
            connection.sendall(piece)
        except OSError:
            return sent
    return most


@pytest.mark.parametrize("path", ["/accounts/login/", "/favicon.ico", "/socket.io/?EIO=4&transport=polling"])
def test_chunks_without_an_end_are_cut_off(server, path):
    with socket.create_connection(("localhost", server.port), 10) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        assert send_until_cut(connection, b"10000\r\n" + b"x" * 0x10000 + b"\r\n", 200) < 190


@pytest.mark.parametrize("path", ["/accounts/login/", "/socket.io/?EIO=4&transport=polling"])
def test_chunks_of_one_byte_hold_nobody_up(bystander, server, path):
    def post():
        with socket.create_connection(("localhost", server.port), 60) as connection:
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            connection.sendall(head.encode() + b"1\r\na\r\n" * 60_000 + b"0\r\n\r\n")
            assert connection.recv(9) == b"HTTP/1.1 "

    bystander.is_not_kept_waiting(lambda: post)
