// Package entry is what a project says of itself when it is done, in three short fields, and the
// compendium that all of them make (KMP-2, KMP-3, KMP-4).
//
// A project has one entry: what was done, how far its goals were reached, and what comes after.
// It may be saved half-written; with all three it is complete, and the project goes on from
// running or reported to the compendium. Whoever owns the project, or its parent, writes it, and
// the county. All may read what is complete.
//
// A compendium has the sub-projects of one parent in the order of its groups, general measures
// first, and lists those whose entry is missing. It is made anew whenever it is read.
//
// Words: kort sluttrapport = entry, kompendium = compendium, måloppnåelse = attainment, videre
// oppfølging = follow-up.
//
// Tables: project_entry, project_compendium.
package entry
