/* What is said in the frames: Socket.IO v5 on Engine.IO v4, or plain JSON texts. */
#define _GNU_SOURCE
#include "loadgen.h"

#include <stdio.h>
#include <string.h>

/* Messages are numbered from 1: the number 0 is the acknowledgement of the join. */
#define JOIN_NUMBER 0
#define STAMP_BYTES 24

static char packet[TEXT_BYTES];

static size_t begin_packet(const char *kind)
{
    return (size_t)snprintf(packet, sizeof packet, "%s%s%s", kind, options.namespace, *options.namespace ? "," : "");
}

void emit(Connection *connection, const char *json, size_t length, uint32_t acknowledgement)
{
    if (options.dialect == PLAIN_WEBSOCKET) {
        send_text(connection, json, length);
        return;
    }
    size_t head = begin_packet("42");
    head += (size_t)snprintf(packet + head, sizeof packet - head, "%u", acknowledgement);
    if (head + length >= sizeof packet)
        die("an event of %zu bytes is too long", length);
    memcpy(packet + head, json, length);
    send_text(connection, packet, head + length);
}

static void enter_namespace(Connection *connection)
{
    Variables variables = {.connection = connection->id, .room = connection->room};
    size_t length = begin_packet("40");
    if (options.auth)
        length += expand(options.auth, packet + length, sizeof packet - length, &variables);
    connection->state = JOINING_NAMESPACE;
    send_text(connection, packet, length);
}

static void enter_room(Connection *connection)
{
    static char event[TEXT_BYTES];
    Variables variables = {.connection = connection->id, .room = connection->room};
    if (!options.join) {
        connection_ready(connection);
        return;
    }
    connection->state = JOINING_ROOM;
    size_t length = expand(options.join, event, sizeof event, &variables);
    emit(connection, event, length, JOIN_NUMBER);
}

void on_upgraded(Connection *connection)
{
    /* Socket.IO's server speaks first; without it the room is in the address. */
    if (options.dialect == PLAIN_WEBSOCKET)
        connection_ready(connection);
}

/* Where a message's text begins, found without reading JSON: mostly where the last one's was. */
static const uint8_t *find_stamp(const uint8_t *text, size_t length)
{
    static size_t last;
    if (last + STAMP_BYTES <= length && !memcmp(text + last, "ts=", 3) && text[last + 19] == ';')
        return text + last;
    const uint8_t *end = text + length;
    const uint8_t *found = memmem(text, length, "ts=", 3);
    while (found && found + STAMP_BYTES <= end && found[19] != ';')
        found = memmem(found + 1, (size_t)(end - found - 1), "ts=", 3);
    if (!found || found + STAMP_BYTES > end)
        return NULL;
    last = (size_t)(found - text);
    return found;
}

static uint32_t read_number(const uint8_t **place, const uint8_t *end)
{
    uint32_t number = 0;
    while (*place < end && **place >= '0' && **place <= '9')
        number = number * 10 + *(*place)++ - '0';
    return number;
}

static void on_answer(Connection *connection, const uint8_t *place, const uint8_t *end)
{
    uint32_t number = read_number(&place, end);
    if (connection->state == JOINING_ROOM && number == JOIN_NUMBER)
        connection_ready(connection);
    else
        on_acknowledgement(number, place, end);
}

static void on_event_text(Connection *connection, const uint8_t *text, size_t length)
{
    const uint8_t *stamp = options.request ? NULL : find_stamp(text, length);
    if (stamp)
        on_delivery(connection, stamp, text + length);
    else
        tally.other_events++;
}

static void on_socket_io(Connection *connection, uint8_t kind, const uint8_t *text, size_t length)
{
    const uint8_t *place = text + 2, *end = text + length;
    if (kind == '2') {
        on_event_text(connection, text, length);
        return;
    }
    if (place < end && *place == '/') {
        const uint8_t *comma = memchr(place, ',', (size_t)(end - place));
        place = comma ? comma + 1 : end;
    }
    if (kind == '3')
        on_answer(connection, place, end);
    else if (kind == '0' && connection->state == JOINING_NAMESPACE)
        enter_room(connection);
    else if (kind == '1')
        connection_failed(connection, "disconnected by the server");
    else if (kind == '4') {
        char reason[200];
        snprintf(reason, sizeof reason, "refused: %.*s", (int)(end - place), (const char *)place);
        connection_failed(connection, reason);
    }
}

static void on_engine_io(Connection *connection, const uint8_t *text, size_t length)
{
    if (text[0] == '4' && length > 1)
        on_socket_io(connection, text[1], text, length);
    else if (text[0] == '2')
        send_text(connection, "3", 1);
    else if (text[0] == '0' && connection->state == OPENED)
        enter_namespace(connection);
    else if (text[0] == '1')
        connection_failed(connection, "closed by the server");
}

static void on_plain(Connection *connection, const uint8_t *text, size_t length)
{
    const uint8_t *marker = memmem(text, length, options.ack_marker, strlen(options.ack_marker));
    if (!marker) {
        on_event_text(connection, text, length);
        return;
    }
    marker += strlen(options.ack_marker);
    while (marker < text + length && *marker == ' ')
        marker++;
    on_answer(connection, marker, text + length);
}

void on_text(Connection *connection, const uint8_t *text, size_t length)
{
    if (options.verbose)
        fprintf(stderr, "[%d] %.*s\n", connection->id, length > 300 ? 300 : (int)length, (const char *)text);
    if (!length)
        return;
    if (options.dialect == SOCKET_IO)
        on_engine_io(connection, text, length);
    else
        on_plain(connection, text, length);
}
