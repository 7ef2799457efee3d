/* One line of JSON with everything that was seen. */
#include "loadgen.h"

#include <stdio.h>

static void print_text(const char *name, const char *text)
{
    printf("\"%s\":\"", name);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    }
    printf("\"");
}

static void print_count(const char *name, uint64_t count)
{
    printf(",\"%s\":%llu", name, (unsigned long long)count);
}

static void print_latency(const char *name, const Histogram *histogram)
{
    printf(",\"%s\":{\"count\":%llu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"max\":%.3f,\"mean\":%.3f}", name,
           (unsigned long long)histogram->total, histogram_ms(histogram, 0.5), histogram_ms(histogram, 0.9),
           histogram_ms(histogram, 0.99), (double)histogram->max / 1000.0,
           histogram->total ? histogram->sum / (double)histogram->total / 1000.0 : 0.0);
}

static double each(double sum, uint64_t count)
{
    return count ? sum / (double)count : 0.0;
}

static void print_group(const Group *group, uint64_t units, double seconds)
{
    double cpu = group_cpu(group, LOAD_BEGINS, LOAD_ENDS);
    double memory = group->usage[HELD].resident - group->usage[BEFORE].resident;
    uint64_t opened = (uint64_t)ready_count;
    printf(",\"%s\":{\"cpu_s\":%.3f,\"user_s\":%.3f,\"system_s\":%.3f", group->name, cpu,
           group->usage[LOAD_ENDS].user - group->usage[LOAD_BEGINS].user,
           group->usage[LOAD_ENDS].system - group->usage[LOAD_BEGINS].system);
    printf(",\"cpu_us_per_unit\":%.3f,\"cpu_us_per_message\":%.3f,\"cpu_share\":%.3f", each(cpu * MICROSECONDS, units),
           each(cpu * MICROSECONDS, tally.sent), seconds > 0 ? cpu / seconds : 0.0);
    printf(",\"memory_mb\":%.2f,\"memory_kb_per_connection\":%.3f", group->usage[HELD].resident / 1048576,
           each(memory / 1024, opened));
    printf(",\"connect_cpu_us\":%.1f,\"hold_cpu_s\":%.3f}", each(group_cpu(group, BEFORE, CONNECTED) * MICROSECONDS, opened),
           group_cpu(group, SETTLED, HELD));
}

static void print_connections(const Times *times)
{
    printf(",\"connections\":%d,\"alive\":%d,\"failed\":%d,\"died\":%d", options.connections, ready_count - died_count,
           failed_count, died_count);
    printf(",\"connect_s\":%.3f,\"connections_per_s\":%.1f", times->connecting, ready_count / times->connecting);
    if (first_failure[0]) {
        putchar(',');
        print_text("first_failure", first_failure);
    }
}

static void print_tally(const Times *times, uint64_t units)
{
    double span = (double)(tally.last_at - times->began) / MICROSECONDS;
    print_count("sent", tally.sent);
    print_count("expected", tally.expected);
    print_count("delivered", tally.delivered);
    print_count("acknowledged", tally.acknowledged);
    print_count("refused", tally.refused);
    printf(",\"lost\":%lld", (long long)(tally.expected - tally.delivered));
    print_count("duplicates", tally.duplicates);
    print_count("reordered", tally.reordered);
    print_count("misrouted", tally.misrouted);
    print_count("timeouts", tally.timeouts);
    print_count("other_events", tally.other_events);
    printf(",\"send_s\":%.3f,\"sent_per_s\":%.1f,\"units_per_s\":%.1f,\"bytes_in_per_unit\":%.1f", times->sending,
           times->sending > 0 ? (double)tally.sent / times->sending : 0.0, span > 0 ? (double)units / span : 0.0,
           each((double)tally.bytes_in, units));
    if (tally.first_refusal[0]) {
        putchar(',');
        print_text("first_refusal", tally.first_refusal);
    }
}

void report(const Times *times)
{
    uint64_t units = options.request ? tally.acknowledged : tally.delivered;
    putchar('{');
    print_text("label", options.label);
    print_connections(times);
    print_tally(times, units);
    print_latency("delivery_ms", &delivery_latency);
    print_latency("acknowledgement_ms", &acknowledgement_latency);
    printf(",\"own_cpu_us_per_unit\":%.3f", each(times->own_cpu * MICROSECONDS, units));
    for (int index = 0; index < group_count; index++)
        print_group(&groups[index], units, times->measured);
    printf("}\n");
}
