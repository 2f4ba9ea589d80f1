#pragma once
#include "CNcurses.h"
#include <termios.h>

void ct_install_handlers(void);
void ct_remove_handlers(void);
/// The terminal is gone: the signal that says so may come later than the end of the input, and must not kill then.
void ct_expect_hang_up(void);
void ct_return_stderr(void);
/// Between these two what is written to the terminal may not hold up keys and signals for long: what the terminal has not
/// taken by then is thrown away. The second says whether all got through.
void ct_begin_output(int terminal);
bool ct_end_output(void);
/// Async-signal-safe: whether a signal waits to be looked at.
bool ct_signal_waits(void);
void ct_stop_process(void);
/// Async-signal-safe: leaves the alternate screen, shows the cursor, restores the line discipline.
void ct_write_restore_bytes(void);
/// The same bytes by another descriptor of the terminal.
void ct_write_restore_bytes_to(int terminal);
/// Starts a small process that gives the terminal back when this one is killed without a chance to do so itself. It holds
/// nothing but the terminal and a pipe, and ends when the pipe does.
void ct_start_guardian(int terminal, const struct termios *before);
void ct_stop_guardian(void);
/// What the guardian is told: the screen was given to another program, taken back, or is restored already.
enum { CT_AWAY = 'a', CT_BACK = 'b', CT_GOODBYE = 'g' };
/// Async-signal-safe.
void ct_tell_guardian(char word);
bool ct_mouse_is_on(void);
/// Teaches curses the keys that terminals send although their entry in the database does not tell.
void ct_learn_keys(void);
bool ct_input_is_closed(void);
