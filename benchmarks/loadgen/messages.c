/* The ledger: each message, who still lacks it, and whether it came once and in its sender's order. */
#define _GNU_SOURCE
#include "loadgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY (1u << 16)
#define STAMP_DIGITS 16
#define SEEN_BITS 64

typedef struct {
    uint64_t due;
    uint32_t missing;
    int sender;
    bool settled, acknowledged;
} Message;

/* What one connection has seen of one sender: the newest number, and which of the 64 up to it. */
typedef struct {
    uint64_t seen;
    uint32_t newest;
} Order;

Tally tally;
Histogram delivery_latency, acknowledgement_latency;
uint64_t inflight_total;

static Message *messages;
static uint32_t message_count = 1, capacity, first_measured = UINT32_MAX, oldest_open = 1;
static Order *orders;
static int senders_per_room;
static uint32_t *members;

void prepare_messages(void)
{
    senders_per_room = (options.senders + options.rooms - 1) / options.rooms;
    capacity = FIRST_CAPACITY;
    messages = malloc(capacity * sizeof *messages);
    orders = calloc((size_t)options.connections * (size_t)senders_per_room, sizeof *orders);
    members = calloc((size_t)options.rooms, sizeof *members);
    if (!messages || !orders || !members)
        die("out of memory");
    for (int id = 0; id < options.connections; id++)
        if (connections[id].state == READY)
            members[connections[id].room]++;
}

static void settle(Message *message)
{
    if (message->settled)
        return;
    message->settled = true;
    inflight_total--;
    connections[message->sender].inflight--;
    may_send_again(&connections[message->sender]);
}

void begin_measuring(void)
{
    for (uint32_t number = oldest_open; number < message_count; number++)
        settle(&messages[number]);
    first_measured = oldest_open = message_count;
    tally = (Tally){.last_at = now()};
}

static Message *new_message(void)
{
    if (message_count == capacity) {
        capacity *= 2;
        messages = realloc(messages, capacity * sizeof *messages);
        if (!messages)
            die("out of memory");
    }
    return &messages[message_count++];
}

static const char *stamped_text(const Connection *connection, uint32_t number, uint64_t due)
{
    static char text[TEXT_BYTES];
    int length = snprintf(text, sizeof text, "ts=%0*llu;m=%u;s=%d;q=%u;", STAMP_DIGITS, (unsigned long long)due, number,
                          connection->id, connection->sequence);
    while (length < options.text_bytes)
        text[length++] = 'x';
    text[length] = 0;
    return text;
}

void send_message(Connection *connection, uint64_t due)
{
    static char event[TEXT_BYTES];
    uint32_t number = message_count;
    uint32_t expected = options.request ? 0 : members[connection->room];
    *new_message() = (Message){.due = due, .missing = expected, .sender = connection->id};
    connection->sequence++;
    connection->inflight++;
    inflight_total++;
    tally.sent++;
    tally.expected += expected;
    Variables variables = {connection->id, connection->room, number, stamped_text(connection, number, due)};
    emit(connection, event, expand(options.send, event, sizeof event, &variables), number);
}

static uint64_t since(uint64_t due)
{
    uint64_t time = now();
    return time > due ? time - due : 0;
}

void on_acknowledgement(uint32_t number, const uint8_t *answer, const uint8_t *end)
{
    if (number == 0 || number >= message_count || messages[number].acknowledged) {
        tally.other_events++;
        return;
    }
    Message *message = &messages[number];
    message->acknowledged = true;
    size_t head = (size_t)(end - answer) < 64 ? (size_t)(end - answer) : 64;
    bool refused = memmem(answer, head, "\"ok\":false", 10) != NULL;
    if (refused && !tally.first_refusal[0])
        snprintf(tally.first_refusal, sizeof tally.first_refusal, "%.*s", (int)(end - answer), (const char *)answer);
    if (number >= first_measured) {
        tally.acknowledged++;
        tally.refused += refused;
        histogram_add(&acknowledgement_latency, since(message->due));
        if (options.request)
            tally.last_at = now();
    }
    if (options.request || refused)
        settle(message);
}

static uint32_t field(const uint8_t **place, const uint8_t *end, char name)
{
    uint32_t number = 0;
    if (*place + 2 >= end || (*place)[0] != name || (*place)[1] != '=')
        return UINT32_MAX;
    for (*place += 2; *place < end && **place != ';'; (*place)++)
        number = number * 10 + (uint32_t)(**place - '0');
    (*place)++;
    return number;
}

/* Whether this is new to the connection. */
static bool note_order(Order *order, uint32_t sequence)
{
    if (sequence > order->newest) {
        uint32_t ahead = sequence - order->newest;
        order->seen = (ahead < SEEN_BITS ? order->seen << ahead : 0) | 1;
        order->newest = sequence;
        return true;
    }
    uint32_t behind = order->newest - sequence;
    uint64_t bit = behind < SEEN_BITS ? 1ull << behind : 0;
    if (order->seen & bit) {
        tally.duplicates++;
        return false;
    }
    order->seen |= bit;
    tally.reordered++;
    return true;
}

void on_delivery(Connection *connection, const uint8_t *stamp, const uint8_t *end)
{
    const uint8_t *place = stamp + 3 + STAMP_DIGITS + 1;
    uint32_t number = field(&place, end, 'm'), sender = field(&place, end, 's'), sequence = field(&place, end, 'q');
    if (number == 0 || number >= message_count || sender >= (uint32_t)options.senders) {
        tally.other_events++;
        return;
    }
    if ((int)sender % options.rooms != connection->room) {
        tally.misrouted++;
        return;
    }
    size_t place_of_sender = (size_t)connection->id * (size_t)senders_per_room + sender / (uint32_t)options.rooms;
    if (!note_order(&orders[place_of_sender], sequence))
        return;
    Message *message = &messages[number];
    if (number >= first_measured) {
        tally.delivered++;
        tally.last_at = now();
        histogram_add(&delivery_latency, since(message->due));
    }
    if (message->missing && --message->missing == 0)
        settle(message);
}

void give_up_on_old(void)
{
    static uint64_t last_look;
    uint64_t time = now(), patience = (uint64_t)(options.message_timeout * MICROSECONDS);
    if (time - last_look < 500000)
        return;
    last_look = time;
    for (uint32_t number = oldest_open; number < message_count; number++) {
        if (!messages[number].settled && time - messages[number].due > patience) {
            tally.timeouts++;
            settle(&messages[number]);
        }
        if (number == oldest_open && messages[number].settled)
            oldest_open++;
    }
}

void drain(void)
{
    uint64_t deadline = now() + (uint64_t)(options.drain * MICROSECONDS);
    while (now() < deadline && (inflight_total || tally.acknowledged < tally.sent)) {
        bool warming_up = first_measured == UINT32_MAX;
        if (warming_up && !inflight_total)
            return;
        give_up_on_old();
        pump(20000);
    }
}
