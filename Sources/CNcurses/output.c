#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <termios.h>

// A terminal that stands still, or hangs on a slow line, holds up whoever writes to it; an alarm ends that.
static atomic_int slow_terminal = -1;
static atomic_int has_given_up;
static _Atomic(pthread_t) writer;
static sigset_t usual;

static const struct itimerval patience = {.it_value = {.tv_sec = 2}, .it_interval = {.tv_usec = 250000}};

static void look_for_keys(int number) {
    int before = errno, terminal = slow_terminal, waiting = 0;
    if (terminal >= 0 && !pthread_equal(pthread_self(), writer)) {
        // Only what interrupts the writer makes it look for room again.
        pthread_kill(writer, number);
    } else if (terminal >= 0) {
        bool has_keys = ioctl(terminal, FIONREAD, &waiting) == 0 && waiting > 0;
        if (has_keys || ct_signal_waits()) {
            has_given_up = 1;
            tcflush(terminal, TCOFLUSH);
        }
    }
    errno = before;
}

void ct_begin_output(int terminal) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = look_for_keys;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    has_given_up = 0;
    writer = pthread_self();
    slow_terminal = terminal;
    // Threads of Dispatch are deaf to signals.
    sigset_t alarms;
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &alarms, &usual);
    setitimer(ITIMER_REAL, &patience, NULL);
}

bool ct_end_output(void) {
    static const struct itimerval none;
    setitimer(ITIMER_REAL, &none, NULL);
    pthread_sigmask(SIG_SETMASK, &usual, NULL);
    slow_terminal = -1;
    return has_given_up == 0;
}
