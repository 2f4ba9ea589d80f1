#include "silence.hpp"
#include <algorithm>
#include <coin/ClpPrimalColumnDantzig.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/ClpSolve.hpp>

struct ccoin_lp {
    ccoin::Silence silence;
    ClpSimplex model;
    ccoin::StopRequest request;
    bool has_basis = false;
};

ccoin_lp *ccoin_lp_new(const ccoin_problem *p) {
    auto *lp = new ccoin_lp;
    lp->model.passInMessageHandler(&lp->silence);
    lp->model.setLogLevel(0);
    // The steepest rule checks its choice and ends the process when costs are 15 orders of magnitude apart.
    ClpPrimalColumnDantzig rule;
    lp->model.setPrimalColumnPivotAlgorithm(rule);
    lp->model.loadProblem(
        p->columns, p->rows, p->starts, p->row_indices, p->values, p->column_lower, p->column_upper, p->cost,
        p->row_lower, p->row_upper);
    return lp;
}

void ccoin_lp_free(ccoin_lp *lp) { delete lp; }

void ccoin_lp_set_column_bounds(ccoin_lp *lp, int column, double lower, double upper) {
    lp->model.setColumnBounds(column, lower, upper);
}

void ccoin_lp_set_row_bounds(ccoin_lp *lp, int row, double lower, double upper) {
    lp->model.setRowBounds(row, lower, upper);
}

static int run(ClpSimplex &model, const ccoin_lp_options *options) {
    if (options->presolve == 0 && options->algorithm == 0) return model.dual(0);
    if (options->presolve == 0 && options->algorithm == 1) return model.primal(0);
    ClpSolve how;
    how.setPresolveType(options->presolve ? ClpSolve::presolveOn : ClpSolve::presolveOff);
    how.setSolveType(
        options->algorithm == 0   ? ClpSolve::useDual
        : options->algorithm == 1 ? ClpSolve::usePrimal
                                  : ClpSolve::useBarrier);
    return model.initialSolve(how);
}

int ccoin_lp_solve(ccoin_lp *lp, const ccoin_lp_options *options) {
    ClpSimplex &model = lp->model;
    lp->request = ccoin::StopRequest{options->stop, options->context};
    ccoin::SimplexWatch watch(&lp->request);
    model.passInEventHandler(&watch);
    model.scaling(options->scaling);
    model.setPerturbation(options->perturbation);
    model.setPrimalTolerance(options->primal_tolerance);
    model.setDualTolerance(options->dual_tolerance);
    if (!options->keep_basis || !lp->has_basis) model.createStatus();
    run(model, options);
    lp->has_basis = true;
    if (lp->request.stopped) return 5;
    return model.status() < 0 ? 4 : model.status();
}

int ccoin_lp_iterations(const ccoin_lp *lp) { return lp->model.numberIterations(); }

static void copy(const double *from, int count, double *to) { std::copy(from, from + count, to); }

void ccoin_lp_get_columns(const ccoin_lp *lp, double *values) {
    copy(lp->model.primalColumnSolution(), lp->model.numberColumns(), values);
}

void ccoin_lp_get_rows(const ccoin_lp *lp, double *activities) {
    copy(lp->model.primalRowSolution(), lp->model.numberRows(), activities);
}

void ccoin_lp_get_duals(const ccoin_lp *lp, double *duals) {
    copy(lp->model.dualRowSolution(), lp->model.numberRows(), duals);
}

void ccoin_lp_get_reduced_costs(const ccoin_lp *lp, double *costs) {
    copy(lp->model.dualColumnSolution(), lp->model.numberColumns(), costs);
}

void ccoin_lp_get_basis(const ccoin_lp *lp, unsigned char *status) {
    const int count = lp->model.numberColumns() + lp->model.numberRows();
    const unsigned char *array = lp->model.statusArray();
    if (array == nullptr) return;
    // The upper bits are marks of the algorithm at work, not part of the basis.
    for (int i = 0; i < count; ++i) status[i] = array[i] & 7;
}

void ccoin_lp_set_basis(ccoin_lp *lp, const unsigned char *status) {
    lp->model.createStatus();
    lp->model.copyinStatus(status);
    lp->has_basis = true;
}

int ccoin_lp_get_infeasibility_ray(const ccoin_lp *lp, double *multipliers) {
    double *ray = lp->model.infeasibilityRay();
    if (ray == nullptr) return 0;
    copy(ray, lp->model.numberRows(), multipliers);
    delete[] ray;
    return 1;
}
