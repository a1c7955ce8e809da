// Package oeapi speaks the Open Education API 6 (open-education-api, the
// specification in ../shared/data/schemas/oeapi): it writes the room's
// programmes and offerings in that form, and reads a file in it as a batch for
// import.
//
// What the standard has no word for (start type, shares, gatherings, closed
// periods, target area) travels in ext under the names of our own API, so that
// a file we wrote comes back the same. Values of our own in its enumerations
// begin with x-, as the standard asks.
//
// Days become moments in Oslo: a first day its first second, a last day its
// last. Read the other way an end at midnight sharp is the end of the day
// before.
package oeapi
