// A plain C surface over COIN-OR Clp (linear programmes) and Cbc (integer columns).
//
// The C interfaces that come with these libraries can neither stop a running solve nor keep Cbc from
// installing signal handlers and writing to the terminal; their C++ classes can. Nothing here prints.
#ifndef CCOIN_H
#define CCOIN_H

#ifdef __cplusplus
extern "C" {
#endif

/// Column-wise sparse programme: minimise cost * x, row_lower <= A x <= row_upper, column bounds.
typedef struct {
    int columns;
    int rows;
    const int *starts;        // columns + 1 entries
    const int *row_indices;   // starts[columns] entries
    const double *values;
    const double *column_lower;
    const double *column_upper;
    const double *cost;
    const double *row_lower;
    const double *row_upper;
} ccoin_problem;

/// Asked every few iterations; a value other than 0 stops the solve.
typedef int (*ccoin_stop)(void *context);

typedef struct {
    int algorithm;            // 0 dual simplex, 1 primal simplex, 2 interior point with crossover
    int presolve;             // 0 off, 1 on
    int scaling;              // as ClpModel::scaling: 0 off, 1 equilibrium, 2 geometric, 3 automatic
    int perturbation;         // as ClpSimplex::setPerturbation: 50 on, 100 automatic, 102 off
    int keep_basis;           // 1: start from the present basis
    double primal_tolerance;
    double dual_tolerance;
    ccoin_stop stop;          // may be NULL
    void *context;
} ccoin_lp_options;

typedef struct ccoin_lp ccoin_lp;

ccoin_lp *ccoin_lp_new(const ccoin_problem *problem);
void ccoin_lp_free(ccoin_lp *lp);

void ccoin_lp_set_column_bounds(ccoin_lp *lp, int column, double lower, double upper);
void ccoin_lp_set_row_bounds(ccoin_lp *lp, int row, double lower, double upper);

/// 0 optimal, 1 infeasible, 2 unbounded, 3 iteration limit, 4 numerical trouble, 5 stopped by `stop`.
int ccoin_lp_solve(ccoin_lp *lp, const ccoin_lp_options *options);
int ccoin_lp_iterations(const ccoin_lp *lp);

/// Each copies into an array of the caller's: `columns` or `rows` entries (basis: columns, then rows).
void ccoin_lp_get_columns(const ccoin_lp *lp, double *values);
void ccoin_lp_get_rows(const ccoin_lp *lp, double *activities);
void ccoin_lp_get_duals(const ccoin_lp *lp, double *duals);
void ccoin_lp_get_reduced_costs(const ccoin_lp *lp, double *costs);
void ccoin_lp_get_basis(const ccoin_lp *lp, unsigned char *status);
void ccoin_lp_set_basis(ccoin_lp *lp, const unsigned char *status);

/// Row multipliers that prove infeasibility; returns 0 when none are known.
int ccoin_lp_get_infeasibility_ray(const ccoin_lp *lp, double *multipliers);

typedef struct {
    double relative_gap;
    double absolute_gap;
    double increment;         // a new plan must be cheaper than the best by this much
    double seconds;           // <= 0: no limit
    double primal_tolerance;
    double dual_tolerance;
    double integer_tolerance;
    double cutoff;            // only plans cheaper than this are of interest
    ccoin_stop stop;          // may be NULL
    void *context;
} ccoin_mip_options;

typedef struct {
    int status;               // 0 optimal, 1 infeasible, 2 unbounded, 3 limit reached, 4 numerical trouble, 5 stopped
    int has_plan;             // 1: `plan` was filled in
    double objective;         // of the plan
    double bound;             // no plan can be cheaper than this
    int nodes;
    int iterations;
} ccoin_mip_result;

/// `is_integer` and `plan` have one entry per column.
ccoin_mip_result ccoin_mip_solve(
    const ccoin_problem *problem, const char *is_integer, const ccoin_mip_options *options, double *plan);

#ifdef __cplusplus
}
#endif

#endif
