/* What the parts of the load generator know of each other. One process, one thread, one epoll. */
#ifndef LOADGEN_H
#define LOADGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define READ_BYTES (1 << 20)
#define TEXT_BYTES (1 << 16)
#define MICROSECONDS 1000000.0

/* options.c */

enum dialect { SOCKET_IO, PLAIN_WEBSOCKET };

typedef struct {
    int port;
    enum dialect dialect;
    const char *path, *namespace, *auth, *origin, *join, *send, *ack_marker, *room_prefix, *label;
    char **cookies;
    int cookie_count;
    int room_base, connections, rooms, senders, window, inflight, concurrency, text_bytes;
    double rate, duration, warmup, drain, settle, hold, message_timeout, setup_timeout;
    bool request, announce, verbose;
} Options;

extern Options options;

void read_options(int count, char **words);
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* template.c */

typedef struct {
    int connection, room;
    uint32_t message;
    const char *text;
} Variables;

size_t expand(const char *pattern, char *target, size_t size, const Variables *variables);

/* histogram.c: latencies in microseconds, each bucket about 1.5 % wide */

#define BUCKETS 4096

typedef struct {
    uint32_t counts[BUCKETS];
    uint64_t total, max;
    double sum;
} Histogram;

void histogram_add(Histogram *histogram, uint64_t microseconds);
double histogram_ms(const Histogram *histogram, double share);

/* processes.c: what the processes under test use, by group */

enum moment { BEFORE, CONNECTED, SETTLED, HELD, LOAD_BEGINS, LOAD_ENDS, MOMENTS };

#define GROUPS 8
#define GROUP_PROCESSES 64

typedef struct {
    double user, system, resident;
} Usage;

typedef struct {
    char name[32];
    int processes[GROUP_PROCESSES];
    int process_count;
    Usage usage[MOMENTS];
} Group;

extern Group groups[GROUPS];
extern int group_count;

void read_groups(char *text);
void sample_groups(enum moment moment);
double group_cpu(const Group *group, enum moment from, enum moment to);

/* connections.c */

enum state { UNOPENED, CONNECTING, UPGRADING, OPENED, JOINING_NAMESPACE, JOINING_ROOM, READY, DEAD, STATES };

typedef struct {
    uint8_t *bytes;
    size_t length, capacity;
} Buffer;

typedef struct {
    int fd, id, room, inflight;
    uint32_t sequence;
    enum state state;
    bool watches_writes, sends, queued;
    Buffer input, output;
} Connection;

extern Connection *connections;
extern int ready_count, failed_count, died_count;
extern char first_failure[256];

uint64_t now(void);
void open_connections(void);
void run_for(double seconds);
void pump(double microseconds);
void close_connections(void);
void transmit(Connection *connection, const uint8_t *bytes, size_t length);
void connection_ready(Connection *connection);
void connection_failed(Connection *connection, const char *reason);

/* websocket.c */

void request_upgrade(Connection *connection);
void send_text(Connection *connection, const char *text, size_t length);
size_t take_bytes(Connection *connection, uint8_t *bytes, size_t length);

/* dialect.c: Socket.IO v5 on Engine.IO v4, or plain JSON texts */

void on_upgraded(Connection *connection);
void on_text(Connection *connection, const uint8_t *text, size_t length);
void emit(Connection *connection, const char *json, size_t length, uint32_t acknowledgement);

/* messages.c: what was sent, who still lacks it, and what was wrong with what came */

typedef struct {
    uint64_t sent, expected, delivered, acknowledged, refused, duplicates, reordered, misrouted, other_events, timeouts,
        bytes_in, last_at;
    char first_refusal[200];
} Tally;

extern Tally tally;
extern Histogram delivery_latency, acknowledgement_latency;
extern uint64_t inflight_total;

void prepare_messages(void);
void begin_measuring(void);
void send_message(Connection *connection, uint64_t due);
void on_delivery(Connection *connection, const uint8_t *stamp, const uint8_t *end);
void on_acknowledgement(uint32_t number, const uint8_t *answer, const uint8_t *end);
void give_up_on_old(void);
void drain(void);

/* senders.c */

extern volatile bool stopping;

void appoint_senders(void);
double send_for(double seconds);
void may_send_again(Connection *connection);

/* report.c */

typedef struct {
    double connecting, sending, measured;
    double own_cpu;
    uint64_t began;
} Times;

void report(const Times *times);

#endif
