// Package forum is what is special to competence fora: the two levels, county and
// region, and what their partners have agreed.
//
// A county has one forum; its regions have one each, or want one, or are in dialogue,
// or do not want one. How far a region has come is said with its source, and every
// step is kept. A region without a forum is heard all the same: it may send
// consultation input where others send the input of their forum (package input).
//
// A mandate or partnership agreement is a version with the day from which it holds;
// each partner signs, or says that it will not, and what is missing is shown by name.
// What partners do themselves and their good examples are in package partner, rounds where
// all answer the same questions in package assess.
//
// The bodies, seats and meetings themselves belong to the room of meetings; this room
// asks for what it must know of them through Bodies. The county forum's secretary says
// how regions stand; a forum's secretary keeps its documents; who holds a seat speaks
// for the organisation of the seat. All of it is open to all.
//
// Words: kompetanseforum = forum, region = region, part = partner, mandat = mandate,
// partnerskapsavtale = partnership agreement, signatur = signature, operativ gruppe =
// operative group (a body below a forum).
//
// Tables: forum_region, forum_region_step, forum_document, forum_signature.
package forum
