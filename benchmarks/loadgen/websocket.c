/* RFC 6455 as a client, as far as a chat server needs it: unfragmented frames. */
#define _GNU_SOURCE
#include "loadgen.h"

#include <stdio.h>
#include <string.h>

#define HEADER_BYTES 14

enum opcode { TEXT_FRAME = 1, CLOSE_FRAME = 8, PING_FRAME = 9, PONG_FRAME = 10 };

static void send_frame(Connection *connection, enum opcode opcode, const char *payload, size_t length)
{
    static const uint8_t MASK[4] = {0x12, 0x9a, 0x5c, 0x77};
    static uint8_t frame[TEXT_BYTES + HEADER_BYTES];
    size_t head = 2;
    if (length > TEXT_BYTES - 1)
        die("a frame of %zu bytes is too long to send", length);
    frame[0] = (uint8_t)(0x80 | opcode);
    frame[1] = (uint8_t)(0x80 | (length < 126 ? length : 126));
    if (length >= 126) {
        frame[2] = (uint8_t)(length >> 8);
        frame[3] = (uint8_t)length;
        head = 4;
    }
    memcpy(frame + head, MASK, sizeof MASK);
    head += sizeof MASK;
    for (size_t index = 0; index < length; index++)
        frame[head + index] = (uint8_t)payload[index] ^ MASK[index & 3];
    transmit(connection, frame, head + length);
}

void send_text(Connection *connection, const char *text, size_t length)
{
    send_frame(connection, TEXT_FRAME, text, length);
}

void request_upgrade(Connection *connection)
{
    static char request[8192], path[2048];
    Variables variables = {.connection = connection->id, .room = connection->room};
    expand(options.path, path, sizeof path, &variables);
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
                          path, options.port);
    if (options.origin)
        length += snprintf(request + length, sizeof request - (size_t)length, "Origin: %s\r\n", options.origin);
    if (options.cookie_count)
        length += snprintf(request + length, sizeof request - (size_t)length, "Cookie: %s\r\n",
                           options.cookies[connection->id % options.cookie_count]);
    length += snprintf(request + length, sizeof request - (size_t)length, "\r\n");
    connection->state = UPGRADING;
    transmit(connection, (uint8_t *)request, (size_t)length);
}

static size_t take_upgrade(Connection *connection, const uint8_t *bytes, size_t length)
{
    const uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (length < 12 || memcmp(bytes + 9, "101", 3)) {
        char reason[100];
        snprintf(reason, sizeof reason, "answered %.*s", (int)strcspn((const char *)bytes, "\r\n"), (const char *)bytes);
        connection_failed(connection, reason);
        return length;
    }
    connection->state = OPENED;
    on_upgraded(connection);
    return (size_t)(end + 4 - bytes);
}

/* The length of the frame's head, or 0 while it is not all there. */
static size_t read_head(const uint8_t *bytes, size_t available, uint64_t *length)
{
    size_t width = available < 2 ? 0 : (bytes[1] & 127) == 126 ? 2 : (bytes[1] & 127) == 127 ? 8 : 0;
    if (available < 2 + width)
        return 0;
    *length = width ? 0 : bytes[1] & 127;
    for (size_t index = 0; index < width; index++)
        *length = *length << 8 | bytes[2 + index];
    return 2 + width;
}

static void on_frame(Connection *connection, uint8_t first, const uint8_t *payload, size_t length)
{
    char reason[64];
    if (first == (0x80 | TEXT_FRAME)) {
        on_text(connection, payload, length);
    } else if (first == (0x80 | PING_FRAME)) {
        send_frame(connection, PONG_FRAME, (const char *)payload, length);
    } else if (first == (0x80 | CLOSE_FRAME)) {
        snprintf(reason, sizeof reason, "closed with %d", length >= 2 ? payload[0] << 8 | payload[1] : 0);
        connection_failed(connection, reason);
    } else if (first != (0x80 | PONG_FRAME)) {
        snprintf(reason, sizeof reason, "a frame that begins with 0x%02x", first);
        connection_failed(connection, reason);
    }
}

size_t take_bytes(Connection *connection, uint8_t *bytes, size_t length)
{
    size_t taken = connection->state == UPGRADING ? take_upgrade(connection, bytes, length) : 0;
    if (connection->state == UPGRADING)
        return 0;
    while (taken + 2 <= length && connection->state != DEAD) {
        uint64_t payload = 0;
        size_t head = read_head(bytes + taken, length - taken, &payload);
        if (!head || taken + head + payload > length)
            break;
        on_frame(connection, bytes[taken], bytes + taken + head, payload);
        taken += head + payload;
    }
    return taken;
}
