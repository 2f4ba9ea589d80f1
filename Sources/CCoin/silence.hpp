// Message handling and stop requests shared by both solvers.
#ifndef CCOIN_SILENCE_HPP
#define CCOIN_SILENCE_HPP

#include "ccoin.h"
#include <coin/CbcEventHandler.hpp>
#include <coin/ClpEventHandler.hpp>
#include <coin/CoinMessageHandler.hpp>

namespace ccoin {

/// Swallows every message: a terminal program must never be printed over.
class Silence : public CoinMessageHandler {
public:
    Silence() { setLogLevel(0); }
    Silence(const Silence &other) : CoinMessageHandler(other) { setLogLevel(0); }
    CoinMessageHandler *clone() const override { return new Silence(*this); }
    int print() override { return 0; }
    void checkSeverity() override {}  // the library's version aborts the process on severe messages
};

/// What a solve asks whether to go on. Asking costs a clock reading, so only every few iterations.
struct StopRequest {
    ccoin_stop stop = nullptr;
    void *context = nullptr;
    unsigned calls = 0;
    bool stopped = false;

    bool wanted(unsigned every) {
        if (stopped) return true;
        if (stop == nullptr || calls++ % every != 0) return false;
        stopped = stop(context) != 0;
        return stopped;
    }
};

class SimplexWatch : public ClpEventHandler {
public:
    explicit SimplexWatch(StopRequest *request) : request(request) {}
    ClpEventHandler *clone() const override { return new SimplexWatch(*this); }
    int event(Event event) override {
        if (event != endOfIteration && event != endOfFactorization) return -1;
        return request->wanted(32) ? 0 : -1;
    }

private:
    StopRequest *request;
};

class TreeWatch : public CbcEventHandler {
public:
    explicit TreeWatch(StopRequest *request) : request(request) {}
    CbcEventHandler *clone() const override { return new TreeWatch(*this); }
    CbcAction event(CbcEvent) override { return request->wanted(1) ? stop : noAction; }

private:
    StopRequest *request;
};

}  // namespace ccoin

#endif
