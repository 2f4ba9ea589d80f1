#define _GNU_SOURCE
#include <curses.h>
// <term.h> is left out on purpose: it defines macros named buttons, lines and columns.
#include "internal.h"
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *input, *output;
static int output_fd = -1;
static struct termios before;
static bool have_before, mouse_before_leaving, utf8_locale;
static char restore_bytes[512];
static int restore_count;
static char term_name[64];
static bool takes_sequences;

static void prepare_locale(void) {
    setlocale(LC_ALL, "");
    utf8_locale = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    // Without a locale (containers, cron, ssh) every character beyond ASCII would become a question mark.
    if (MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
}

static void add_restore(const char *text) {
    if (text == NULL || text == (const char *)-1) return;
    size_t length = strlen(text);
    if (restore_count + length > sizeof restore_bytes) return;
    memcpy(restore_bytes + restore_count, text, length);
    restore_count += (int)length;
}

static void prepare_restore(void) {
    restore_count = 0;
    if (takes_sequences) add_restore("\033[?1006l\033[?1002l\033[?1000l\033[?2004l");
    const char *names[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
    for (int i = 0; i < 4; i++) add_restore(tigetstr((char *)names[i]));
    add_restore("\r\n");
}

void ct_write_restore_bytes_to(int terminal) {
    if (write(terminal, restore_bytes, (size_t)restore_count) < 0) { /* nothing is left to try */ }
}

void ct_write_restore_bytes(void) {
    if (output_fd < 0) return;
    ct_write_restore_bytes_to(output_fd);
    if (have_before) tcsetattr(output_fd, TCSANOW, &before);
}

/// A terminal that cannot place its cursor is driven as a vt100: every emulator understands at least that.
static bool try_term(const char *term) {
    screen = newterm((char *)term, output, input);
    if (screen == NULL) return false;
    const char *address = tigetstr("cup");
    if (address == NULL || address == (const char *)-1) {
        endwin();
        delscreen(screen);
        screen = NULL;
        return false;
    }
    strncpy(term_name, term, sizeof term_name - 1);
    return true;
}

/// Terminals that print what they do not understand, and draw no heavy lines or shades, whatever the locale.
static bool is_simple(const char *term) {
    static const char *names[] = {"vt", "linux", "ansi", "cons25", "sun"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(term, names[i], strlen(names[i])) == 0) return true;
    }
    return false;
}

/// Whether the terminal is to put what is pasted between marks: keys that nobody has pressed must not act.
static void tell_of_pastes(bool on) {
    if (!takes_sequences) return;
    fputs(on ? "\033[?2004h" : "\033[?2004l", output);
    fflush(output);
}

static bool start_screen(const char *wanted) {
    const char *term = wanted != NULL ? wanted : getenv("TERM");
    bool plain = term == NULL || *term == 0 || strcmp(term, "dumb") == 0 || strcmp(term, "unknown") == 0;
    if (plain) return try_term("vt100") || try_term("ansi");
    return try_term(term) || try_term("xterm-256color") || try_term("xterm") || try_term("vt100");
}

int ct_open(const char *term, int fd_in, int fd_out) {
    prepare_locale();
    int in = fd_in < 0 ? 0 : fd_in, out = fd_out < 0 ? 1 : fd_out;
    output_fd = out;
    have_before = tcgetattr(out, &before) == 0;
    // Handlers first: curses installs its own only where the default is still in place.
    ct_install_handlers();
    int in_copy = dup(in), out_copy = dup(out);
    input = in_copy < 0 ? NULL : fdopen(in_copy, "r");
    output = out_copy < 0 ? NULL : fdopen(out_copy, "w");
    if (input == NULL || output == NULL || !start_screen(term)) {
        if (input != NULL) fclose(input);
        if (output != NULL) fclose(output);
        input = output = NULL;
        ct_remove_handlers();
        if (have_before) tcsetattr(out, TCSANOW, &before);
        output_fd = -1;
        return -1;
    }
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    ct_learn_keys();
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    takes_sequences = !is_simple(term_name);
    prepare_restore();
    tell_of_pastes(true);
    if (have_before) ct_start_guardian(output_fd, &before);
    ct_sync_size();
    return 0;
}

void ct_close(void) {
    if (screen == NULL) return;
    // What the terminal has not shown yet nobody will miss.
    tcflush(output_fd, TCOFLUSH);
    ct_begin_output(output_fd);
    ct_mouse(false);
    tell_of_pastes(false);
    curs_set(1);
    endwin();
    ct_end_output();
    delscreen(screen);
    screen = NULL;
    if (have_before) tcsetattr(output_fd, TCSADRAIN, &before);
    fclose(input);
    fclose(output);
    input = output = NULL;
    output_fd = -1;
    ct_stop_guardian();
    ct_remove_handlers();
    ct_return_stderr();
}

void ct_leave(void) {
    if (screen == NULL) return;
    mouse_before_leaving = ct_mouse_is_on();
    ct_mouse(false);
    tell_of_pastes(false);
    curs_set(1);
    def_prog_mode();
    endwin();
    ct_tell_guardian(CT_AWAY);
}

void ct_return(void) {
    if (screen == NULL) return;
    ct_tell_guardian(CT_BACK);
    reset_prog_mode();
    ct_mouse(mouse_before_leaving);
    tell_of_pastes(true);
    ct_sync_size();
    ct_redraw();
    wrefresh(stdscr);
}

void ct_suspend(void) {
    ct_leave();
    ct_stop_process();
    ct_return();
}

int ct_rows(void) { return screen == NULL ? 0 : LINES; }
int ct_columns(void) { return screen == NULL ? 0 : COLS; }
int ct_colours(void) { return screen != NULL && has_colors() ? COLORS : 0; }
const char *ct_term(void) { return term_name; }
bool ct_locale_is_utf8(void) { return utf8_locale; }

bool ct_is_simple(void) { return !takes_sequences; }

int ct_pair(int foreground, int background) {
    if (ct_colours() == 0) return 0;
    int pair = alloc_pair(foreground, background);
    return pair < 0 ? 0 : pair;
}

static attr_t curses_attributes(int attributes) {
    attr_t result = A_NORMAL;
    if (attributes & CT_BOLD) result |= A_BOLD;
    if (attributes & CT_DIM) result |= A_DIM;
    if (attributes & CT_ITALIC) result |= A_ITALIC;
    if (attributes & CT_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & CT_REVERSE) result |= A_REVERSE;
    if (attributes & CT_BLINK) result |= A_BLINK;
    return result;
}

void ct_puts(int y, int x, const uint32_t *scalars, int count, int attributes, int pair) {
    if (screen == NULL || count <= 0) return;
    attr_set(curses_attributes(attributes), 0, &pair);
    mvaddnwstr(y, x, (const wchar_t *)scalars, count);
}

void ct_erase(void) {
    if (screen == NULL) return;
    int none = 0;
    attr_set(A_NORMAL, 0, &none);
    erase();
}

bool ct_flush(int cursor_y, int cursor_x) {
    if (screen == NULL) return true;
    bool visible = cursor_y >= 0 && cursor_x >= 0;
    leaveok(stdscr, visible ? FALSE : TRUE);
    curs_set(visible ? 1 : 0);
    if (visible) move(cursor_y, cursor_x);
    wnoutrefresh(stdscr);
    ct_begin_output(output_fd);
    doupdate();
    if (ct_end_output()) return true;
    ct_redraw();
    return false;
}

void ct_redraw(void) {
    if (screen != NULL) clearok(curscr, TRUE);
}

/// Whether the terminal is gone: hung up, or readable with nothing to read.
bool ct_input_is_closed(void) {
    if (input == NULL) return false;
    struct pollfd wait = {.fd = fileno(input), .events = POLLIN};
    if (poll(&wait, 1, 0) <= 0) return false;
    if (wait.revents & (POLLERR | POLLNVAL)) return true;
    if (wait.revents & POLLIN) {
        int waiting = 0;
        return ioctl(wait.fd, FIONREAD, &waiting) == 0 && waiting == 0;
    }
    return (wait.revents & POLLHUP) != 0;
}

void ct_bell(void) {
    if (screen != NULL) beep();
}

bool ct_raw_write(const uint8_t *bytes, int count) {
    if (output == NULL || !takes_sequences) return false;
    fflush(output);
    ct_begin_output(output_fd);
    while (count > 0) {
        ssize_t written = write(output_fd, bytes, (size_t)count);
        if (written <= 0) break;
        bytes += written;
        count -= (int)written;
    }
    if (ct_end_output()) return count == 0;
    ct_redraw();
    return false;
}

bool ct_sync_size(void) {
    if (screen == NULL) return false;
    struct winsize size;
    if (ioctl(output_fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    if (size.ws_row == LINES && size.ws_col == COLS) return false;
    resizeterm(size.ws_row, size.ws_col);
    ct_redraw();
    return true;
}
