// Package oparl writes bodies, meetings and cases as OParl 1.1 does (https://oparl.org),
// a German standard for what councils publish that programs all over read.
//
// The standard's words are not ours, so that is said once, here:
//
//	Body           the organisation that a body belongs to: the county, the host municipality
//	Organization   organ
//	Person         an office that holds a seat ("Ordfører, Røros kommune"), never a person's name
//	Membership     the office in the seat, with dates and whether it votes
//	Meeting        møte; AgendaItem the items of the agenda as it was sent last
//	Paper          sak, with the issued paper as its main file
//	Consultation   a treatment of a case that has been, or stands on an agenda that was sent
//	File           innkalling, møtebok, saksframlegg and attachments
//
// The standard has no votes and no consensus: how a case was decided is in the words of
// AgendaItem.result and in our own /api/v1/cases/{id}/outcome. An item behind closed doors
// is public false with its neutral title and, under a name of our own, the ground.
//
// Everything here is made from package public, which knows no more than a visitor. Objects
// are values; Writer knows the addresses and the language.
package oparl
