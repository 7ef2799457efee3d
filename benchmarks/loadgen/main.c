/* loadgen: opens many connections to a chat server on 127.0.0.1, sends messages, and tells in one line of JSON what
 * became of them and what they cost. Build: gcc -O2 -Wall -Wextra -o loadgen *.c */
#include "loadgen.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static void stop(int number)
{
    (void)number;
    stopping = true;
}

static void handle_signals(void)
{
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void allow_many_descriptors(void)
{
    struct rlimit limit;
    if (!getrlimit(RLIMIT_NOFILE, &limit)) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static double own_cpu(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / MICROSECONDS;
}

static void come_in(Times *times)
{
    sample_groups(BEFORE);
    uint64_t began = now();
    open_connections();
    times->connecting = (double)(now() - began) / MICROSECONDS;
    sample_groups(CONNECTED);
    run_for(options.settle);
    sample_groups(SETTLED);
    run_for(options.hold);
    sample_groups(HELD);
}

static void announce(void)
{
    if (options.announce)
        fprintf(stderr, "measuring\n");
}

static void measure(Times *times)
{
    if (options.warmup > 0) {
        send_for(options.warmup);
        drain();
    }
    begin_measuring();
    sample_groups(LOAD_BEGINS);
    times->own_cpu = -own_cpu();
    times->began = now();
    announce();
    times->sending = send_for(options.duration);
    drain();
    times->measured = (double)(now() - times->began) / MICROSECONDS;
    sample_groups(LOAD_ENDS);
    times->own_cpu += own_cpu();
}

int main(int count, char **words)
{
    Times times = {0};
    read_options(count, words);
    handle_signals();
    allow_many_descriptors();
    come_in(&times);
    prepare_messages();
    appoint_senders();
    if (options.duration > 0 && ready_count)
        measure(&times);
    report(&times);
    close_connections();
    return failed_count ? 1 : 0;
}
