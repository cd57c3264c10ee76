/* Exact search for the smallest sets of wrong cells. After I. P. Fellegi and D. Holt, A systematic
 * approach to automatic edit and imputation (Journal of the American Statistical Association 71,
 * 1976), and the branch and bound of T. de Waal, J. Pannekoek and S. Scholtus, Handbook of
 * statistical data editing and imputation (2011), chapters 3 to 5. All numbers are whole and exact.
 *
 * A conflict is a group of rules that cannot hold together while only the cells of a set S may be
 * wrong: one rule whose sum cannot be reached, or several that demand different numbers of a cell
 * they share. Every set that holds S and mends the report must then hold a further cell of these
 * rules, because all else that the conflict follows from would stay as it is. The search begins
 * with the empty set, and where there is a conflict tries each cell of its rules that may be wrong;
 * the n-th of them without the n - 1 before it, so that no set is tried twice.
 *
 * Why what it finds is smallest, and all of it: by the above no set that mends is ever cut off but
 * for its weight. A set is left where its weight, and that of the cheapest cells which its
 * disjoint conflicts still need, is above a limit. The limit begins with nothing and is raised to
 * the least weight that was left (iterative deepening; R. E. Korf, Artificial Intelligence 27,
 * 1985), until sets mend: these have the least weight, and all that have it are found.
 *
 * Whether a set mends is decided by bounds: each rule bounds the delta of each of its cells by
 * what the others can be, until nothing moves. Where that leaves deltas open, values are tried. */
#ifndef OGISTAT_INGEST_EDITS_CHANGE_SEARCH_H
#define OGISTAT_INGEST_EDITS_CHANGE_SEARCH_H

#include "ingest/edits/change_problem.h"

/* The answer to PROBLEM into *ANSWER, in ARENA; sets are in the order of their cells. False where
 * the search would need more steps than it may take: nothing is known then. */
bool change_search(struct arena *arena, const struct change_problem *problem,
                   struct change_answer *answer);

#endif
