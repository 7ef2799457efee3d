/* Sockets on one epoll: opening them, a few at a time, and moving bytes. */
#define _GNU_SOURCE
#include "loadgen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 2048

Connection *connections;
int ready_count, failed_count, died_count;
char first_failure[256];

static int poller = -1;
static int opening_count, next_to_open;
/* One for all: what of it belongs to an unfinished frame is kept with the connection. */
static uint8_t reading[READ_BYTES];

uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000u + (uint64_t)time.tv_nsec / 1000u;
}

static void watch(Connection *connection, int operation, bool writes)
{
    struct epoll_event event = {.events = EPOLLIN | (writes ? EPOLLOUT : 0), .data.ptr = connection};
    connection->watches_writes = writes;
    epoll_ctl(poller, operation, connection->fd, &event);
}

static void watch_writes(Connection *connection, bool writes)
{
    if (connection->watches_writes != writes)
        watch(connection, EPOLL_CTL_MOD, writes);
}

void connection_ready(Connection *connection)
{
    connection->state = READY;
    ready_count++;
    opening_count--;
}

void connection_failed(Connection *connection, const char *reason)
{
    if (connection->state == DEAD)
        return;
    if (!first_failure[0])
        snprintf(first_failure, sizeof first_failure, "connection %d in state %d: %s", connection->id, connection->state, reason);
    if (connection->state == READY) {
        died_count++;
    } else {
        failed_count++;
        opening_count--;
    }
    connection->state = DEAD;
    close(connection->fd);
}

static void keep(Buffer *buffer, const uint8_t *bytes, size_t length)
{
    if (buffer->length + length > buffer->capacity) {
        buffer->capacity = (buffer->length + length) * 2;
        buffer->bytes = realloc(buffer->bytes, buffer->capacity);
        if (!buffer->bytes)
            die("out of memory");
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

void transmit(Connection *connection, const uint8_t *bytes, size_t length)
{
    if (connection->state == DEAD)
        return;
    if (!connection->output.length) {
        ssize_t sent = send(connection->fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            connection_failed(connection, strerror(errno));
            return;
        }
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
        if (!length)
            return;
    }
    keep(&connection->output, bytes, length);
    watch_writes(connection, true);
}

static void flush_output(Connection *connection)
{
    Buffer *output = &connection->output;
    ssize_t sent = output->length ? send(connection->fd, output->bytes, output->length, MSG_NOSIGNAL) : 0;
    if (sent < 0) {
        if (errno != EAGAIN)
            connection_failed(connection, strerror(errno));
        return;
    }
    output->length -= (size_t)sent;
    memmove(output->bytes, output->bytes + sent, output->length);
    if (!output->length)
        watch_writes(connection, false);
}

static void receive(Connection *connection)
{
    Buffer *input = &connection->input;
    size_t kept = input->length;
    if (kept)
        memcpy(reading, input->bytes, kept);
    ssize_t received = recv(connection->fd, reading + kept, sizeof reading - kept, 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (received <= 0) {
        connection_failed(connection, received ? strerror(errno) : "end of stream");
        return;
    }
    tally.bytes_in += (uint64_t)received;
    size_t length = kept + (size_t)received;
    size_t taken = take_bytes(connection, reading, length);
    if (length - taken >= sizeof reading / 2)
        die("a frame is longer than %zu bytes", sizeof reading / 2);
    input->length = 0;
    if (connection->state != DEAD && length > taken)
        keep(input, reading + taken, length - taken);
}

static void finish_connecting(Connection *connection)
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        connection_failed(connection, strerror(error));
        return;
    }
    watch_writes(connection, false);
    request_upgrade(connection);
}

static void on_event(Connection *connection, uint32_t events)
{
    if (connection->state == CONNECTING) {
        if (events & (EPOLLOUT | EPOLLERR | EPOLLHUP))
            finish_connecting(connection);
        return;
    }
    if (connection->state != DEAD && (events & EPOLLOUT))
        flush_output(connection);
    if (connection->state != DEAD && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        receive(connection);
}

void pump(double microseconds)
{
    static struct epoll_event events[EVENTS];
    uint64_t wait = microseconds > 0 ? (uint64_t)microseconds : 0;
    struct timespec timeout = {(time_t)(wait / 1000000), (long)(wait % 1000000) * 1000};
    int count = epoll_pwait2(poller, events, EVENTS, &timeout, NULL);
    for (int index = 0; index < count; index++)
        on_event(events[index].data.ptr, events[index].events);
}

void run_for(double seconds)
{
    uint64_t end = now() + (uint64_t)(seconds * MICROSECONDS);
    while (now() < end && !stopping)
        pump(20000);
}

static void open_one(int id)
{
    Connection *connection = &connections[id];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *connection = (Connection){.id = id, .room = id % options.rooms, .state = CONNECTING};
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0)
        die("connection %d: %s", id, strerror(errno));
    int on = 1;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    opening_count++;
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
        connection_failed(connection, strerror(errno));
        return;
    }
    watch(connection, EPOLL_CTL_ADD, true);
}

static void tell_what_they_wait_for(void)
{
    int counts[STATES] = {0};
    for (int id = 0; id < options.connections; id++)
        counts[connections[id].state]++;
    snprintf(first_failure, sizeof first_failure,
             "not all came in: unopened %d, connecting %d, upgrading %d, opened %d, in namespace %d, in room %d, ready %d",
             counts[UNOPENED], counts[CONNECTING], counts[UPGRADING], counts[OPENED], counts[JOINING_NAMESPACE],
             counts[JOINING_ROOM], counts[READY]);
}

void open_connections(void)
{
    connections = calloc((size_t)options.connections, sizeof *connections);
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (!connections || poller < 0)
        die("cannot begin: %s", strerror(errno));
    uint64_t deadline = now() + (uint64_t)(options.setup_timeout * MICROSECONDS);
    while (ready_count + failed_count < options.connections && !stopping) {
        while (next_to_open < options.connections && opening_count < options.concurrency)
            open_one(next_to_open++);
        pump(100000);
        if (now() > deadline) {
            if (!first_failure[0])
                tell_what_they_wait_for();
            return;
        }
    }
}

void close_connections(void)
{
    for (int id = 0; id < options.connections; id++)
        if (connections[id].state != UNOPENED && connections[id].state != DEAD)
            close(connections[id].fd);
}
