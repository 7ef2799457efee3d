/* CPU time and memory of the processes under test and of their descendants, from /proc. */
#include "loadgen.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROCESSES 65536

typedef struct {
    int id, parent;
} Process;

Group groups[GROUPS];
int group_count;

static Process table[PROCESSES];
static int table_length;

static void add_group(char *word)
{
    Group *group = &groups[group_count++];
    char *ids = strchr(word, ':');
    if (group_count > GROUPS || !ids)
        die("--groups is name:process[+process][,...], at most %d", GROUPS);
    *ids++ = 0;
    snprintf(group->name, sizeof group->name, "%s", word);
    char *rest;
    for (char *id = strtok_r(ids, "+", &rest); id && group->process_count < GROUP_PROCESSES; id = strtok_r(NULL, "+", &rest))
        group->processes[group->process_count++] = atoi(id);
}

void read_groups(char *text)
{
    char *rest;
    for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        add_group(word);
}

static bool read_file(int process, const char *name, char *content, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", process, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    size_t length = fread(content, 1, size - 1, file);
    content[length] = 0;
    fclose(file);
    return true;
}

static void list_processes(void)
{
    char content[1024];
    table_length = 0;
    DIR *folder = opendir("/proc");
    if (!folder)
        die("/proc cannot be read");
    for (struct dirent *entry; (entry = readdir(folder)) && table_length < PROCESSES;) {
        int process = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;
        if (!process || !read_file(process, "stat", content, sizeof content))
            continue;
        char *after_name = strrchr(content, ')');
        int parent;
        if (after_name && sscanf(after_name + 1, " %*c %d", &parent) == 1)
            table[table_length++] = (Process){process, parent};
    }
    closedir(folder);
}

/* A Redis that the server started is a group of its own: it is not counted twice. */
static bool leads_a_group(int process)
{
    for (int index = 0; index < group_count; index++)
        for (int place = 0; place < groups[index].process_count; place++)
            if (groups[index].processes[place] == process)
                return true;
    return false;
}

static int family(int root, int *members, int limit)
{
    int length = 0;
    members[length++] = root;
    for (int parent = 0; parent < length; parent++)
        for (int index = 0; index < table_length && length < limit; index++)
            if (table[index].parent == members[parent] && !leads_a_group(table[index].id))
                members[length++] = table[index].id;
    return length;
}

static void add_usage(int process, Usage *usage)
{
    char content[1024];
    double ticks = (double)sysconf(_SC_CLK_TCK);
    if (!read_file(process, "stat", content, sizeof content))
        return;
    unsigned long user, system, children_user, children_system, pages;
    char *after_name = strrchr(content, ')');
    if (after_name && sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &user, &system,
                             &children_user, &children_system) == 4) {
        usage->user += (double)(user + children_user) / ticks;
        usage->system += (double)(system + children_system) / ticks;
    }
    if (read_file(process, "statm", content, sizeof content) && sscanf(content, "%*u %lu", &pages) == 1)
        usage->resident += (double)pages * (double)sysconf(_SC_PAGESIZE);
}

void sample_groups(enum moment moment)
{
    int members[512];
    list_processes();
    for (int index = 0; index < group_count; index++) {
        Usage *usage = &groups[index].usage[moment];
        *usage = (Usage){0};
        for (int place = 0; place < groups[index].process_count; place++) {
            int length = family(groups[index].processes[place], members, 512);
            for (int member = 0; member < length; member++)
                add_usage(members[member], usage);
        }
    }
}

double group_cpu(const Group *group, enum moment from, enum moment to)
{
    const Usage *first = &group->usage[from], *last = &group->usage[to];
    return last->user + last->system - first->user - first->system;
}
