/* The command line. README.md tells what each flag means. */
#include "loadgen.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

Options options = {
    .namespace = "",
    .ack_marker = "\"ack\":",
    .room_prefix = "r",
    .label = "",
    .connections = 100,
    .rooms = 1,
    .senders = 1,
    .window = 1,
    .concurrency = 64,
    .text_bytes = 100,
    .duration = 5,
    .warmup = 1,
    .drain = 10,
    .settle = 0.5,
    .message_timeout = 15,
    .setup_timeout = 120,
};

enum { INTEGER, REAL, TEXT, SWITCH, SPECIAL };

typedef struct {
    const char *name;
    int kind;
    void *target;
} Flag;

static void read_dialect(char *word);
static void read_cookies(char *path);

static const Flag FLAGS[] = {
    {"port", INTEGER, &options.port},
    {"connections", INTEGER, &options.connections},
    {"concurrency", INTEGER, &options.concurrency},
    {"rooms", INTEGER, &options.rooms},
    {"room-base", INTEGER, &options.room_base},
    {"senders", INTEGER, &options.senders},
    {"window", INTEGER, &options.window},
    {"inflight", INTEGER, &options.inflight},
    {"text-bytes", INTEGER, &options.text_bytes},
    {"rate", REAL, &options.rate},
    {"duration", REAL, &options.duration},
    {"warmup", REAL, &options.warmup},
    {"drain", REAL, &options.drain},
    {"settle", REAL, &options.settle},
    {"hold", REAL, &options.hold},
    {"message-timeout", REAL, &options.message_timeout},
    {"setup-timeout", REAL, &options.setup_timeout},
    {"path", TEXT, &options.path},
    {"namespace", TEXT, &options.namespace},
    {"auth", TEXT, &options.auth},
    {"origin", TEXT, &options.origin},
    {"join", TEXT, &options.join},
    {"send", TEXT, &options.send},
    {"ack-marker", TEXT, &options.ack_marker},
    {"room-prefix", TEXT, &options.room_prefix},
    {"label", TEXT, &options.label},
    {"request", SWITCH, &options.request},
    {"announce", SWITCH, &options.announce},
    {"verbose", SWITCH, &options.verbose},
    {"dialect", SPECIAL, read_dialect},
    {"cookie-file", SPECIAL, read_cookies},
    {"groups", SPECIAL, read_groups},
};
#define FLAG_COUNT (sizeof FLAGS / sizeof FLAGS[0])

static void take(const Flag *flag, char *word)
{
    switch (flag->kind) {
    case INTEGER:
        *(int *)flag->target = atoi(word);
        break;
    case REAL:
        *(double *)flag->target = atof(word);
        break;
    case TEXT:
        *(const char **)flag->target = word;
        break;
    case SWITCH:
        *(bool *)flag->target = true;
        break;
    default:
        ((void (*)(char *))flag->target)(word);
    }
}

static void fill_in_defaults(void)
{
    bool socket_io = options.dialect == SOCKET_IO;
    if (!options.path)
        options.path = socket_io ? "/socket.io/?EIO=4&transport=websocket" : "/ws/chat/%ROOM%/";
    if (!options.join && socket_io)
        options.join = "[\"join\",\"%ROOM%\"]";
    if (options.join && !*options.join)
        options.join = NULL;
    if (!options.send)
        options.send = socket_io ? "[\"msg\",{\"room\":\"%ROOM%\",\"text\":\"%TEXT%\"}]"
                                 : "{\"message\":\"%TEXT%\",\"mid\":%MESSAGE%}";
    if (options.senders > options.connections)
        options.senders = options.connections;
}

void read_options(int count, char **words)
{
    struct option known[FLAG_COUNT + 1] = {0};
    for (size_t index = 0; index < FLAG_COUNT; index++)
        known[index] = (struct option){FLAGS[index].name, FLAGS[index].kind != SWITCH, NULL, (int)index};
    int found;
    while ((found = getopt_long(count, words, "", known, NULL)) != -1) {
        if (found == '?')
            die("see README.md for the flags");
        take(&FLAGS[found], optarg);
    }
    if (!options.port)
        die("--port is needed");
    if (options.connections < 1 || options.rooms < 1 || options.text_bytes >= TEXT_BYTES / 2)
        die("connections and rooms must be at least 1, text-bytes less than %d", TEXT_BYTES / 2);
    fill_in_defaults();
}

void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("loadgen: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static void read_dialect(char *word)
{
    if (!strcmp(word, "socket.io"))
        options.dialect = SOCKET_IO;
    else if (!strcmp(word, "plain"))
        options.dialect = PLAIN_WEBSOCKET;
    else
        die("--dialect is socket.io or plain");
}

static void read_cookies(char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        die("%s cannot be read", path);
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0) {
        line[strcspn(line, "\r\n")] = 0;
        options.cookies = realloc(options.cookies, (options.cookie_count + 1) * sizeof(char *));
        options.cookies[options.cookie_count++] = strdup(line);
    }
    free(line);
    fclose(file);
}
