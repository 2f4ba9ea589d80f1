#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int signal_pipe[2] = {-1, -1};
static int saved_stderr = -1;

static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT, SIGTSTP};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};

// The thread that takes the signal need not be the one that waits for it.
static atomic_int has_continued;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "signal handlers may not wait for locks");

static void note_signal(int number) {
    int before = errno;
    if (number == SIGCONT) has_continued = 1;
    unsigned char byte = (unsigned char)number;
    if (write(signal_pipe[1], &byte, 1) < 0) { /* a full pipe has a wake-up waiting already */ }
    errno = before;
}

// Only async-signal-safe calls here: the bytes were put together when the terminal was opened.
static void restore_and_die(int number) {
    ct_write_restore_bytes();
    ct_tell_guardian(CT_GOODBYE);
    if (saved_stderr >= 0) dup2(saved_stderr, 2);
    signal(number, SIG_DFL);
    raise(number);
}

void ct_install_handlers(void) {
    if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    for (unsigned i = 0; i < sizeof caught / sizeof *caught; i++) sigaction(caught[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);

    static unsigned char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    memset(&action, 0, sizeof action);
    action.sa_handler = restore_and_die;
    action.sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
    for (unsigned i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, NULL);
}

static bool is_hung_up;

void ct_expect_hang_up(void) { is_hung_up = true; }

void ct_remove_handlers(void) {
    for (unsigned i = 0; i < sizeof caught / sizeof *caught; i++) signal(caught[i], SIG_DFL);
    if (is_hung_up) signal(SIGHUP, SIG_IGN);
    for (unsigned i = 0; i < sizeof crashes / sizeof *crashes; i++) signal(crashes[i], SIG_DFL);
}

int ct_signal_fd(void) { return signal_pipe[0]; }

bool ct_signal_waits(void) {
    int waiting = 0;
    return signal_pipe[0] >= 0 && ioctl(signal_pipe[0], FIONREAD, &waiting) == 0 && waiting > 0;
}

int ct_next_signal(void) {
    unsigned char byte = 0;
    if (signal_pipe[0] >= 0 && read(signal_pipe[0], &byte, 1) == 1) return byte;
    return 0;
}

void ct_divert_stderr(const char *path) {
    if (saved_stderr >= 0 || path == NULL) return;
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    saved_stderr = fcntl(2, F_DUPFD_CLOEXEC, 3);
    dup2(file, 2);
    close(file);
}

void ct_return_stderr(void) {
    if (saved_stderr < 0) return;
    dup2(saved_stderr, 2);
    close(saved_stderr);
    saved_stderr = -1;
}

void ct_stop_process(void) {
    struct sigaction ours, usual;
    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &usual, &ours);
    has_continued = 0;
    // Everybody of the job, so that a script around the program stops as well and the shell gets its terminal.
    kill(0, SIGTSTP);
    // Another thread may take the signal, and this one must not take the terminal back before all of them stand still.
    // Where nobody could continue it the system stops nothing: then this ends by itself.
    for (int i = 0; i < 100 && !has_continued; i++) poll(NULL, 0, 10);
    sigaction(SIGTSTP, &ours, NULL);
}
