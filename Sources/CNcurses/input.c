#define _GNU_SOURCE
#include <curses.h>
#include "internal.h"

static const struct { int curses, ours; } keys[] = {
    {KEY_UP, CT_KEY_UP}, {KEY_DOWN, CT_KEY_DOWN}, {KEY_LEFT, CT_KEY_LEFT}, {KEY_RIGHT, CT_KEY_RIGHT},
    {KEY_HOME, CT_KEY_HOME}, {KEY_END, CT_KEY_END}, {KEY_PPAGE, CT_KEY_PAGE_UP}, {KEY_NPAGE, CT_KEY_PAGE_DOWN},
    {KEY_BACKSPACE, CT_KEY_BACKSPACE}, {KEY_DC, CT_KEY_DELETE}, {KEY_IC, CT_KEY_INSERT},
    {KEY_ENTER, CT_KEY_ENTER}, {KEY_BTAB, CT_KEY_BACK_TAB}, {KEY_SLEFT, CT_KEY_SHIFT_LEFT},
    {KEY_SRIGHT, CT_KEY_SHIFT_RIGHT}, {KEY_FIND, CT_KEY_HOME}, {KEY_SELECT, CT_KEY_END},
    {KEY_A1, CT_KEY_HOME}, {KEY_C1, CT_KEY_END}, {KEY_A3, CT_KEY_PAGE_UP}, {KEY_C3, CT_KEY_PAGE_DOWN},
};

// Beyond the numbers that curses gives to keys of its own.
enum { PASTE = 3000, PASTED };

/// Terminals often send more, or other, sequences than the entry they are named after tells.
static const struct { const char *sequence; int key; } common[] = {
    {"\033[A", KEY_UP}, {"\033OA", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033OB", KEY_DOWN},
    {"\033[C", KEY_RIGHT}, {"\033OC", KEY_RIGHT}, {"\033[D", KEY_LEFT}, {"\033OD", KEY_LEFT},
    {"\033[1;2C", KEY_SRIGHT}, {"\033[1;2D", KEY_SLEFT}, {"\033[Z", KEY_BTAB}, {"\033OM", KEY_ENTER},
    {"\033[H", KEY_HOME}, {"\033OH", KEY_HOME}, {"\033[1~", KEY_HOME}, {"\033[7~", KEY_HOME},
    {"\033[F", KEY_END}, {"\033OF", KEY_END}, {"\033[4~", KEY_END}, {"\033[8~", KEY_END},
    {"\033[2~", KEY_IC}, {"\033[3~", KEY_DC}, {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
    {"\033OP", KEY_F(1)}, {"\033OQ", KEY_F(2)}, {"\033OR", KEY_F(3)}, {"\033OS", KEY_F(4)},
    {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)}, {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)},
    {"\033[[A", KEY_F(1)}, {"\033[[B", KEY_F(2)}, {"\033[[C", KEY_F(3)}, {"\033[[D", KEY_F(4)},
    {"\033[[E", KEY_F(5)}, {"\033[15~", KEY_F(5)}, {"\033[17~", KEY_F(6)}, {"\033[18~", KEY_F(7)},
    {"\033[19~", KEY_F(8)}, {"\033[20~", KEY_F(9)}, {"\033[21~", KEY_F(10)}, {"\033[23~", KEY_F(11)},
    {"\033[24~", KEY_F(12)}, {"\033[200~", PASTE}, {"\033[201~", PASTED},
};

void ct_learn_keys(void) {
    for (unsigned i = 0; i < sizeof common / sizeof *common; i++) {
        if (common[i].key >= PASTE || key_defined(common[i].sequence) == 0) define_key(common[i].sequence, common[i].key);
    }
}

/// Reads the rest of a sequence that nobody knows, so that its letters and digits are not taken for keys.
static ct_event unknown_sequence(void) {
    ct_event event = {.kind = CT_KEY, .code = CT_KEY_OTHER};
    wint_t next = 0;
    timeout(25);
    for (int i = 0; i < 32 && get_wch(&next) == OK; i++) {
        if (next >= 0x40 && next <= 0x7e) break;
    }
    nodelay(stdscr, TRUE);
    return event;
}

static ct_event function_key(int code) {
    ct_event event = {.kind = CT_KEY, .code = CT_KEY_OTHER};
    if (code >= KEY_F(0) && code <= KEY_F(63)) {
        event.code = (uint32_t)(CT_KEY_F0 + code - KEY_F(0));
        return event;
    }
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].curses == code) event.code = (uint32_t)keys[i].ours;
    }
    return event;
}

static ct_event mouse_event(void) {
    MEVENT found;
    ct_event event = {.kind = CT_NONE};
    if (getmouse(&found) != OK) return event;
    event.kind = CT_MOUSE;
    event.x = found.x;
    event.y = found.y;
    if (found.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) event.buttons |= CT_PRESS;
    if (found.bstate & BUTTON1_RELEASED) event.buttons |= CT_RELEASE;
    if (found.bstate & BUTTON4_PRESSED) event.buttons |= CT_WHEEL_UP;
    if (found.bstate & BUTTON5_PRESSED) event.buttons |= CT_WHEEL_DOWN;
    return event;
}

/// Whether more input waits, read or unread.
static bool has_more(void) {
    wint_t next = 0;
    int kind = get_wch(&next);
    if (kind == OK) unget_wch((wchar_t)next);
    if (kind == KEY_CODE_YES) ungetch((int)next);
    return kind != ERR;
}

ct_event ct_read(void) {
    ct_event event = {.kind = CT_NONE};
    if (ct_rows() == 0) return event;
    wint_t code = 0;
    int kind = get_wch(&code);
    if (kind == ERR) {
        // Curses does not tell "nothing there" from a hung-up terminal, which reads as end of file for ever.
        if (ct_input_is_closed()) {
            event.kind = CT_CLOSED;
            ct_expect_hang_up();
        }
        return event;
    }
    if (kind == KEY_CODE_YES) {
        if (code == KEY_MOUSE) return mouse_event();
        if (code == KEY_RESIZE || code == PASTE || code == PASTED) {
            event.kind = code == PASTE ? CT_PASTE : code == PASTED ? CT_PASTED : CT_NONE;
            return event;
        }
        return function_key((int)code);
    }
    event.kind = CT_CHAR;
    event.code = code;
    if (code != 27) return event;
    // Alt-x arrives as escape and x in one go; a lone escape has nothing behind it.
    wint_t next = 0;
    int follow = get_wch(&next);
    if (follow == ERR) return event;
    if (follow == OK && next == '[' && has_more()) return unknown_sequence();
    if (follow == KEY_CODE_YES) event = function_key((int)next);
    else event.code = next;
    event.alt = true;
    return event;
}

static bool is_on;

bool ct_mouse_is_on(void) { return is_on; }

void ct_mouse(bool on) {
    if (ct_rows() == 0 || is_on == on) return;
    is_on = on;
    mousemask(on ? ALL_MOUSE_EVENTS : 0, NULL);
    mouseinterval(0);
}
