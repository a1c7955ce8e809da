// Package report is what projects report to those who pay, on the forms that these set: the form
// is data, and the register of projects fills in what it knows (ARS-1 to ARS-11).
//
// A project has one report a year on each form. It is begun by those who write for the project,
// or asked for by the county with a day that it is due; then it is theirs to write. What the
// register says on the day of the report is filled in with its source, and so is what another
// report of the same year has said to a question that asks for the same.
//
// Handed to the steering group it is held against the form, and what contradicts itself, or the
// register, is remarked on: whoever writes corrects it, or says why it is right. The group has no
// account; the project records what it decided. Sent, it is locked. The receiver may send it
// back, and the reason stands with it.
//
// Who writes for the project, the county and secretaries read a report before it is sent. After
// that it is open with the project, but for answers that the form keeps from others.
//
// Words: rapport = report, merknad = remark, forfall = due, forhåndsutfylt = prefilled.
//
// Tables: report, report_accepted.
package report
