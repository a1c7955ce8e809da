// Package booking is the calendars of study centres' rooms: teaching, gatherings and exams
// (STS-3).
//
// Anybody who is signed in asks for a room, for an organisation that she works at or for
// herself, once or the same time for some weeks. What the centre's own people ask for is
// confirmed at once. Else the centre confirms, or says why not. A room is confirmed to one at
// a time: whether it is free is looked at in the transaction that confirms. What has been
// asked for holds nothing.
//
// Times are entered as clocks in Norway show them and kept as moments, so that they hold over
// the nights when the clock is changed.
//
// All see when a room is taken, and for what sort of thing. What it is for, and for whom, is
// for the centre's people and for whoever asked.
//
// Words: rombestilling = booking, kalender = calendar.
//
// Table: centre_booking.
package booking
