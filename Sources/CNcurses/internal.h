#pragma once
#include "CNcurses.h"

void ct_install_handlers(void);
void ct_remove_handlers(void);
void ct_return_stderr(void);
void ct_stop_process(void);
/// Async-signal-safe: leaves the alternate screen, shows the cursor, restores the line discipline.
void ct_write_restore_bytes(void);
bool ct_mouse_is_on(void);
bool ct_input_is_closed(void);
