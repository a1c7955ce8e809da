// Package final is the final report of a project: eleven chapters, of which the register of
// projects fills in what it knows and the owner writes the rest, with what did not become as
// planned (SLU-1 to SLU-5).
//
// There is one for each project that is no sub-project. It is made anew from the register
// whenever it is read, until the steering group approves it: then what the register said that
// day is kept with it, and nothing in the report changes any more. It is open to all from then
// on; before that, to those who write for the project, the county and secretaries.
//
// A chapter that nobody has written is marked as missing, and hinders nothing but the approval.
//
// Words: sluttrapport = final report, kapittel = chapter, avvik = deviation.
//
// Tables: final_report, final_chapter.
package final
