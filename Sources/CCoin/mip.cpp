#include "silence.hpp"
#include <cstdio>
#include <coin/CbcModel.hpp>
#include <coin/CbcSolver.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <string>
#include <vector>

static int carry_on(CbcModel *, int) { return 0; }

// Cbc takes a continuous column for whole-numbered when it stands with 1 or -1 in a single row of whole
// limits, whatever else that row holds. If costs then have a common divisor, it rounds plans away that are
// cheaper by less than the divisor. Continuous columns in units that are no fraction of one keep it from that.
static const double unit = 0.61803398874989485;

struct Stretched {
    std::vector<double> values, lower, upper, cost;

    Stretched(const ccoin_problem *p, const char *is_integer)
        : values(p->values, p->values + p->starts[p->columns]), lower(p->column_lower, p->column_lower + p->columns),
          upper(p->column_upper, p->column_upper + p->columns), cost(p->cost, p->cost + p->columns) {
        for (int i = 0; i < p->columns; ++i) {
            if (is_integer[i]) continue;
            lower[i] /= unit;
            upper[i] /= unit;
            cost[i] *= unit;
            for (int j = p->starts[i]; j < p->starts[i + 1]; ++j) values[j] *= unit;
        }
    }
};

// A plan in the problem's own units.
static void read(const double *columns, const ccoin_problem *p, const char *is_integer, double *plan) {
    for (int i = 0; i < p->columns; ++i) plan[i] = is_integer[i] ? columns[i] : columns[i] * unit;
}

static void load(
    OsiClpSolverInterface &solver, const ccoin_problem *p, const char *is_integer, CoinMessageHandler *silence) {
    solver.passInMessageHandler(silence);
    solver.getModelPtr()->passInMessageHandler(silence);
    solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
    solver.messageHandler()->setLogLevel(0);
    solver.getModelPtr()->setLogLevel(0);
    Stretched columns(p, is_integer);
    solver.loadProblem(
        p->columns, p->rows, p->starts, p->row_indices, columns.values.data(), columns.lower.data(),
        columns.upper.data(), columns.cost.data(), p->row_lower, p->row_upper);
    for (int i = 0; i < p->columns; ++i)
        if (is_integer[i]) solver.setInteger(i);
}

static int status_of(const CbcModel &model, bool stopped) {
    if (stopped) return 5;
    if (model.isProvenOptimal()) return 0;
    if (model.isContinuousUnbounded()) return 2;
    if (model.isProvenInfeasible()) return 1;
    if (model.isAbandoned()) return 4;
    return 3;
}

static std::string text(double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    return buffer;
}

static void run(CbcModel &model, const ccoin_mip_options *options) {
    CbcSolverUsefulData data;
    data.noPrinting_ = true;
    data.useSignalHandler_ = false;  // signals belong to the program
    CbcMain0(model, data);
    model.setLogLevel(0);
    model.solver()->messageHandler()->setLogLevel(0);
    std::vector<std::string> words = {
        "cbc", "-log", "0", "-ratioGap", text(options->relative_gap), "-allowableGap", text(options->absolute_gap),
        "-increment", text(options->increment)};
    if (options->cutoff < 1e30) words.insert(words.end(), {"-cutoff", text(options->cutoff)});
    if (options->seconds > 0) words.insert(words.end(), {"-timeMode", "elapsed", "-seconds", text(options->seconds)});
    words.insert(words.end(), {"-primalPivot", "dantzig", "-solve", "-quit"});
    std::vector<const char *> arguments;
    for (const auto &word : words) arguments.push_back(word.c_str());
    CbcMain1(static_cast<int>(arguments.size()), arguments.data(), model, carry_on, data);
}

ccoin_mip_result ccoin_mip_solve(
    const ccoin_problem *p, const char *is_integer, const ccoin_mip_options *options, double *plan) {
    ccoin::Silence silence;
    ccoin::StopRequest request{options->stop, options->context};
    OsiClpSolverInterface solver;
    load(solver, p, is_integer, &silence);
    solver.setDblParam(OsiPrimalTolerance, options->primal_tolerance);
    solver.setDblParam(OsiDualTolerance, options->dual_tolerance);
    CbcModel model(solver);
    model.passInMessageHandler(&silence);
    ccoin::TreeWatch tree(&request);
    model.passInEventHandler(&tree);
    model.setIntegerTolerance(options->integer_tolerance);
    run(model, options);

    ccoin_mip_result result{};
    result.status = status_of(model, request.stopped);
    result.nodes = model.getNodeCount();
    result.iterations = model.getIterationCount();
    result.bound = model.getBestPossibleObjValue();
    const double *best = model.bestSolution();
    if (best != nullptr) {
        read(best, p, is_integer, plan);
        result.has_plan = 1;
        result.objective = model.getObjValue();
    } else if (result.status == 0) {
        read(model.getColSolution(), p, is_integer, plan);
        result.has_plan = 1;
        result.objective = model.getObjValue();
    }
    return result;
}
