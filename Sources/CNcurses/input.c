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
        if (code == KEY_RESIZE) return event;
        return function_key((int)code);
    }
    event.kind = CT_CHAR;
    event.code = code;
    if (code != 27) return event;
    // Alt-x arrives as escape and x in one go; a lone escape has nothing behind it.
    wint_t next = 0;
    int follow = get_wch(&next);
    if (follow == ERR) return event;
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
