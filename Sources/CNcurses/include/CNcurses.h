#pragma once
// Everything of ncurses that the console needs, as plain functions: macros, variadics and mutable globals of
// curses do not import into Swift, and its headers must not leak names. Not thread-safe: one caller at a time.
#include <stdbool.h>
#include <stdint.h>

/// What `ct_read` found.
enum {
    CT_NONE = 0,    ///< nothing was waiting
    CT_CHAR = 1,    ///< a Unicode scalar in `code`
    CT_KEY = 2,     ///< a function key, one of `CT_KEY_...` in `code`
    CT_MOUSE = 3,   ///< `x`, `y` and `buttons`
    CT_CLOSED = 4,  ///< the terminal hung up
    CT_PASTE = 5,   ///< text that is pasted begins
    CT_PASTED = 6   ///< and ends
};

enum {
    CT_KEY_UP = 1, CT_KEY_DOWN, CT_KEY_LEFT, CT_KEY_RIGHT, CT_KEY_HOME, CT_KEY_END, CT_KEY_PAGE_UP,
    CT_KEY_PAGE_DOWN, CT_KEY_BACKSPACE, CT_KEY_DELETE, CT_KEY_INSERT, CT_KEY_ENTER, CT_KEY_BACK_TAB,
    CT_KEY_SHIFT_LEFT, CT_KEY_SHIFT_RIGHT, CT_KEY_OTHER, CT_KEY_F0 = 100
};

enum { CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16, CT_BLINK = 32 };

enum { CT_PRESS = 1, CT_RELEASE = 2, CT_WHEEL_UP = 4, CT_WHEEL_DOWN = 8 };

typedef struct {
    int kind;
    uint32_t code;
    bool alt;
    int x, y, buttons;
} ct_event;

/// Takes the terminal over. `term` may be NULL (from the environment). Returns 0, or -1 when no entry of the
/// terminal database works. File descriptors of -1 mean standard input and output.
int ct_open(const char *term, int fd_in, int fd_out);
/// Gives the terminal back. May be called twice.
void ct_close(void);
/// Leaves the screen without ending the session, so that another program may use the terminal.
void ct_leave(void);
/// Takes the screen back after `ct_leave`; everything is drawn anew with the next flush.
void ct_return(void);
/// Stops the process as Ctrl-Z does and comes back when it is continued.
void ct_suspend(void);

int ct_rows(void);
int ct_columns(void);
/// Number of colours: 0 when the terminal has none.
int ct_colours(void);
/// Name of the terminal entry in use.
const char *ct_term(void);
/// Whether the locale's character set is UTF-8, without the fallback to C.UTF-8.
bool ct_locale_is_utf8(void);
/// Whether the terminal is of a kind that prints what it does not understand, and draws no heavy lines or shades.
bool ct_is_simple(void);

/// A colour pair; -1 is the terminal's own colour. Returns 0 when colours are off or used up.
int ct_pair(int foreground, int background);
/// Writes `count` scalars (combining ones follow their base) from a cell on.
void ct_puts(int y, int x, const uint32_t *scalars, int count, int attributes, int pair);
void ct_erase(void);
/// Sends the difference to the terminal. A cursor of -1 is hidden. False when the terminal took it so slowly that the rest
/// was given up for keys or signals that wait: everything is drawn anew with the next flush.
bool ct_flush(int cursor_y, int cursor_x);
/// Draws everything again at the next flush, whatever the terminal may show.
void ct_redraw(void);
void ct_bell(void);
/// Writes bytes past curses (clipboard, synchronised output); they must not move the cursor. False when they did not get
/// through.
bool ct_raw_write(const uint8_t *bytes, int count);

ct_event ct_read(void);
void ct_mouse(bool on);
/// Asks the terminal driver for the size; true when it changed.
bool ct_sync_size(void);

/// A pipe that delivers one byte per caught signal (its number).
int ct_signal_fd(void);
/// Next signal number from the pipe, or 0.
int ct_next_signal(void);
/// Standard error goes to this file until `ct_close`, so that no trap or library can print over the screen.
void ct_divert_stderr(const char *path);
