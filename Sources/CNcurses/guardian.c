#define _GNU_SOURCE
#include "internal.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static pid_t guardian = -1;
static int line = -1;

/// Whether the terminal is still in the modes that the console gave it; a shell may have put its own already.
static bool is_still(int terminal, const struct termios *ours) {
    struct termios now;
    return tcgetattr(terminal, &now) == 0 && now.c_lflag == ours->c_lflag && now.c_iflag == ours->c_iflag
        && now.c_oflag == ours->c_oflag;
}

/// Waits until the console has said goodbye or is gone. A child of a program with threads: nothing here may allocate,
/// lock, or touch what the other threads might have been at.
static void watch(int pipe, int other_end, int terminal, const struct termios *before, const struct termios *ours) {
    static const int deaf[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGTTOU, SIGTTIN, SIGPIPE, SIGWINCH};
    for (unsigned i = 0; i < sizeof deaf / sizeof *deaf; i++) signal(deaf[i], SIG_IGN);
    prctl(PR_SET_NAME, "flexdeck-tty");
    // Nothing of the program's may stay open for as long as this process lives: ports, files, the other end of the pipe.
    close(other_end);
    if (dup2(pipe, 3) < 0 || dup2(terminal, 4) < 0) _exit(1);
    close_range(5, ~0U, 0);
    close(0);
    close(1);
    close(2);
    char word = CT_BACK;
    bool is_away = false;
    while (read(3, &word, 1) > 0) {
        if (word == CT_GOODBYE) _exit(0);
        is_away = word == CT_AWAY;
    }
    // The screen is a shell's or an editor's.
    if (is_away) _exit(0);
    // Modes before the screen: whoever sees the shell again may type. What was typed for the console is not for the shell.
    if (is_still(4, ours)) {
        tcflush(4, TCIFLUSH);
        tcsetattr(4, TCSANOW, before);
    }
    ct_write_restore_bytes_to(4);
    _exit(0);
}

void ct_start_guardian(int terminal, const struct termios *before) {
    int ends[2];
    struct termios ours;
    if (guardian > 0 || tcgetattr(terminal, &ours) != 0 || pipe2(ends, O_CLOEXEC) != 0) return;
    // Away from the numbers that the child gives its own.
    int near_end = fcntl(ends[0], F_DUPFD_CLOEXEC, 10), terminal_copy = fcntl(terminal, F_DUPFD_CLOEXEC, 10);
    close(ends[0]);
    guardian = fork();
    if (guardian == 0) watch(near_end, ends[1], terminal_copy, before, &ours);
    close(near_end);
    close(terminal_copy);
    if (guardian < 0) close(ends[1]);
    line = guardian < 0 ? -1 : ends[1];
}

void ct_tell_guardian(char word) {
    if (guardian > 0 && write(line, &word, 1) < 0) { /* it is gone already */ }
}

void ct_stop_guardian(void) {
    if (guardian <= 0) return;
    ct_tell_guardian(CT_GOODBYE);
    close(line);
    waitpid(guardian, NULL, 0);
    guardian = -1;
    line = -1;
}
