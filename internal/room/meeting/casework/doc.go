// Package casework is the case: what a body treats, from the day the
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
// The paper has packages of its own. It is data in casepaper; a case begins with the
// empty one of its kind, and its readers get versions here. In writing it is written
// section by section and issued: a mark such as [[behov B-2026-0042]] shows a figure
// from a register, read as anybody may read it, and frozen with its day. The check
// (package check) lists what looks wrong; nothing is issued with a finding that is
// neither mended nor accepted with a reason. Where the case goes, and what came of it,
// is written in treatment.
//
// Words: sak = case, saksframlegg = paper, saksgang = treatments, behandling =
// treatment, innspill = input, forhold = ground.
//
// Tables: case_file, case_document, case_treatment, case_link, case_input.
package casework
