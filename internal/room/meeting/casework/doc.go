// Package casework is the case and its paper: what a body treats, from the day the
// secretariat opens it until it is archived.
//
// A case has an archive number (2020/10212), given here or taken from the
// secretariat's own archive, and documents numbered -1, -2 … with a letter for
// what they are. It may be treated by several bodies, each with its number, day
// and result. The secretariat's office and the body's secretary write it; a person
// is named by office only.
//
// Who reads: the secretary everything. Before the secretariat recommends it, nobody
// else. When it is recommended, those with a seat in a body it goes to. When it is
// issued, all. Of a case that is proposed closed, and of a document with a ground
// in offentleglova, only those who may be in the closed meeting read more than a
// neutral title and the ground. Whether the meeting is closed, the body itself
// decides (kommuneloven § 11-5); "proposed" is all that is written here.
//
// The paper is written section by section from the template of its kind. A save
// that somebody else was before refuses with both texts. A mark such as
// [[behov B-2026-0042]] shows a figure from a register, read as anybody may read
// it, and frozen with its day when the paper is issued. The check (package check)
// lists what looks wrong; nothing is issued with a finding that is neither mended
// nor accepted with a reason. Versions never change.
//
// Words: sak = case, saksframlegg = paper, saksgang = treatments, behandling =
// treatment, innspill = input, forhold = ground, utgave = version, tall fra
// registeret = figures.
//
// Tables: case_file, case_document, case_treatment, case_link, case_input,
// case_paper, case_section, case_version, case_accepted.
package casework
